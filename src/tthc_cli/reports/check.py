"""The register held against the obligations: `tthc check`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from tthc_cli import wording
from tthc_cli.gathering import Gathered
from tthc_cli.obligations import World
from tthc_cli.records import BREACHES, VERDICTS, Judgement, Problem, Severity
from tthc_cli.report import Agenda, Cell, Marks, Report, Sheet, Table
from tthc_cli.reports import fields
from tthc_cli.sequences import Each, Later
from tthc_cli.tuples import NamedTuple
from tthc_cli.wording.codes import CODES
from tthc_cli.wording.problems import column, problem
from tthc_cli.wording.readings import reason, rests_on
from tthc_cli.wording.titles import finding, heading, say

if TYPE_CHECKING:
    from tthc_cli.assessment import Judgements
    from tthc_cli.overview import Overview
    from tthc_cli.scorecard import By, Score
    from tthc_cli.since import Since

SHOWN = 200
_FINDINGS = (
    "code task occasion agency verdict due submitted_on days_late days_left firm rests_on reason line stated act_by "
    "original_due extended_to extended_by proof title role agency_id key section timing product window_from window_to"
)
_BREACHES = "task occasion names verdict due submitted_on days_late line original_due"
_CONFIRM = "task occasion names verdict due submitted_on days_late rests_on line original_due"
_UNCLEAR = "task occasion agencies due reason title"
_SOON = "task occasion agencies due act_by days_left original_due title"
_ARRIVED = "task occasion agency due submitted_on proof line title"
_OTHERS = "due task occasion agencies verdict title"
_PROBLEMS = ("severity", "code", "line", "column", "value", "message", "file", "suggestion")


class Checked(NamedTuple):
    """What a check found, ready to be told.

    judgements: those asked for; problems: of the register and the files beside it; set_aside: rows dated after the
    day judged; fallback: papers proved by another date than the one set; paths: of the files, "register" among them;
    ignored: codes that are left out; scores: where a scorecard was asked for, with its last line in `total`;
    since: what changed since an earlier report.
    """

    world: World
    marks: Marks
    judgements: Judgements
    problems: Sequence[Problem]
    gathered: Gathered
    paths: Mapping[str, str]
    set_aside: int = 0
    fallback: int = 0
    ignored: Collection[str] = ()
    everything: bool = False
    scores: Sequence[Score] | None = None
    total: Score | None = None
    by: str = "agency"
    since: Since | None = None

    @property
    def aside(self) -> dict[str, int]:
        """How much of everything is dated after the day judged, and so does not count."""
        return {"rows": self.set_aside, **self.world.aside}

    @cached_property
    def findings(self) -> list[Judgement]:
        """The judgements with a code; none of what the register does not cover has one."""
        return [item for item in self.judgements.near if item.codes]

    @cached_property
    def worst(self) -> Severity | None:
        """The gravest there is, nothing being left out."""
        found = {item.severity for item in self.problems}
        found |= set(map(severity, {code for item in self.findings for code in item.codes}))
        return "error" if "error" in found else "warning" if found else None

    def file(self, item: Problem) -> str | None:
        """The file beside the register that a problem is in; None for the register."""
        return self.paths.get(item.file, item.file) if item.file else None


def report(checked: Checked) -> Report:
    """The whole report of a check."""
    checked = _without_ignored(checked)
    findings = checked.findings
    shown = list(checked.judgements) if checked.everything else findings
    return Report(
        _payload(checked, shown),
        tables=Later(lambda: (fields.table(heading("findings"), _FINDINGS, shown), *_beside(checked))),
        plain=Later(lambda: _sorted_out(checked, findings, screen=False)),
        screen=Later(lambda: _sorted_out(checked, findings, screen=True)),
        before=(*_summary(checked, findings), *fields.cautions(checked.marks)),
        after=_after(checked, findings),
        warnings=fields.cautions(checked.marks),
        overview=lambda: _overview(checked),
        lines=Later(lambda: _lines(checked, findings)),
        flat=Later(lambda: (_flat(checked, shown), *_scores(checked))),
        sheets=Later(lambda: _sheets(checked, findings)),
        agenda=lambda: _agenda(checked),
    )


def _overview(checked: Checked) -> Overview:
    from tthc_cli.reports.overview import overview

    return overview(checked.world, checked.judgements, checked.since)


def _agenda(checked: Checked) -> Agenda:
    from tthc_cli.reports.agenda import agenda

    return agenda(checked.world, checked.judgements)


def worst(checked: Checked) -> Severity | None:
    """The gravest there is, by which the exit code goes: a bad row or a breach is an error."""
    return _without_ignored(checked).worst


def severity(code: str) -> Severity:
    """How grave a code is."""
    return CODES[code].severity


def _without_ignored(checked: Checked) -> Checked:
    if not checked.ignored:
        return checked
    ignored = {code.upper() for code in checked.ignored}
    problems = [item for item in checked.problems if item.code not in ignored]
    kept = checked.judgements.changed(
        lambda item: item._replace(codes=tuple(code for code in item.codes if code not in ignored))
    )
    return checked._replace(judgements=kept, problems=problems)


def _payload(checked: Checked, shown: Sequence[Judgement]) -> dict[str, object]:
    payload = fields.head("tthc.check/1", checked.world)
    payload["register"] = {
        "path": checked.paths.get("register"),
        "rows": checked.gathered.rows,
        "accepted": checked.gathered.accepted,
        "set_aside": checked.set_aside,
        "fallback": checked.fallback,
    }
    if any(checked.world.aside.values()):
        payload["set_aside"] = checked.aside
    payload["compliant"] = checked.worst != "error"
    payload["counts"] = {verdict: checked.judgements.counts[verdict] for verdict in VERDICTS}
    payload["problems"] = Each(lambda item: problem_fields(item, checked), checked.problems)
    payload["findings"] = Each(lambda item: finding_fields(item, checked.marks), shown)
    if checked.scores is not None:
        from tthc_cli.reports import scorecard

        payload["by"] = checked.by
        payload["scorecard"] = [scorecard.fields(score) for score in checked.scores]
        payload["total"] = checked.total and scorecard.fields(checked.total, total=True)
    if checked.since:
        payload["since"] = _since_fields(checked.since)
    return {**payload, **fields.tail(checked.marks)}


def _since_fields(since: Since) -> dict[str, object]:
    """What changed, as JSON has it; `before` is null for what was not there."""
    from tthc_cli.reports import scorecard

    changed = [
        {"key": now.obligation.key, "before": before and before.verdict, "now": now.verdict}
        for before, now in since.changes
    ]
    return {"as_of": since.as_of, "total": scorecard.fields(since.total, total=True), "changed": changed}


def problem_fields(item: Problem, checked: Checked) -> dict[str, object]:
    """One problem as JSON has it; its file is None where that is the register."""
    return {
        "code": item.code,
        "severity": item.severity,
        "line": item.line or None,
        "column": item.column or None,
        "value": item.value,
        "message": problem(item),
        "suggestion": item.suggestion,
        "file": checked.file(item),
    }


def finding_fields(item: Judgement, marks: Marks) -> dict[str, object]:
    """One finding as JSON has it: its obligation, and what was found."""
    found = fields.obligation_fields(item, marks)
    found |= {"code": item.codes[0] if item.codes else None, "codes": list(item.codes)}
    found |= {"line": item.line, "days_late": item.days_late, **({"file": item.file} if item.file else {})}
    return found


def _problem_table(checked: Checked) -> Table:
    def row(item: Problem) -> tuple[Cell, ...]:
        return (
            wording.SEVERITIES[item.severity], item.code, item.line or None, column(item), item.value, problem(item),
            checked.file(item), item.suggestion,
        )  # fmt: skip

    columns = tuple(fields.COLUMN[name] for name in _PROBLEMS)
    return Table(heading("problems"), columns, Each(row, checked.problems))


def _told(checked: Checked, most: int | None) -> Table:
    """The problems as people read them: the message already names what was probably meant; a screen has the first."""
    count = len(checked.problems)
    title = heading("problems") if most is None or count <= most else heading("first_problems", shown=most, count=count)
    table = _problem_table(checked._replace(problems=checked.problems[:most]))
    return Table(title, table.columns[:-1], tuple(row[:-1] for row in table.rows))


def _beside(checked: Checked) -> tuple[Table, ...]:
    """The tables beside the findings: problems, scorecard."""
    return (*((_problem_table(checked),) if checked.problems else ()), *_scores(checked))


def _scores(checked: Checked) -> tuple[Table, ...]:
    if checked.scores is None:
        return ()
    from tthc_cli.reports import scorecard

    return (scorecard.table(checked.scores, checked.total, checked.by),)


def _flat(checked: Checked, shown: Sequence[Judgement]) -> Table:
    """Problems and findings in one table, by the columns of both."""
    problems, findings = _problem_table(checked), fields.table(heading("findings"), _FINDINGS, shown)
    columns = tuple(dict.fromkeys((*findings.columns, *problems.columns)))
    first = len(problems.rows)

    def row(at: int) -> tuple[Cell, ...]:
        table, place = (problems, at) if at < first else (findings, at - first)
        cells = dict(zip(table.columns, table.rows[place], strict=True))
        return tuple(map(cells.get, columns))

    return Table(heading("findings"), columns, Each(row, range(first + len(findings.rows))))


def _sheets(checked: Checked, findings: Sequence[Judgement]) -> tuple[Sheet, ...]:
    """The pages of a workbook, which tell of every obligation asked for."""
    from tthc_cli.reports import workbook

    world, judgements = checked.world, checked.judgements
    lines = (*_summary(checked, findings), *fields.cautions(checked.marks))
    found = [
        workbook.summary(world, lines, _cards(checked), checked.since),
        workbook.duties(world, judgements),
        workbook.breaches(world, judgements),
        workbook.problems(checked.paths.get("register"), _problem_table(checked)),
        workbook.understood(world, checked.marks, judgements, (*_summary(checked, findings)[:1], *_aside(checked))),
    ]
    if checked.since:
        found.insert(1, workbook.changes(world, checked.since))
    return tuple(found)


def _cards(checked: Checked) -> list[tuple[By, Sequence[Score], Score]]:
    """The scorecards by unit and by section, and the one asked for."""
    from tthc_cli.scorecard import scorecard as scored
    from tthc_cli.scorecard import total

    titles = checked.world.plan.titles
    kinds: tuple[By, ...] = ("section", "agency", "period") if checked.by == "period" else ("section", "agency")
    cards = [(by, scored(checked.judgements, by, titles)) for by in kinds]
    return [(by, scores, total(scores)) for by, scores in cards]


def _sorted_out(checked: Checked, findings: Sequence[Judgement], screen: bool) -> tuple[Table, ...]:
    """What people read: each kind of finding in a table of its own; on a screen what many units share is one line."""
    from tthc_cli.reports import grouping

    many = grouping.MANY if screen else grouping.ALONE

    def of(*verdicts: str) -> list[Judgement]:
        return fields.by_day(item for item in findings if item.verdict in verdicts)

    breaches = of(*BREACHES)
    firm = [item for item in breaches if item.firm is not False]
    soft = [item for item in breaches if item.firm is False]
    arrived = [item for item in findings if "C05" in item.codes]
    tables = [
        _told(checked, SHOWN if screen else None),
        grouping.table(heading("breaches"), _BREACHES, firm, many=many),
        grouping.table(heading("to_confirm"), _CONFIRM, soft, many=many),
        grouping.table(heading("unclear"), _UNCLEAR, of("unclear"), many=many),
        grouping.table(heading("due_soon"), _SOON, of("due_soon"), many=many),
        fields.table(heading("arrived_late"), _ARRIVED, arrived, brief=True),
    ]
    if checked.everything:
        told = {item.obligation.key for item in findings}
        rest = fields.by_day(item for item in checked.judgements if item.obligation.key not in told)
        tables.append(grouping.table(heading("others"), _OTHERS, rest, many=many))
    if checked.scores is not None:
        from tthc_cli.reports import scorecard

        tables.append(scorecard.brief(checked.scores, checked.total, checked.by))
    return tuple(table for table in tables if table.rows)


def _summary(checked: Checked, findings: Sequence[Judgement]) -> tuple[str, ...]:
    grave = Counter((checked.file(item), item.severity) for item in checked.problems)
    read = {"path": checked.paths.get("register"), "rows": checked.gathered.rows, "accepted": checked.gathered.accepted}
    parts = [None, *(shard.path for shard in checked.gathered.shards)]
    wrong = {name: sum(grave[path, name] for path in parts) for name in ("error", "warning")}
    lines = [say("register", errors=wrong["error"], warnings=wrong["warning"], **read)]
    if len(checked.gathered.shards) > 1:
        lines.append(say("shards", count=len(checked.gathered.shards)))
    lines += [
        say("file_beside", path=path, errors=grave[path, "error"], warnings=grave[path, "warning"])
        for path in dict.fromkeys(file for file, _ in grave if file)
    ]
    counts = ((name, checked.judgements.counts[name]) for name in VERDICTS)
    told = "; ".join(f"{count} {wording.verdict(name)}" for name, count in counts if count)
    lines.append(say("as_of", day=checked.world.as_of, counts=told or "0"))
    breaches = [item for item in findings if item.verdict in BREACHES]
    soft = sum(item.firm is False for item in breaches)
    if breaches:
        lines.append(say("breaches", firm=len(breaches) - soft, soft=soft))
        lines += fields.without_rows(checked.gathered, checked.paths.get("register"))
    elif checked.worst != "error" and not checked.ignored:
        lines.append(say("compliant"))
    if checked.ignored:
        lines.append(say("ignored", codes=tuple(checked.ignored)))
    if checked.since:
        from tthc_cli.reports import workbook

        lines.append(workbook.changed(checked.since, checked.judgements))
    return tuple(lines)


def _after(checked: Checked, findings: Sequence[Judgement]) -> tuple[str, ...]:
    lines = [*_aside(checked), fields.talk(checked.world)]
    if checked.problems:
        lines.append(say("next_code", code=checked.problems[0].code))
    if first := next((item.obligation for item in findings if item.verdict in BREACHES), None):
        lines.append(say("next_explain", task=first.facts.id, agency=first.agency))
    return tuple(lines)


def _aside(checked: Checked) -> list[str]:
    """What was left out of account, or taken otherwise."""
    world, lines = checked.world, []
    if told := [say(f"aside_{name}", count=count) for name, count in checked.aside.items() if count]:
        lines.append(say("set_aside", told=", ".join(told), day=world.as_of))
    if checked.fallback:
        lines.append(say("fallback", count=checked.fallback, proof=wording.PROOFS[world.reading.proof]))
    if count := checked.judgements.counts["not_covered"]:
        lines.append(say("not_covered", count=count))
    return lines


def _lines(checked: Checked, findings: Sequence[Judgement]) -> list[str]:
    """A line for every problem and finding; what no row shows stands at the register's heading."""
    register = checked.paths.get("register", "")
    found = []
    for item in checked.problems:
        path = checked.file(item) or register
        found.append(f"{path}:{item.line or 1}:{item.position or 1}: {item.severity} {item.code} {problem(item)}")
    for judgement in findings:
        place = f"{judgement.file or register}:{judgement.line or 1}:1"
        found += [f"{place}: {severity(code)} {code} {sentence(judgement, code)}" for code in judgement.codes]
    return [" ".join(line.split()) for line in found]


def sentence(item: Judgement, code: str) -> str:
    """What a code found about an obligation, in one line."""
    owed = item.obligation
    facts = {
        "who": ", ".join(filter(None, (owed.facts.id, owed.agency_name, str(fields.VALUE["occasion"](item))))),
        "days": item.days_late,
        "day": item.submitted_on,
        "proof": wording.PROOFS.get(item.proof or "", ""),
        "due": owed.due,
        "act_by": owed.act_by,
        "rests_on": rests_on(item.rests_on),
        "why": reason(item.reason),
    }
    return finding(code, unsure=item.firm is False, dated=owed.due is not None, **facts)
