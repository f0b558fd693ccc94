"""`tthc remind`: who is told by mail, once, of what is owed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from tthc_cli.cli import check, names
from tthc_cli.cli.inputs import VIET_NAM, Context, marks, option
from tthc_cli.errors import InputError, OutputError, Trouble, TthcError
from tthc_cli.reminding import Every
from tthc_cli.wording.help import HELP

if TYPE_CHECKING:
    from tthc_cli.deliveries import Delivery
    from tthc_cli.ledger import Ledger
    from tthc_cli.mail import Attachment
    from tthc_cli.records import Contact, Judgement
    from tthc_cli.reminders import Errand
    from tthc_cli.reports.remind import Mode, Told
    from tthc_cli.settings import Settings
    from tthc_cli.workflow import Outcome

Only = Literal["overdue", "due-soon"]


class _Asked(NamedTuple):
    """What the options of a sending say."""

    context: Context
    settings: Settings
    agency: str | None
    only: Only | None
    due_soon: int | None
    every: Every
    attach: bool
    force: bool


def run(
    context: Context,
    contacts: Annotated[str | None, option("--contacts", metavar="PATH")] = None,
    agency: Annotated[str | None, option("--agency", metavar="NAME")] = None,
    only: Annotated[Only | None, option("--only")] = None,
    due_soon: Annotated[int | None, option("--due-soon", metavar="DAYS")] = None,
    every: Annotated[Every, option("--every")] = "day",
    attach: Annotated[bool, option("--attach")] = False,
    dry_run: Annotated[bool, option("--dry-run")] = False,
    eml: Annotated[Path | None, option("--eml", metavar="FOLDER")] = None,
    on_working_days: Annotated[bool, option("--on-working-days")] = False,
    log_file: Annotated[Path | None, option("--log-file", metavar="FILE")] = None,
    status: Annotated[bool, option("--status")] = False,
    resend: Annotated[bool, option("--resend")] = False,
    delivered: Annotated[bool, option("--delivered")] = False,
    print_cron: Annotated[bool, option("--print-cron")] = False,
    print_systemd: Annotated[bool, option("--print-systemd")] = False,
    force: Annotated[bool, option("--force", help=HELP["remind --force"])] = False,
) -> None:
    """Send what is owed and not yet said; exit code 4 where something was not delivered."""
    _one_at_most(dry_run=dry_run, eml=eml, status=status, resend=resend, delivered=delivered,
                 print_cron=print_cron, print_systemd=print_systemd)  # fmt: skip
    settings = context.settings(contacts=contacts, due_soon=due_soon)
    if print_cron or print_systemd:
        typer.echo(_schedule(settings, print_cron), nl=False)
    elif status:
        _status(context, settings)
    elif delivered:
        _delivered(context, settings, agency)
    elif on_working_days and _rests(context, settings, log_file):
        return
    else:
        asked = _Asked(context, settings, agency, only, due_soon, every, attach, force)
        with _logged(log_file) as log:
            told = _preview(asked, eml) if dry_run or eml else _send(asked, resend)
            _say(context, told, log)
        if told.mode == "sent" and (told.failed or told.open):
            raise typer.Exit(4)


def _one_at_most(**given: object) -> None:
    named = [f"--{name.replace('_', '-')}" for name, value in given.items() if value]
    if len(named) > 1:
        raise names.refuse("choose_one", options=named)


def _say(context: Context, told: Told, log: list[str]) -> None:
    """The report, where there is anything to hear; its lines go to the log in any case."""
    from tthc_cli.reports import remind

    report = remind.report(told)
    log.extend(report.before)
    if told.eventful or not context.quiet:
        context.emit(report, answer=True)


def _errand(asked: _Asked) -> Errand:
    """What there is to say, as the register stands now."""
    from tthc_cli.reminders import errand
    from tthc_cli.reminding import Pace
    from tthc_cli.reports.fields import cautions

    settings, mail = asked.settings, asked.settings.mail
    begins = settings.due_soon if asked.due_soon is not None else max(settings.due_soon, *mail.stages)
    pace = Pace(mail.stages, mail.again, mail.new_within, asked.every).within(begins)
    outcome = check.examined(asked.context, settings._replace(due_soon=begins))
    contacts = _contacts(settings, outcome)
    agencies = names.agencies(outcome.inputs.directory, asked.agency)
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

    report = obligations.report(outcome.world, marks(outcome.inputs), judgements, register=True)
    workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return tuple(
        Attachment(name, kind, b"".join(encoded(render(report, format))))
        for format, name, kind in (
            (Format.xlsx, "nhiem-vu.xlsx", workbook),
            (Format.ics, "han.ics", "text/calendar"),
        )
    )


def _send(asked: _Asked, resend: bool) -> Told:
    """Mail what is due; the register is read right before."""
    from tthc_cli.reminders import Run, unsettled
    from tthc_cli.smtp import Post, password

    settings = asked.settings
    _require(settings, "host", "sender")
    if settings.contacts is None:
        raise names.refuse("contacts_not_named")
    if settings.mail.user and settings.mail.security == "none":
        raise InputError(settings.trouble("password_in_clear", "mail.user"))
    secret = password(settings.mail, os.environ)
    found = _errand(asked)
    _current(asked, found.outcome.inputs.plan.year)
    with _ledger(asked.context, settings, found.outcome.inputs.plan.id) as ledger, Post(settings.mail, secret) as post:
        sending = Run(found, ledger, post, _now)
        before = unsettled(ledger.entries("claimed", "refused"), found.recipients)
        if resend:
            again = [entry for entry in before if asked.agency is None or entry.agency in found.matters]
            sending.release(again)
            sending.send({entry.agency for entry in again})
            before = tuple(entry for entry in before if entry not in again)
        else:
            sending.send()
        # What another run had only begun, and has finished meanwhile, needs nobody.
        still = {*ledger.entries("claimed", "refused")}
        left = tuple(entry for entry in before if entry in still)
        return _told(found, "sent", sending.deliveries)._replace(open=left)


def _preview(asked: _Asked, folder: Path | None) -> Told:
    """What would be sent; as files, where a folder is named. The ledger is only read."""
    from tthc_cli.ledger import Ledger
    from tthc_cli.reminders import drafted, round_of, unsettled

    _require(asked.settings, *(("sender",) if folder else ()))
    found = _errand(asked)
    plan = found.outcome.inputs.plan
    if not asked.force and asked.context.as_of > date(plan.year, 12, 31):
        raise names.refuse("plan_year_over", year=plan.year)
    ledger = Ledger.look(asked.settings.mail.ledger, plan.id)
    said, entries = (ledger.told(), ledger.entries("claimed", "refused")) if ledger else ((), ())
    deliveries: list[Delivery] = []
    for reminder in found.due(said):
        round_ = partial(round_of, found, said, entries, tuple(deliveries))
        draft = drafted(found, reminder, reminder.identity(plan.id), _now(), round_)
        deliveries.append(found.delivery(reminder, draft=draft))
        if folder:
            _write(folder, f"{reminder.day}-{reminder.agency}.eml", draft.data)
    told = _told(found, "written" if folder else "would", deliveries, str(folder or ""))
    return told._replace(open=unsettled(entries, found.recipients))


def _told(found: Errand, mode: Mode, deliveries: Iterable[Delivery], folder: str = "") -> Told:
    from tthc_cli.reports.remind import Told

    addressless = tuple(found.name(agency) for agency in found.addressless)
    horizon = found.pace.stages[0]
    world, inputs = found.outcome.world, found.outcome.inputs
    return Told(world, marks(inputs), mode, tuple(deliveries), addressless, horizon=horizon, folder=folder)


def _current(asked: _Asked, year: int) -> None:
    """Real mail tells of today, in the plan's own year; whoever wants it otherwise must say so."""
    context = asked.context
    if asked.force:
        return
    if context.today > date(year, 12, 31):
        raise names.refuse("plan_year_over", year=year)
    if context.as_of != context.today:
        raise names.refuse("not_today", today=context.today, day=context.as_of)


