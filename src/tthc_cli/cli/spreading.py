"""Who reads a register of several parts: this process, several of this machine, or those of a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from tthc_cli.cli import names

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from tthc_cli.shards import Spread


@contextmanager
def spreading(jobs: int, scheduler: str | None) -> Iterator[Spread | None]:
    """What does the work; None: this process does.

    scheduler: the address of a Dask scheduler, whose workers read the files where they see them.
    """
    if scheduler and jobs > 1:
        raise names.refuse("choose_one", options=["--jobs", "--scheduler"])
    if scheduler:
        with _cluster(scheduler) as spread:
            yield spread
    elif jobs > 1:
        with _processes(jobs) as spread:
            yield spread
    else:
        yield None


@contextmanager
def _processes(jobs: int) -> Iterator[Spread]:
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor

    from tthc_cli.shards import Spread

    with ProcessPoolExecutor(jobs) as pool:
        yield Spread(partial(_each, pool, BrokenExecutor), jobs)


def _each(pool: Executor, lost: type[Exception], work: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
    """What the processes of a pool make of each item; where that is lost with them, this process does it."""
    begun: list[tuple[Any, Future[Any] | None]] = []
    for item in items:
        try:
            begun.append((item, pool.submit(work, item)))
        except lost:
            begun.append((item, None))
    for item, future in begun:
        try:
            done = future.result() if future else work(item)
        except lost:
            done = work(item)
        yield done


@contextmanager
def _cluster(address: str) -> Iterator[Spread]:
    """Through the interface of `concurrent.futures`, which other engines have too."""
    from tthc_cli.shards import Spread

    try:
        from distributed import Client, KilledWorker
    except ImportError:
        raise names.refuse("no_cluster") from None
    try:
        client: Any = Client(address, timeout=_PATIENCE)  # type: ignore[no-untyped-call]  # it has no types
    except (OSError, ValueError) as error:
        raise names.refuse("no_scheduler", address=address, why=str(error) or type(error).__name__) from None
    with client, client.get_executor() as executor:
        yield Spread(partial(_each, executor, KilledWorker), max(1, sum(client.nthreads().values())), elsewhere=True)


_PATIENCE = 20
"""Seconds to wait for a scheduler."""
