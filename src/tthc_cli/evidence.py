"""What an inspector asks for years later: what a judgement was made from, in one file, and the judgement made again."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from importlib import metadata
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo
from zlib import error

from tthc_cli import __version__, workflow
from tthc_cli.errors import InputError, Trouble, TthcError
from tthc_cli.formats import as_html, as_json
from tthc_cli.records import Reading
from tthc_cli.report import Report
from tthc_cli.reports.verification import Difference
from tthc_cli.setting_values import PATHS
from tthc_cli.settings import Settings
from tthc_cli.submissions import file_trouble
from tthc_cli.tuples import NamedTuple
from tthc_cli.workflow import Outcome

_SCHEMA = "tthc.evidence/1"
_MANIFEST, _ASSESSMENT, _CALENDAR = "manifest.json", "assessment.json", "calendar.json"
_PAGE = "ket_qua.html"
"""What people read of it."""
_FIXED = (1980, 1, 1, 0, 0, 0)
_MOST_BYTES = 500_000_000
_ASIDE = frozenset({"fingerprint", "findings", "problems", "reading"})
_NEEDED = frozenset({"plan", "agencies", "calendar", "register"})


def packed(outcome: Outcome, assess: Callable[[Outcome], Report], due_soon: int) -> bytes:
    """The pack of a run over a register: the same bytes for the same inputs."""
    inputs = {f"inputs/{name}{path.suffix}": path.read_bytes() for name, path in outcome.inputs.paths.items()}
    assessment = assess(_anywhere(outcome))
    told = {
        _ASSESSMENT: _bytes(assessment.payload),
        _PAGE: _page(assessment),
        _CALENDAR: _bytes({"days": outcome.inputs.calendar.days()}),
    }
    reading = outcome.world.reading
    manifest = {
        "schema": _SCHEMA,
        "versions": _versions(),
        "as_of": outcome.world.as_of,
        "today": outcome.today,
        "due_soon": due_soon,
        "reading": reading._asdict(),
        "unverified_years": outcome.inputs.calendar.unverified_years,
        "notices": {str(year): papers for year, papers in outcome.inputs.calendar.notices().items()},
        "files": {name: sha256(data).hexdigest() for name, data in sorted({**inputs, **told}.items())},
    }
    return _zipped({_MANIFEST: _bytes(manifest), **told, **inputs})


class Verified(NamedTuple):
    """A pack's manifest, what differs when everything is worked out again, and that run; None where it could not be."""

    manifest: Mapping[str, Any]
    differences: tuple[Difference, ...]
    outcome: Outcome | None


def _versions() -> dict[str, str]:
    """What may change a day or a verdict beside the inputs."""
    return {"tthc": __version__, "python": platform.python_version(), "holidays": metadata.version("holidays")}


def _anywhere(outcome: Outcome) -> Outcome:
    """The run with its inputs by what they are, not by where they lay."""
    paths = {name: Path(f"{name}{path.suffix}") for name, path in outcome.inputs.paths.items()}
    return outcome._replace(inputs=outcome.inputs._replace(paths=paths), register=str(paths["register"]))


def verified(path: Path, assess: Callable[[Outcome], Report]) -> Verified:
    """A pack worked out again. InputError for what is no pack, or no longer one that can be worked out."""
    files = _unzipped(path)
    found: list[Difference] = []
    try:
        manifest = json.loads(files[_MANIFEST])
        if manifest["schema"] != _SCHEMA:
            raise ValueError(manifest["schema"])
        manifest["versions"] = {name: str(manifest["versions"][name]) for name in _versions()}
        found += _changed(files, dict(manifest["files"]))
        outcome, now = _again(manifest, files, assess)
        found += _moved(json.loads(files[_ASSESSMENT]), json.loads(_bytes(now.payload)))
        found += _redrawn(files[_PAGE], now, manifest["versions"]["tthc"])
        found += _days_moved(json.loads(files[_CALENDAR]), {"days": outcome.inputs.calendar.days()})
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, TthcError):
        if found:
            return Verified(manifest, tuple(found), None)
        raise InputError(Trouble(str(path), "no_pack")) from None
    return Verified(manifest, tuple(found), outcome)


def _again(
    manifest: Mapping[str, Any], files: Mapping[str, bytes], assess: Callable[[Outcome], Report]
) -> tuple[Outcome, Report]:
    """The run of a pack's inputs as on its day, and the assessment that it gives."""
    with TemporaryDirectory() as folder:
        outcome = workflow.run(_settings(manifest, files, Path(folder)), *_days(manifest))
        return outcome, assess(_anywhere(outcome))


def _page(assessment: Report) -> bytes:
    return "".join(as_html.render(assessment)).encode()


def _redrawn(packed: bytes, now: Report, version: str) -> Iterator[Difference]:
    """The page that people read, if it is another; of another version of the program it may be."""
    if version == __version__ and _page(now) != packed:
        yield Difference("file", _PAGE, None, None)


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
            if len({*pack.namelist()}) < len(pack.namelist()):
                raise InputError(Trouble(str(path), "no_pack"))
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
            if kind not in PATHS or not (suffix[1:] or "x").isalnum():
                raise ValueError(name)
            paths[kind] = folder / f"{kind}{suffix}"
            paths[kind].write_bytes(data)
    if not paths.keys() >= _NEEDED:
        raise ValueError(paths)
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
    """Totals, fields of obligations, and bad rows, that are not what they were."""
    for name in sorted((before.keys() | now.keys()) - _ASIDE):
        if before.get(name) != now.get(name):
            yield Difference("total", name, before.get(name), now.get(name))
    if len(before["findings"]) != len(now["findings"]):
        yield Difference("total", "findings", len(before["findings"]), len(now["findings"]))
    old, new = ({item["key"]: item for item in found["findings"]} for found in (before, now))
    for key in [*old, *(key for key in new if key not in old)]:
        one, other = old.get(key, {}), new.get(key, {})
        for name in [*one, *(name for name in other if name not in one)] if one and other else ["key"]:
            if one.get(name) != other.get(name):
                yield Difference(name, key, one.get(name), other.get(name))
    rows = [[json.dumps(item, ensure_ascii=False) for item in found["problems"]] for found in (before, now)]
    for packed_row, now_row in zip_longest(*rows):
        if packed_row != now_row:
            line = json.loads(packed_row or now_row)["line"]
            yield Difference("row", str(line), packed_row, now_row)


def _days_moved(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Difference]:
    """Days off and worked days that are not what they were."""
    old, new = ({day: [kind, reason] for day, kind, reason in map(list, found["days"])} for found in (before, now))
    for day in sorted(old.keys() | new.keys()):
        if old.get(day) != new.get(day):
            yield Difference("day", day, old.get(day), new.get(day))
