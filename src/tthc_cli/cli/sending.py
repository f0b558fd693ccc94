"""One sending of reminders as the command line asks for it: what is due, mailed or only shown, and told of."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import typer

from tthc_cli.cli import check, names
from tthc_cli.cli.inputs import VIET_NAM, Context, marks, refuse
from tthc_cli.errors import InputError, OutputError, Trouble, TthcError
from tthc_cli.reminding import Every
from tthc_cli.tuples import NamedTuple

if TYPE_CHECKING:
    from tthc_cli.deliveries import Delivery
    from tthc_cli.ledger import Ledger
    from tthc_cli.mail import Attachment
    from tthc_cli.plan import Plan
    from tthc_cli.records import Contact, Judgement
    from tthc_cli.reminders import Errand
    from tthc_cli.reports.remind import Mode, Told
    from tthc_cli.settings import Settings
    from tthc_cli.workflow import Outcome

Only = Literal["overdue", "due-soon"]


class Asked(NamedTuple):
    """What the options of a sending say."""

    context: Context
    settings: Settings
    agencies: Sequence[str]
    only: Only | None
    due_soon: int | None
    every: Every
    attach: bool
    force: bool


def work(asked: Asked, log_file: Path | None, run: Callable[[list[str]], Told | None]) -> None:
    """Run, and tell of it; that mail did not arrive matters more than where the list of it cannot be written."""
    from tthc_cli.reports import remind

    told = None
    try:
        with logged(log_file) as log, asked.settings.naming():
            told = run(log)
            if told:
                _say(asked.context, told, log)
            else:
                note(asked.context, remind.at_work(asked.context.as_of), log)
    except OutputError as error:
        error.exit_code = 4 if told and told.undelivered else error.exit_code
        raise
    if told and told.undelivered:
        raise typer.Exit(4)


def note(context: Context, words: str, log: list[str]) -> None:
    """The one line of a run that has nothing to do."""
    log.append(words)
    if not context.quiet:
        context.stream([f"{words}\n"])


def _say(context: Context, told: Told, log: list[str]) -> None:
    """The report, where there is anything to hear; its lines go to the log in any case."""
    from tthc_cli.reports import remind

    report = remind.report(told)
    log.extend(report.before)
    if told.eventful or not context.quiet:
        context.emit(report, answer=True)


def _errand(asked: Asked) -> Errand:
    """What there is to say, as the register stands now."""
    from tthc_cli.reminders import errand
    from tthc_cli.reminding import Pace
    from tthc_cli.reports.fields import cautions

    settings, mail = asked.settings, asked.settings.mail
    begins = settings.due_soon if asked.due_soon is not None else max(settings.due_soon, *mail.stages)
    pace = Pace(mail.stages, mail.again, mail.new_within, asked.every).within(begins)
    outcome = check.examined(asked.context, settings._replace(due_soon=begins))
    contacts = _contacts(settings, outcome)
    agencies = names.agencies(outcome.inputs.directory, asked.agencies)
    only = {None: None, "overdue": frozenset({"overdue", "ask"}), "due-soon": frozenset({"soon"})}[asked.only]
    told = marks(outcome.inputs)
    attach = partial(_attached, outcome) if asked.attach else None
    return errand(outcome, mail, pace, contacts, agencies, only, attach=attach, cautions=cautions(told))  # type: ignore[arg-type]


def _contacts(settings: Settings, outcome: Outcome) -> tuple[Contact, ...]:
    from tthc_cli.side_files import SideFiles

    inputs = outcome.inputs
    return SideFiles(inputs.plan, inputs.directory).contacts(settings.contacts) if settings.contacts else ()


def _attached(outcome: Outcome, judgements: Sequence[Judgement]) -> tuple[Attachment, ...]:
    """The list as files: a workbook and calendar days."""
    from tthc_cli.formats import Format, encoded, render
    from tthc_cli.mail import Attachment
    from tthc_cli.reports import obligations

    listed = [_asked_of(item) for item in judgements]
    report = obligations.report(outcome.world, marks(outcome.inputs), listed, register=True)
    workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return tuple(
        Attachment(name, kind, b"".join(encoded(render(report, format))))
        for format, name, kind in (
            (Format.xlsx, "nhiem-vu.xlsx", workbook),
            (Format.ics, "han.ics", "text/calendar"),
        )
    )


def _asked_of(item: Judgement) -> Judgement:
    """What mail says of a duty: a breach that rests on a reading is asked about, not called one."""
    return item._replace(verdict="unclear", firm=None, days_late=None) if item.firm is False else item


def send(asked: Asked, resend: bool, log: list[str]) -> Told | None:
    """Mail what is due; None where another run is at it."""
    from tthc_cli.ledger import alone
    from tthc_cli.smtp import password

    settings = asked.settings
    _require(settings, "host", "sender")
    if settings.contacts is None:
        raise refuse("contacts_not_named")
    if settings.mail.user and settings.mail.security == "none":
        raise InputError(settings.trouble("password_in_clear", "mail.user"))
    secret = password(settings.mail, os.environ)
    with alone(settings.mail.ledger) as free:
        if free:
            return _sent(asked, resend, secret, log)
    if resend:
        raise OutputError(Trouble(str(settings.mail.ledger), "run_at_work"))
    return None


def _sent(asked: Asked, resend: bool, secret: str | None, log: list[str]) -> Told:
    """The sending itself; the register is read right before, and what went is said even of a run that is broken off."""
    from tthc_cli.deliveries import OPEN
    from tthc_cli.reminders import Run, unsettled
    from tthc_cli.smtp import Post

    settings = asked.settings
    found = _errand(asked)
    plan, units = found.outcome.inputs.plan, names.agencies(found.outcome.inputs.directory, asked.agencies)
    _current(asked, plan)
    with ledger_of(asked.context, settings, plan.id) as ledger, Post(settings.mail, secret) as post:
        sending = Run(found, ledger, post, now)
        before = unsettled(ledger.entries(*OPEN), found.recipients)
        again = [entry for entry in before if units is None or entry.agency in units] if resend else []
        try:
            sending.release(again)
            sending.send({entry.agency for entry in again} if resend else None)
        except BaseException:
            _say(asked.context, _told(found, "sent", sending.deliveries)._replace(broken_off=True), log)
            raise
        return _told(found, "sent", sending.deliveries)._replace(open=[e for e in before if e not in again])


def preview(asked: Asked, folder: Path | None) -> Told:
    """What would be sent; as files, where a folder is named. The ledger is only read."""
    from tthc_cli.deliveries import OPEN
    from tthc_cli.ledger import Ledger
    from tthc_cli.reminders import drafted, round_of, unsettled

    _require(asked.settings, *(("sender",) if folder else ()))
    found = _errand(asked)
    plan = found.outcome.inputs.plan
    if not asked.force and plan.over(asked.context.as_of):
        raise refuse("plan_year_over", year=plan.year)
    with Ledger.look(asked.settings.mail.ledger, plan.id) as ledger:
        said, entries = (ledger.told(), ledger.entries(*OPEN)) if ledger else ((), ())
    deliveries: list[Delivery] = []
    for reminder in found.due(said):
        round_ = partial(round_of, found, said, entries, tuple(deliveries))
        draft = drafted(found, reminder, reminder.identity(plan.id), now(), round_)
        deliveries.append(found.delivery(reminder, draft=draft))
        if folder:
            _write(folder, f"{reminder.day}-{reminder.agency}.eml", draft.data)
    told = _told(found, "written" if folder else "would", deliveries, str(folder or ""))
    return told._replace(open=unsettled(entries, found.recipients))


def _told(found: Errand, mode: Mode, deliveries: Iterable[Delivery], folder: str = "") -> Told:
    from tthc_cli.reports.fields import without_rows
    from tthc_cli.reports.remind import Told

    addressless = tuple(found.name(agency) for agency in found.addressless)
    outcome, messages = found.outcome, tuple(deliveries)
    return Told(
        outcome.world,
        marks(outcome.inputs),
        mode,
        messages,
        addressless,
        horizon=found.pace.stages[0],
        folder=folder,
        cautions=without_rows(outcome.gathered, outcome.register) if messages else (),
    )


def _current(asked: Asked, plan: Plan) -> None:
    """Real mail tells of today, in the plan's own year; whoever wants it otherwise must say so."""
    context = asked.context
    if asked.force:
        return
    if plan.over(context.today):
        raise refuse("plan_year_over", year=plan.year)
    if context.as_of != context.today:
        raise refuse("not_today", today=context.today, day=context.as_of)


