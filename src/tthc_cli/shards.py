"""A register read part by part: its files, and pieces of large ones, by this process or by several workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from tthc_cli import loading, registers
from tthc_cli.csv_spans import Span, spans
from tthc_cli.errors import InputError, Trouble
from tthc_cli.gathering import Gathered, Shard, merged
from tthc_cli.loading import Inputs
from tthc_cli.matching import gather
from tthc_cli.mistakes import Mistakes
from tthc_cli.numbering import Numbers
from tthc_cli.records import ALL, Claim, Problem
from tthc_cli.registers import State
from tthc_cli.remote import Source
from tthc_cli.settings import Settings
from tthc_cli.submissions import REGISTER
from tthc_cli.tables import Table, TornError
from tthc_cli.tuples import NamedTuple
from tthc_cli.understanding import Understanding

Watch = Callable[[Table], Table]


class Workers(NamedTuple):
    """Who reads the parts of a register.

    map: calls a function with each item, `size` of them at a time, and yields the results in the order of the items,
    as the built-in `map` does. remote: on machines whose working folder is another.
    """

    map: Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
    size: int = 1
    remote: bool = False


class Job(NamedTuple):
    """One part of a register to be read, and by which settings, on which days; paths are taken from `folder`.

    fingerprint: of the program, the plan and the agencies that the whole register is judged by; state: of the file,
    when the work was divided.
    """

    settings: Settings
    fingerprint: Mapping[str, str]
    as_of: date
    today: date
    folder: Path
    path: Source
    claim: Claim
    state: State | None
    span: Span | None = None


class Unread(NamedTuple):
    """A file of which a part could not be read, and why."""

    path: str
    troubles: tuple[Trouble, ...]


Read = Gathered | Unread | None
ALONE = Workers(map)
"""This process."""
_ready: dict[str, tuple[Inputs, Understanding]] = {}
"""What this process, or the one that it was forked from, has loaded for the jobs that it was given."""


def gathered(
    settings: Settings, inputs: Inputs, as_of: date, today: date, watch: Watch | None, workers: Workers
) -> list[Gathered]:
    """What every part of the register says, one for each; InputError where no file of it can be read.

    A file that cannot, among others, is a problem of the register: what is missing may be in it.
    """
    parts = _parts(settings, inputs, as_of, today, watch, workers)
    folders = registers.left_out(settings.register) if settings.register and not settings.shards else ()
    return [_naming(parts[0], folders, "folder_left_out"), *parts[1:]]


def _naming(part: Gathered, names: Iterable[str], reason: str) -> Gathered:
    """A part with a warning of each thing beside it that is not read."""
    told = [Problem("R01", "warning", 1, "", name, reason) for name in names]
    return part._replace(problems=part.problems.and_(told)) if told else part


def _parts(
    settings: Settings, inputs: Inputs, as_of: date, today: date, watch: Watch | None, workers: Workers
) -> list[Gathered]:
    assert settings.register
    claimed = settings.shards or tuple((path, ALL) for path in registers.files(settings.register))
    alone = settings._replace(events=None, extensions=None, assignments=None)
    folder = Path.cwd() if workers.remote else Path()
    job = partial(Job, alone, inputs.fingerprint, as_of, today, folder)
    whole = [job(path, claim, registers.state(path)) for path, claim in claimed]
    jobs = [each._replace(span=span) for each in whole for span in _spans(each.path, workers.size)]
    understanding = _understanding(inputs, as_of)
    if len(jobs) == 1:
        return [_read(jobs[0], understanding, inputs, watch)]
    if not workers.remote:
        _ready[_key(jobs[0])] = inputs, understanding
    files = _by_file(jobs, workers)
    files |= _by_file([each for each in whole if None in files[each.path]], workers)
    unread = [first for first in map(_unread, files.values()) if first]
    if len(unread) == len(files):
        raise InputError(*_different(trouble for each in unread for trouble in each.troubles))
    sound = [part for parts in files.values() if not _unread(parts) for part in parts if isinstance(part, Gathered)]
    return [*sound, *map(_missing, unread)]


def _by_file(jobs: Sequence[Job], workers: Workers) -> dict[Source, list[Read]]:
    """What was read of each file, part by part."""
    found: dict[Source, list[Read]] = {job.path: [] for job in jobs}
    for job, part in zip(jobs, workers.map(read, jobs), strict=True):
        found[job.path].append(part)
    return found


def _unread(parts: Iterable[Read]) -> Unread | None:
    """Why a file cannot be read, if one of its parts cannot: the first of them, as if it were read from its start."""
    return next((part for part in parts if isinstance(part, Unread)), None)


def _spans(path: Source, count: int) -> tuple[Span | None, ...]:
    """The parts of a file for so many workers; one that is not on this machine is fetched whole."""
    return (isinstance(path, Path) and spans(path, count)) or (None,)


def read(job: Job) -> Read:
    """What one part says, read wherever this runs; None where its file has to be read as a whole."""
    try:
        inputs, understanding = _loaded(job)
    except InputError as error:
        return Unread(str(job.path), error.troubles)
    try:
        return _read(job, understanding, inputs)
    except TornError:
        return None
    except InputError as error:
        return Unread(str(job.path), error.troubles)


def _loaded(job: Job) -> tuple[Inputs, Understanding]:
    """What a job is read by; InputError where the files that are seen from here say something else."""
    if (key := _key(job)) not in _ready:
        _ready.clear()
        inputs = loading.load(job.settings.below(job.folder))
        if inputs.fingerprint != job.fingerprint:
            raise InputError(Trouble(str(job.folder), "inputs_differ", facts={"node": _node()}))
        _ready[key] = inputs, _understanding(inputs, job.as_of)
    return _ready[key]


def _key(job: Job) -> str:
    return repr((job.settings, job.fingerprint, job.as_of, job.folder))


def _node() -> str:
    from platform import node

    return node()


def _read(job: Job, understanding: Understanding, inputs: Inputs, watch: Watch | None = None) -> Gathered:
    source = job.path if str(job.path) == "-" else job.folder / job.path
    large, goes_on = (job.span.large, job.span.start > 0) if job.span else (False, False)
    with registers.open_table(source, REGISTER, job.span, str(job.path)) as table:
        tables = map(watch, table.each) if watch else table.each
        part = merged(
            _missing(Unread(each.path, each.troubles))
            if each.troubles
            else gather(each, understanding, job.today, inputs.reading, job.claim, large, goes_on)
            for each in tables
        )
        part = _naming(part, table.left_out, "sheet_left_out")
    if not _is_same(job.state, registers.state(source), copied=job.folder != Path()):
        raise InputError(Trouble(str(job.path), "file_changed", facts={"node": _node()}))
    if not job.span:
        return part
    (shard,) = part.shards
    return part._replace(shards=(shard._replace(start=job.span.start),))


def _is_same(one: State | None, other: State | None, copied: bool) -> bool:
    """Whether a file is as it was; a copy on another machine may have kept no more than the second."""
    if copied and one and other:
        return one[0] == other[0] and one[1] // 10**9 == other[1] // 10**9
    return one == other


def _understanding(inputs: Inputs, as_of: date) -> Understanding:
    return Understanding(inputs.plan, inputs.directory, inputs.reading, as_of)


def _missing(part: Unread) -> Gathered:
    from tthc_cli.wording.problems import troubles

    facts = {"why": " ".join(troubles(part.troubles))}
    problem = Problem("R01", "error", 1, "", part.path, "shard_unread", facts)
    shard = Shard(part.path, 1, unread=True)
    return Gathered((), Numbers(), (), Mistakes([problem]), frozenset(), 0, 0, 0, (shard,))


def _different(troubles: Iterable[Trouble]) -> list[Trouble]:
    """Each of them once."""
    found: list[Trouble] = []
    for trouble in troubles:
        if trouble not in found:
            found.append(trouble)
    return found
