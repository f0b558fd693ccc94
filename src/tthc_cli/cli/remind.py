"""`tthc remind`: who is told by mail, once, of what is owed."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tthc_cli.cli import names
from tthc_cli.cli.inputs import Context, option, refuse
from tthc_cli.cli.sending import Asked, Only, ledger_of, logged, note, now, preview, send, work
from tthc_cli.reminding import Every
from tthc_cli.wording.help import HELP

if TYPE_CHECKING:
    from tthc_cli.settings import Settings


def run(
    context: Context,
    contacts: Annotated[str | None, option("--contacts", metavar="PATH")] = None,
    agency: Annotated[list[str] | None, option("--agency", metavar="NAME")] = None,
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
        _delivered(context, settings, agency or ())
    elif on_working_days and _rests(context, settings, log_file):
        return
    else:
        asked = Asked(context, settings, agency or (), only, due_soon, every, attach, force)
        work(asked, log_file, lambda log: preview(asked, eml) if dry_run or eml else send(asked, resend, log))


def _one_at_most(**given: object) -> None:
    named = [f"--{name.replace('_', '-')}" for name, value in given.items() if value]
    if len(named) > 1:
        raise refuse("choose_one", options=named)


def _status(context: Context, settings: "Settings") -> None:
    """What the ledger holds that a person must look at."""
    from tthc_cli.deliveries import OPEN
    from tthc_cli.ledger import Ledger
    from tthc_cli.reports import remind
    from tthc_cli.wording import fill
    from tthc_cli.wording.reminders import RUN

    path = settings.mail.ledger
    with Ledger.look(path, _plan_id(settings)) as ledger:
        if ledger is None:
            typer.echo(fill(RUN["no_ledger"], {"path": path}))
            return
        counts = [len(ledger.entries(state)) for state in ("sent", "kept")]
        context.emit(remind.status(str(path), ledger.entries(*OPEN), *counts), answer=True)


def _delivered(context: Context, settings: "Settings", agencies: Sequence[str]) -> None:
    """A person found out that the messages nobody knew of have arrived, or need not any more."""
    from tthc_cli import loading
    from tthc_cli.deliveries import OPEN, Reply
    from tthc_cli.wording import fill
    from tthc_cli.wording.reminders import RUN

    inputs = loading.load(settings)
    units = names.agencies(inputs.directory, agencies)
    with ledger_of(context, settings, inputs.plan.id) as ledger:
        entries = [entry for entry in ledger.entries(*OPEN) if units is None or entry.agency in units]
        for entry in entries:
            ledger.settle(entry.message, {entry.address: Reply("sent", entry.reply)}, now())
    typer.echo(fill(RUN["settled" if entries else "none_open"], {"count": len(entries)}))


def _plan_id(settings: "Settings") -> str:
    from tthc_cli import loading

    return loading.load(settings).plan.id


def _rests(context: Context, settings: "Settings", log_file: Path | None) -> bool:
    """Whether it is a day off; that is said, and nothing is sent."""
    from tthc_cli import loading
    from tthc_cli.reports import remind

    if loading.load(settings).calendar.is_workday(context.as_of):
        return False
    words = remind.day_off(context.as_of)
    with logged(log_file) as log:
        note(context, words, log)
    return True


def _schedule(settings: "Settings", for_cron: bool) -> str:
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
