"""What an inspector asks for years later: what a judgement was made from, in one file, and the judgement made again."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo
from zlib import error

from tthc_cli import __version__, workflow
from tthc_cli.errors import InputError, Trouble
from tthc_cli.formats import as_json
from tthc_cli.records import Reading
from tthc_cli.report import Report
from tthc_cli.reports.verification import Difference
from tthc_cli.settings import PATHS, Settings
from tthc_cli.submissions import file_trouble
from tthc_cli.workflow import Outcome

_SCHEMA = "tthc.evidence/1"
_MANIFEST, _ASSESSMENT, _CALENDAR = "manifest.json", "assessment.json", "calendar.json"
_FIXED = (1980, 1, 1, 0, 0, 0)
_MOST_BYTES = 500_000_000
_HELD = ("verdict", "stated", "due", "act_by", "submitted_on", "firm", "rests_on")


def packed(outcome: Outcome, assessment: Report, due_soon: int) -> bytes:
    """The pack of a run over a register: the same bytes for the same inputs."""
    inputs = {f"inputs/{name}{path.suffix}": path.read_bytes() for name, path in outcome.inputs.paths.items()}
    told = {_ASSESSMENT: _bytes(assessment.payload), _CALENDAR: _bytes({"days": outcome.inputs.calendar.days()})}
    reading = outcome.world.reading
    manifest = {
        "schema": _SCHEMA,
        "versions": {"tthc": __version__, "python": platform.python_version()},
        "as_of": outcome.world.as_of,
        "today": outcome.today,
        "due_soon": due_soon,
        "reading": reading._asdict(),
        "unverified_years": outcome.inputs.calendar.unverified_years,
        "notices": {str(year): papers for year, papers in outcome.inputs.calendar.notices().items()},
        "files": {name: sha256(data).hexdigest() for name, data in sorted({**inputs, **told}.items())},
    }
    return _zipped({_MANIFEST: _bytes(manifest), **told, **inputs})


def verified(path: Path, assess: Callable[[Outcome], Report]) -> tuple[Mapping[str, Any], tuple[Difference, ...]]:
    """A pack's manifest, and what differs when everything is worked out again. InputError for what is no pack."""
    files = _unzipped(path)
    try:
        manifest = json.loads(files[_MANIFEST])
        listed = dict(manifest["files"])
        if manifest["schema"] != _SCHEMA:
            raise ValueError(manifest["schema"])
        found = [*_changed(files, listed)]
        with TemporaryDirectory() as folder:
            outcome = workflow.run(_settings(manifest, files, Path(folder)), *_days(manifest))
            now = json.loads(_bytes(assess(outcome).payload))
            days = json.loads(_bytes({"days": outcome.inputs.calendar.days()}))
        found += _moved(json.loads(files[_ASSESSMENT]), now)
        found += _days_moved(json.loads(files[_CALENDAR]), days)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise InputError(Trouble(str(path), "no_pack")) from None
    return manifest, tuple(found)


def _bytes(payload: Mapping[str, object]) -> bytes:
    return "".join(as_json.render(Report(payload))).encode()


def _zipped(files: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as pack:
        for name, data in files.items():
            info = ZipInfo(name, _FIXED)
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
            pack.writestr(info, data)
    return out.getvalue()


def _unzipped(path: Path) -> dict[str, bytes]:
    """The files of a pack; none is written anywhere by the name that it bears."""
    try:
        with ZipFile(path) as pack:
            if sum(item.file_size for item in pack.infolist()) > _MOST_BYTES:
                raise InputError(Trouble(str(path), "file_too_large", facts={"megabytes": _MOST_BYTES // 1_000_000}))
            return {item.filename: pack.read(item) for item in pack.infolist()}
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, error):
        raise InputError(Trouble(str(path), "no_pack")) from None
    except (OSError, ValueError) as failure:
        raise InputError(file_trouble(str(path), failure)) from None


def _settings(manifest: Mapping[str, Any], files: Mapping[str, bytes], folder: Path) -> Settings:
    """The settings of the run, its inputs written out under names of our own."""
    paths: dict[str, Any] = {}
    for name, data in files.items():
        if name.startswith("inputs/"):
            kind, suffix = Path(name).stem, Path(name).suffix
            if kind not in PATHS or not suffix[1:].isalnum():
                raise ValueError(name)
            paths[kind] = folder / f"{kind}{suffix}"
            paths[kind].write_bytes(data)
    told = manifest["reading"]
    exempt = {task: tuple(units) for task, units in (told["exempt"] or {}).items()}
    reading = Reading(**{**told, "covers": tuple(told["covers"]), "exempt": exempt})
    return Settings(**paths, reading=reading, due_soon=int(manifest["due_soon"]))


def _days(manifest: Mapping[str, Any]) -> tuple[date, date]:
    return date.fromisoformat(manifest["as_of"]), date.fromisoformat(manifest["today"])


def _changed(files: Mapping[str, bytes], listed: Mapping[str, str]) -> Iterator[Difference]:
    """Files that are not those of the manifest."""
    for name in sorted({*files, *listed} - {_MANIFEST}):
        now = sha256(files[name]).hexdigest() if name in files else None
        if now != listed.get(name):
            yield Difference("file", name, listed.get(name), now)


def _moved(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Difference]:
    """Fields of obligations, and bad rows, that are not what they were."""
    old, new = ({item["key"]: item for item in found["findings"]} for found in (before, now))
    for key in [*old, *(key for key in new if key not in old)]:
        for name in _HELD:
            values = [side.get(key, {}).get(name) for side in (old, new)]
            if values[0] != values[1]:
                yield Difference(name, key, *values)
    rows = [{(item["line"], item["code"]) for item in found["problems"]} for found in (before, now)]
    for line, code in sorted(rows[0] ^ rows[1], key=str):
        yield Difference("row", str(line), *((code if (line, code) in side else None) for side in rows))


def _days_moved(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Difference]:
    """Days off and worked days that are not what they were."""
    old, new = ({day: [kind, reason] for day, kind, reason in found["days"]} for found in (before, now))
    for day in sorted(old.keys() | new.keys()):
        if old.get(day) != new.get(day):
            yield Difference("day", day, old.get(day), new.get(day))