def _require(settings: Settings, *fields: str) -> None:
    """UsageError where settings are missing without which nothing can be sent."""
    written = {"host": "host", "sender": "from"}
    missing = [written[name] for name in fields if not getattr(settings.mail, name)]
    if missing:
        raise refuse("mail_not_set", keys=missing)


def ledger_of(context: Context, settings: Settings, plan: str) -> Ledger:
    """The ledger that the settings name, opened to be written."""
    from tthc_cli.ledger import Ledger

    return Ledger.open(settings.mail.ledger, plan, now(), context.as_of)


def now() -> datetime:
    """The time in Việt Nam."""
    return datetime.now(VIET_NAM)


def _write(folder: Path, name: str, data: bytes) -> None:
    from tthc_cli.formats import make, write

    make(folder)
    write(folder / name, [data])


@contextmanager
def logged(path: Path | None) -> Iterator[list[str]]:
    """Lines that go to a file with the time before them, an error's too; the file is opened before anything is done."""
    if path is None:
        yield []
        return
    from tthc_cli.formats import refused
    from tthc_cli.wording.problems import troubles

    lines: list[str] = []
    try:
        file = path.open("a", encoding="utf-8", buffering=1)
    except OSError as error:
        raise refused(path, "log_not_writable", error) from error
    try:
        yield lines
    except TthcError as error:
        lines += troubles(error.troubles)
        raise
    finally:
        try:
            with file:
                file.writelines(f"{now().isoformat(timespec='seconds')} {line}\n" for line in lines)
        except OSError as error:
            raise refused(path, "log_not_writable", error) from error
