"""The workers that read a register of several parts: processes of this machine (`--jobs`), or a Dask cluster's."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from threading import RLock, Thread
from typing import TYPE_CHECKING, Any

from tthc_cli.cli.inputs import refuse

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from tthc_cli.shards import Workers

_TIMEOUT = 20
"""Seconds to wait for a scheduler, for its first worker, and between looks at whether any is left."""
_MOST = 61 if os.name == "nt" else 255
"""Processes beside this one; Windows waits for no more at once."""
_Work = Callable[[Any], Any]
_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


@contextmanager
def open_workers(jobs: int, scheduler: str | None) -> Iterator[Workers]:
    """So many processes, this one among them, or the workers of a cluster, until the end of the block.

    scheduler: the address of a Dask scheduler, whose workers read the files under the same paths. UsageError where both
    are asked for, or no cluster answers.
    """
    if scheduler and jobs > 1:
        raise refuse("choose_one", options=["--jobs", "--scheduler"])
    if scheduler:
        with _cluster(scheduler) as workers:
            yield workers
    else:
        from tthc_cli.shards import Workers

        yield Workers(partial(_map_by_processes, jobs), jobs)


def _map_by_processes(jobs: int, work: _Work, items: Iterable[Any]) -> Iterator[Any]:
    """What several processes, of which this is one, make of each item."""
    listed = [*items]
    others = min(jobs - 1, len(listed) - 1, _MOST)
    if others < 1:
        yield from map(work, listed)
        return
    with _pool(others) as pool:
        yield from _SharedQueue(pool, work, listed).results(others)


class _SharedQueue:
    """A queue of work with two ends: a pool takes items from the left, this process, meanwhile, from the right.

    Both are busy until nothing is left, however unequal the items are. alive: whether the pool has any worker left;
    once it has none, no result of it is waited for any more.
    """

    def __init__(
        self, pool: Executor, work: _Work, items: Sequence[Any], alive: Callable[[], bool] = lambda: True
    ) -> None:
        self._pool, self._work, self._items, self._alive = pool, work, items, alive
        self._queue = deque(range(len(items)))
        self._submitted: dict[int, Future[Any]] = {}
        self._lock = RLock()
        self._helped = True

    def results(self, size: int) -> Iterator[Any]:
        """The result of each item, in their order; `size`: how many the pool works on at a time."""
        done = {}
        with _signals_blocked():
            for _ in range(size):
                self._submit_next()
        while (at := self._take_last()) is not None:
            done[at] = self._work(self._items[at])
        for at, item in enumerate(self._items):
            yield done.pop(at) if at in done else self._result(self._submitted.pop(at), item)

    def _submit_next(self, done: Future[Any] | None = None) -> None:
        """Hand the next item to the pool, once it has done one; a pool that broke may hold a lock while it tells so."""
        from concurrent.futures import BrokenExecutor

        if done and not done.cancelled() and isinstance(done.exception(), BrokenExecutor):
            return
        with self._lock:
            if not self._queue:
                return
            try:
                future = self._pool.submit(self._work, self._items[self._queue[0]])
            except Exception:  # noqa: BLE001 - of a pool that is broken, or shut down
                return
            self._submitted[self._queue.popleft()] = future
        future.add_done_callback(self._submit_next)

    def _take_last(self) -> int | None:
        with self._lock:
            return self._queue.pop() if self._queue else None

    def _result(self, future: Future[Any], item: Any) -> Any:
        """The result of an item; where the pool fails, or has no worker left, this process does the work itself."""
        with suppress(Exception):  # what is wrong with the work itself will be raised by it
            while self._helped or future.done():
                try:
                    return future.result(_TIMEOUT)
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
        pool = stack.enter_context(ProcessPoolExecutor(size, initializer=_become_worker, initargs=(folder,)))
        try:
            yield pool
        except BaseException:
            for child in active_children():
                child.terminate()
            with suppress(TimeoutError):  # of one that was ended in the middle of an answer, which is waited for
                _with_timeout(1, pool.shutdown)
            pool.shutdown(wait=False)
            raise


@contextmanager
def _signals_blocked() -> Iterator[None]:
    """Block signals while processes are forked: what a handler raises in the middle of that would be lost."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _become_worker(folder: str | None) -> None:
    """Set up a process of the pool: its parent hears Ctrl-C for both of them, and removes the temporary folder."""
    import tempfile

    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    tempfile.tempdir = folder
    Thread(target=_exit_with_parent, daemon=True).start()


def _exit_with_parent() -> None:
    """Wait for the end of the parent, however it comes, and exit at once: nobody is left to work for."""
    from multiprocessing import connection, parent_process

    parent = parent_process()
    assert parent
    connection.wait([parent.sentinel])
    os._exit(1)


@contextmanager
def _cluster(address: str) -> Iterator[Workers]:
    """The workers behind a Dask scheduler, through the interface of `concurrent.futures`, which other engines have."""
    from tthc_cli.shards import Workers

    client = _client(address)
    executor = client.get_executor()
    try:
        threads = sum(_threads_of(client).values())
        if not threads:
            raise refuse("no_workers", address=address)
        yield Workers(partial(_map_by_cluster, executor, lambda: bool(_threads_of(client))), threads, remote=True)
    finally:
        with suppress(Exception):  # of a scheduler that is gone
            _with_timeout(_TIMEOUT, partial(executor.shutdown, wait=False))
            _with_timeout(_TIMEOUT, partial(client.close, timeout=1))


def _map_by_cluster(executor: Executor, alive: Callable[[], bool], work: _Work, items: Iterable[Any]) -> Iterator[Any]:
    """What the workers of a cluster make of each item; this process takes only what cannot be handed to them."""
    listed = [*items]
    return _SharedQueue(executor, work, listed, alive).results(len(listed))


def _client(address: str) -> Any:
    """The connection to a scheduler; UsageError where there is none.

    Whatever else listens at the address may never answer, which the client itself does not notice.
    """
    try:
        from distributed import Client
    except ImportError:
        raise refuse("no_cluster") from None
    import logging

    logging.disable()  # what its libraries tell is told here, or mended
    try:
        client = _with_timeout(_TIMEOUT + 5, partial(Client, address, timeout=_TIMEOUT, set_as_default=False))
    except Exception:  # noqa: BLE001 - every kind of address has errors of its own
        raise refuse("no_scheduler", address=address) from None
    with suppress(Exception):  # where it stays without them
        _with_timeout(_TIMEOUT + 5, partial(client.wait_for_workers, 1, timeout=_TIMEOUT))
    return client


def _threads_of(client: Any) -> dict[str, int]:
    """The workers of a cluster, each with how many items it does at once; none where its scheduler is gone."""
    try:
        found: dict[str, int] = _with_timeout(_TIMEOUT, client.nthreads)
    except Exception:  # noqa: BLE001 - of a connection that is closed
        return {}
    return found


def _with_timeout(seconds: float, call: Callable[[], Any]) -> Any:
    """The result of a call; TimeoutError where it takes longer: its daemon thread goes on, and nobody waits for it."""
    from concurrent.futures import Future

    future: Future[Any] = Future()

    def run() -> None:
        try:
            future.set_result(call())
        except BaseException as error:  # noqa: BLE001 - raised for whoever waits
            future.set_exception(error)

    Thread(target=run, daemon=True).start()
    return future.result(seconds)