def _require(settings: Settings, *fields: str) -> None:
    """UsageError where settings are missing without which nothing can be sent."""
    written = {"host": "host", "sender": "from"}
    missing = [written[name] for name in fields if not getattr(settings.mail, name)]
    if missing:
        raise names.refuse("mail_not_set", keys=missing)


def _ledger(context: Context, settings: Settings, plan: str) -> Ledger:
    from tthc_cli.ledger import Ledger

    return Ledger.open(settings.mail.ledger, plan, _now(), context.as_of)


def _status(context: Context, settings: Settings) -> None:
    """What the ledger holds that a person must look at."""
    from tthc_cli.ledger import Ledger
    from tthc_cli.reports import remind
    from tthc_cli.wording import fill
    from tthc_cli.wording.reminders import RUN

    path = settings.mail.ledger
    ledger = Ledger.look(path, _plan_id(settings))
    if ledger is None:
        typer.echo(fill(RUN["no_ledger"], {"path": path}))
        return
    counts = [len(ledger.entries(state)) for state in ("sent", "kept")]
    context.emit(remind.status(str(path), ledger.entries("claimed", "refused"), *counts), answer=True)


def _delivered(context: Context, settings: Settings, agency: str | None) -> None:
    """A person found out that the messages nobody knew of have arrived, or need not any more."""
    from tthc_cli import loading
    from tthc_cli.deliveries import OPEN, Reply
    from tthc_cli.wording import fill
    from tthc_cli.wording.reminders import RUN

    inputs = loading.load(settings)
    units = names.agencies(inputs.directory, agency)
    with _ledger(context, settings, inputs.plan.id) as ledger:
        entries = [entry for entry in ledger.entries(*OPEN) if units is None or entry.agency in units]
        for entry in entries:
            ledger.settle(entry.message, {entry.address: Reply("sent", entry.reply)}, _now())
    typer.echo(fill(RUN["settled" if entries else "none_open"], {"count": len(entries)}))


