"""Who reads a register of several parts: this process, several of this machine, or those of a cluster."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from threading import RLock, Thread
from typing import TYPE_CHECKING, Any

from tthc_cli.cli import names

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from tthc_cli.shards import Spread

_PATIENCE = 20
"""Seconds to wait for a scheduler, and for any worker of it."""
_Work = Callable[[Any], Any]
_STOPPING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


@contextmanager
def spreading(jobs: int, scheduler: str | None) -> Iterator[Spread]:
    """What does the work: so many processes, or a cluster.

    scheduler: the address of a Dask scheduler, whose workers read the files where they see them.
    """
    if scheduler and jobs > 1:
        raise names.refuse("choose_one", options=["--jobs", "--scheduler"])
    if scheduler:
        with _cluster(scheduler) as spread:
            yield spread
    else:
        from tthc_cli.shards import Spread

        yield Spread(partial(_by_processes, jobs), jobs)


def _by_processes(jobs: int, work: _Work, items: Iterable[Any]) -> Iterator[Any]:
    """What several processes, of which this is one, make of each item."""
    listed = [*items]
    others = min(jobs, len(listed)) - 1
    if others < 1:
        yield from map(work, listed)
        return
    with _pool(others) as pool:
        yield from _Shared(pool, work, listed).results(others)


class _Shared:
    """Items of which a pool takes the next from the left as it gets along, and this process from the right.

    alive: whether anybody is left in the pool to do what it was given. Once nobody is, nobody is waited for any more.
    """

    def __init__(
        self, pool: Executor, work: _Work, items: Sequence[Any], alive: Callable[[], bool] = lambda: True
    ) -> None:
        self._pool, self._work, self._items, self._alive = pool, work, items, alive
        self._waiting = deque(range(len(items)))
        self._begun: dict[int, Future[Any]] = {}
        self._lock = RLock()
        self._helped = True

    def results(self, size: int) -> Iterator[Any]:
        """What becomes of each item, in their order; so many are done in the pool at once."""
        done = {}
        with _held():
            for _ in range(size):
                self._begin()
        while (at := self._last()) is not None:
            done[at] = self._work(self._items[at])
        for at, item in enumerate(self._items):
            yield done.pop(at) if at in done else self._result(self._begun.pop(at), item)

    def _begin(self, _: object = None) -> None:
        with self._lock:
            if not self._waiting:
                return
            try:
                future = self._pool.submit(self._work, self._items[self._waiting[0]])
            except Exception:  # noqa: BLE001 - of a pool that is broken, or shut down
                return
            self._begun[self._waiting.popleft()] = future
        future.add_done_callback(self._begin)

    def _last(self) -> int | None:
        with self._lock:
            return self._waiting.pop() if self._waiting else None

    def _result(self, future: Future[Any], item: Any) -> Any:
        """What became of an item; whatever happened to it there, or where nobody is left to do it, it is done here."""
        with suppress(Exception):  # what is wrong with the work itself will be raised by it
            while self._helped or future.done():
                try:
                    return future.result(_PATIENCE)
                except TimeoutError:
                    if future.done():
                        raise
                    self._helped = self._alive()
        return self._work(item)


@contextmanager
def _pool(size: int) -> Iterator[Executor]:
    """Processes that end with this one, however it ends, and leave nothing behind."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import active_children
    from tempfile import TemporaryDirectory

    with ExitStack() as stack:
        folder = None
        with suppress(OSError):  # who needs it will say that there is none
            folder = stack.enter_context(TemporaryDirectory(prefix="tthc-"))
        pool = stack.enter_context(ProcessPoolExecutor(size, initializer=_serve, initargs=(folder,)))
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False)
            for child in active_children():
                child.terminate()
            raise


@contextmanager
def _held() -> Iterator[None]:
    """Hold signals back while processes are forked: what one raises in the middle of that would be lost."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(folder: str | None) -> None:
    """Make this process work for another, which hears Ctrl-C for both of them and removes the folder."""
    import tempfile

    for number in _STOPPING:
        signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)
    tempfile.tempdir = folder
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import connection, parent_process

    parent = parent_process()
    assert parent
    connection.wait([parent.sentinel])
    os._exit(1)


@contextmanager
def _cluster(address: str) -> Iterator[Spread]:
    """Through the interface of `concurrent.futures`, which other engines have too."""
    from tthc_cli.shards import Spread

    client = _client(address)
    executor = client.get_executor()
    try:
        width = sum(_workers(client).values())
        if not width:
            raise names.refuse("no_workers", address=address)
        yield Spread(partial(_by_workers, executor, lambda: bool(_workers(client))), width, elsewhere=True)
    finally:
        with suppress(Exception):  # of a scheduler that is gone
            _within(_PATIENCE, partial(executor.shutdown, wait=False))
            _within(_PATIENCE, partial(client.close, timeout=1))


def _by_workers(executor: Executor, alive: Callable[[], bool], work: _Work, items: Iterable[Any]) -> Iterator[Any]:
    """What the workers of a cluster make of each item; this process takes only what cannot be handed to them."""
    listed = [*items]
    return _Shared(executor, work, listed, alive).results(len(listed))


def _client(address: str) -> Any:
    """The connection to a scheduler; UsageError where there is none.

    Whatever else listens at the address may never answer, which the client itself does not notice.
    """
    try:
        from distributed import Client
    except ImportError:
        raise names.refuse("no_cluster") from None
    import logging

    logging.disable()  # what its libraries tell is told here, or mended
    try:
        client = _within(_PATIENCE + 5, partial(Client, address, timeout=_PATIENCE, set_as_default=False))
    except Exception as error:  # noqa: BLE001 - every kind of address has errors of its own
        why = " ".join(str(error).split()) or type(error).__name__
        raise names.refuse("no_scheduler", address=address, why=why) from None
    with suppress(Exception):  # where it stays without them
        _within(_PATIENCE + 5, partial(client.wait_for_workers, 1, timeout=_PATIENCE))
    return client


def _workers(client: Any) -> dict[str, int]:
    """The workers of a cluster, each with how many items it does at once; none where its scheduler is gone."""
    try:
        found: dict[str, int] = _within(_PATIENCE, client.nthreads)
    except Exception:  # noqa: BLE001 - of a connection that is closed
        return {}
    return found


def _within(seconds: float, call: Callable[[], Any]) -> Any:
    """What a call gives; TimeoutError where it takes longer: then it goes on, and nobody waits for it."""
    from concurrent.futures import Future

    future: Future[Any] = Future()

    def run() -> None:
        try:
            future.set_result(call())
        except BaseException as error:  # noqa: BLE001 - raised for whoever waits
            future.set_exception(error)

    Thread(target=run, daemon=True).start()
    return future.result(seconds)
