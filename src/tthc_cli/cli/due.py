"""`tthc due`: what each unit owes by when."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

from tthc_cli.cli import answers, names
from tthc_cli.cli.inputs import Context, argument, day, marks, option, refuse, tell

if TYPE_CHECKING:
    from tthc_cli.agencies import Directory
    from tthc_cli.records import Judgement, Role
    from tthc_cli.report import Report
    from tthc_cli.settings import Settings
    from tthc_cli.workflow import Outcome

    Wanted = Callable[[Directory], frozenset[str] | None]

_LONGEST = 36600


def run(
    context: Context,
    name: Annotated[str | None, argument("NAME")] = None,
    agency: Annotated[list[str] | None, option("--agency", metavar="NAME")] = None,
    role: Annotated[names.AnyRole, option("--role")] = "lead",
    start: Annotated[str | None, option("--from", metavar="DATE")] = None,
    end: Annotated[str | None, option("--to", metavar="DATE")] = None,
    within: Annotated[int | None, option("--within", metavar="DAYS")] = None,
    overdue: Annotated[bool, option("--overdue")] = False,
) -> None:
    """List the obligations asked for."""
    if name is not None and agency:
        raise refuse("agency_twice", one=name, two="; ".join(agency))
    first, last = _span(context.as_of, day(start, "--from"), day(end, "--to"), within)
    settings = context.settings()
    if overdue:
        _answerable(settings, role)
    asked = agency or ([] if name is None else [name])
    with answers.remembered(context, settings, "due", asked, role, first, last, overdue) as context:
        from tthc_cli.selection import Choice, keep

        outcome, judgements = _judged(context, settings, role, lambda directory: names.agencies(directory, asked))
        units = names.agencies(outcome.inputs.directory, asked)
        kept = keep(judgements, Choice(units, first, last, overdue))
        context.emit(_told(outcome, kept))
        context.tell(_left_aside(outcome))


def report(context: Context) -> "Report":
    """The report on every obligation of those who lead; rows left aside are told at once."""
    outcome, judgements = _judged(context, context.settings(), "lead")
    tell(_left_aside(outcome))
    return _told(outcome, judgements)


def _told(outcome: "Outcome", judgements: "Sequence[Judgement]") -> "Report":
    from tthc_cli.reports import obligations

    return obligations.report(outcome.world, marks(outcome.inputs), judgements, outcome.gathered is not None)


def _judged(
    context: Context, settings: "Settings", role: names.AnyRole, wanted: "Wanted | None" = None
) -> "tuple[Outcome, Sequence[Judgement]]":
    """The run for a role, and its judgements in order; for both roles two runs in one."""
    from tthc_cli import workflow

    def run(role: "Role") -> "Outcome":
        return workflow.run(settings, context.as_of, context.today, role, wanted=wanted)

    outcome = run("support" if role == "support" else "lead")
    judgements: Sequence[Judgement] = outcome.assessment.judgements
    if role == "any":
        support = run("support").assessment.judgements
        judgements = tuple(sorted((*judgements, *support), key=_place))
    return outcome, judgements


def _place(item: "Judgement") -> tuple[int, int, date, str]:
    owed = item.obligation
    return owed.facts.order, owed.order, owed.deadline.day or date.max, owed.occasion


def _left_aside(outcome: "Outcome") -> Iterator[str]:
    """Rows that were left aside: those of the files beside the register one by one, its own by their number."""
    from tthc_cli.wording.problems import problem
    from tthc_cli.wording.titles import say

    paths, problems = outcome.inputs.paths, (*outcome.inputs.problems, *outcome.assessment.problems)
    own = {shard.path for shard in outcome.gathered.shards} if outcome.gathered else set()
    bad: dict[object, set[int]] = defaultdict(set)
    for item in problems:
        file = item.file or str(outcome.register)
        if item.of_file or (item.file and item.file not in own):
            yield f"{paths.get(file, file)}:{item.line}: {problem(item)}"
        elif item.severity == "error":
            bad[item.file or outcome.register].add(item.line)
    for path, lines in bad.items():
        yield say("bad_rows", path=path, count=len(lines))


def _answerable(settings: "Settings", role: str) -> None:
    if role != "lead":
        raise refuse("overdue_needs_lead", role=role)
    if not settings.register:
        raise refuse("overdue_needs_register")


def _span(as_of: date, start: date | None, end: date | None, within: int | None) -> tuple[date | None, date | None]:
    """The days asked for; `within` ends so many days after the first."""
    if within is not None:
        if not 0 <= within <= _LONGEST:
            raise refuse("number_range", option="--within", value=within, least=0, most=_LONGEST)
        from tthc_cli.selection import within as span

        start, last = span(start or as_of, within)
        end = min(end, last) if end else last
    if start and end and end < start:
        raise refuse("dates_reversed", start=start, end=end)
    return start, end
