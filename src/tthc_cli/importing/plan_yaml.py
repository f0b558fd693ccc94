"""Writes a draft as a plan file in the order and manner of the plan that comes with the program."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from tthc_cli.drafting.document import Remark
from tthc_cli.drafting.draft import Draft
from tthc_cli.drafting.tasks import DraftTask
from tthc_cli.rules import DataWindow, Rule
from tthc_cli.wording.drafting import cell_note, comment, head, source

# How the plan's rules are written; a field at its default is left out.
_RULE_FIELDS = (
    *("kind", "period", "until", "opens", "date", "every", "only", "day", "month", "before", "window", "event"),
    *("count", "unit", "of_agency", "once", "document", "condition", "soft"),
)
_EVENTS = {"event", "condition"}
_PLAIN = re.compile(r"[^\W_](?:[^:#\n\"'\\{}\[\]]|:(?=\S)|(?<=\S)#)*")
_PLAIN_IN_LINE = re.compile(r"[^\W\d_](?:[^:#,\n\"'\\{}\[\]&*!|>%@`])*")
_TYPED = re.compile(r"(?:[\d.,+-]+|[\d:T.+-]+Z?|null|true|false|yes|no|on|off|y|n|~)", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def lines(draft: Draft, path: str) -> Iterator[str]:
    """The lines of the file; comments stand beside what they are about."""
    beside: dict[str, list[Remark]] = {}
    for remark in draft.remarks:
        beside.setdefault(remark.task, []).append(remark)
    yield from (f"# {line}\n" for line in head(path, len(draft.remarks)))
    yield from _comments(beside.get("", ()), "")
    yield from _front(draft)
    yield "sections:\n"
    for section in draft.sections:
        yield from _comments(beside.get(section.id, ()), "  ")
        yield f"  - id: {scalar(section.id)}\n    title: {scalar(section.title)}\n"
    if draft.events:
        yield "events:\n"
        yield from (f"  {scalar(id_)}: {scalar(words)}\n" for words, id_ in draft.events.items())
    yield "tasks:\n"
    for task in draft.tasks:
        yield from _comments(beside.get(task.id, ()), "  ")
        yield from _task(task, draft.events)
    yield "amendments: []\n"


def _front(draft: Draft) -> Iterator[str]:
    front = draft.front
    facts = {
        "id": draft.id,
        "number": front.number,
        "date": draft.date.isoformat() if draft.date else "",
        "title": front.title,
        "source": source(front.number, draft.front.date),
        "year": str(draft.year),
        "issuer": draft.issuer,
    }
    for key, value in facts.items():
        if value or key != "issuer":
            yield f"{key}: {value if key in ('date', 'year') else scalar(value)}\n"


def _comments(remarks: Iterable[Remark], indent: str) -> Iterator[str]:
    for remark in remarks:
        yield f"{indent}# {comment(remark)}\n"


def _task(task: DraftTask, events: Mapping[str, str]) -> Iterator[str]:
    yield f"  - id: {scalar(task.id)}\n"
    yield f"    section: {scalar(task.section)}\n"
    yield f"    title: {scalar(task.title)}\n"
    for role in ("lead", "support"):
        yield from _listed(role, getattr(task, role))
        yield from _in_line(f"{role}_agencies", getattr(task, f"{role}_agencies"))
    yield from _in_line("assigned", task.assigned)
    if task.timing:
        yield f"    timing: {scalar(task.timing)}\n"
    yield "    deadlines:\n"
    yield from (f"      - {_rule(rule, events)}\n" for rule in task.deadlines)
    for key in ("signed_by", "product"):
        if value := getattr(task, key):
            yield f"    {key}: {scalar(value)}\n"
    yield from _listed("notes", tuple(dict.fromkeys(cell_note(*other) for other in task.others)))


def _listed(key: str, texts: tuple[str, ...]) -> Iterator[str]:
    if texts:
        yield f"    {key}:\n"
        yield from (f"      - {scalar(text)}\n" for text in texts)


def _in_line(key: str, ids: tuple[str, ...]) -> Iterator[str]:
    if ids:
        yield f"    {key}: [{', '.join(ids)}]\n"


def _rule(rule: Rule, events: Mapping[str, str]) -> str:
    """A rule in one line, events by their ids."""
    parts = []
    for name in _RULE_FIELDS:
        value = getattr(rule, name, None)
        if value is not None and value is not False:
            parts.append(f"{name}: {_value(events[value] if name in _EVENTS else value)}")
    return "{" + ", ".join(parts) + "}"


def _value(value: object) -> str:
    if value is True:
        return "true"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return f"[{', '.join(_value(item) for item in value)}]"
    if isinstance(value, DataWindow):
        return f"{{from_day: {value.from_day}, to_day: {value.to_day}}}"
    text = str(value)
    return text if _DAY.fullmatch(text) else scalar(text, _PLAIN_IN_LINE)


def scalar(text: str, plain: re.Pattern[str] = _PLAIN) -> str:
    """A text as YAML: bare where nothing in it could be taken for anything else, else in double quotes."""
    bare = plain.fullmatch(text) and text == text.strip() and not text.endswith(":") and not _TYPED.fullmatch(text)
    if bare:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + "".join(char if char.isprintable() else f"\\U{ord(char):08X}" for char in escaped) + '"'