def _plan_id(settings: Settings) -> str:
    from tthc_cli import loading

    return loading.load(settings).plan.id


def _rests(context: Context, settings: Settings, log_file: Path | None) -> bool:
    """Whether it is a day off; that is said, and nothing is sent."""
    from tthc_cli import loading
    from tthc_cli.reports import remind

    if loading.load(settings).calendar.is_workday(context.as_of):
        return False
    words = remind.day_off(context.as_of)
    with _logged(log_file) as log:
        log.append(words)
    if not context.quiet:
        typer.echo(words)
    return True


def _now() -> datetime:
    return datetime.now(VIET_NAM)


def _write(folder: Path, name: str, data: bytes) -> None:
    from tthc_cli.formats import write
    from tthc_cli.wording.troubles import why

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(Trouble(str(folder), "no_folder", facts={"why": why(error)})) from error
    write(folder / name, [data])


@contextmanager
def _logged(path: Path | None) -> Iterator[list[str]]:
    """Lines that go to a file with the time before them, an error's too; the file is opened before anything is done."""
    if path is None:
        yield []
        return
    from tthc_cli.wording.problems import troubles
    from tthc_cli.wording.troubles import why

    try:
        file = path.open("a", encoding="utf-8")
    except OSError as error:
        raise OutputError(Trouble(str(path), "log_not_writable", facts={"why": why(error)})) from error
    lines: list[str] = []
    with file:
        try:
            yield lines
        except TthcError as error:
            lines += troubles(error.troubles)
            raise
        finally:
            file.writelines(f"{_now().isoformat(timespec='seconds')} {line}\n" for line in lines)


def _schedule(settings: Settings, for_cron: bool) -> str:
    """The lines for this machine and workspace."""
    import sys
    from getpass import getuser
    from shutil import which

    from tthc_cli import schedule

    folder = (settings.workspace or Path()).resolve()
    here = datetime.now().astimezone()
    offset = here.utcoffset()
    assert offset is not None
    called = Path(sys.argv[0])
    program = [str(called.resolve())] if called.name.startswith("tthc") else [sys.executable, "-m", "tthc_cli"]
    machine = schedule.Machine(
        program,
        str(folder),
        str(folder / ".remind.lock"),
        which("flock") or "/usr/bin/flock",
        str(folder / "remind.log"),
        offset,
        f"{here:%Z, UTC%z}",
        getuser(),
        next(iter(settings.mail.digest), "root"),
    )
    return schedule.cron(machine) if for_cron else schedule.systemd(machine)
