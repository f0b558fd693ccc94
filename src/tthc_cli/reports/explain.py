"""Why a task has its days, and what a finding code means: `tthc explain`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tthc_cli import wording
from tthc_cli.explanation import Explanation, Step
from tthc_cli.obligations import World
from tthc_cli.records import Judgement
from tthc_cli.report import Marks, Report
from tthc_cli.reports import fields, grouping
from tthc_cli.wording.basis import BASIS, basis
from tthc_cli.wording.codes import CODES
from tthc_cli.wording.steps import part, sentence, talk
from tthc_cli.wording.titles import heading

_COMPLETE = "task occasion agency stated due act_by verdict window_from window_to agency_id key"
_SHORT = "task occasion agencies stated due act_by verdict"


def report(world: World, marks: Marks, explained: Explanation, judgements: Iterable[Judgement]) -> Report:
    """The reasoning for one task; `judgements`: at least those on the obligations explained."""
    keys = {owed.key for owed in explained.obligations}
    judged = [item for item in judgements if item.obligation.key in keys and item.obligation.role == "lead"]
    task, sources = explained.task, _sources(explained.basis)
    shown = (grouping.table(heading("obligations"), _SHORT, fields.by_day(judged), many=1),)
    payload = {
        **fields.head("tthc.explain/1", world),
        "task": task.id,
        "title": task.title,
        "timing": task.timing,
        "obligations": [fields.obligation_fields(item, marks) for item in judged],
        "steps": [_step(step) for step in explained.steps],
        "basis": sources,
        **fields.tail(marks),
    }
    return Report(
        payload,
        tables=(fields.table(heading("obligations"), _COMPLETE, judged),),
        plain=shown,
        screen=shown,
        before=(f"{task.id}. {task.title}", *fields.cautions(marks)),
        after=tuple(_lines(world, explained.steps, sources)),
        warnings=fields.cautions(marks),
    )


def _step(step: Step) -> dict[str, object]:
    return {"kind": step.kind, "text": sentence(step), "dates": list(step.dates)}


def _lines(world: World, steps: Sequence[Step], sources: Sequence[str]) -> Iterator[str]:
    under = talk("why")
    yield under
    for step in steps:
        opened = part(step)
        if opened and opened != under:
            under = opened
            yield f"{under}:"
        if step.kind != "deadline":
            yield f"  - {sentence(step)}"
    if sources:
        yield talk("basis")
        yield from (f"  - {source}" for source in sources)
    yield fields.talk(world)


def _sources(keys: Iterable[str]) -> list[str]:
    """The legal sources in sentences; one that the plan names itself is told once, with what is known of it."""
    known = {found.source: key for key, found in BASIS.items() if found.source}
    named = (next((known[source] for source in known if source.startswith(key)), key) for key in keys)
    return [basis(key) for key in dict.fromkeys(named)]


def code_report(marks: Marks, code: str) -> Report:
    """What a finding code means and what to do about it; KeyError for one unknown."""
    code = code.upper()
    found = CODES[code]
    payload = {
        "schema": "tthc.explain/1",
        "code": code,
        "severity": found.severity,
        "title": found.title,
        "meaning": found.means,
        "todo": found.do,
        **fields.tail(marks),
    }
    first = talk("code", code=code, severity=wording.SEVERITIES[found.severity], title=found.title)
    return Report(payload, before=(first, found.means, found.do))
