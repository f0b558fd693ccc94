"""What a run of reminders did or would do, and what the ledger holds: `tthc remind`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Literal

from tthc_cli import wording
from tthc_cli.deliveries import Delivery, Entry
from tthc_cli.obligations import World
from tthc_cli.reminding import DIGEST, KINDS, Kind
from tthc_cli.report import Cell, Column, Marks, Report, Table
from tthc_cli.reports import fields
from tthc_cli.reports.reminder import counts
from tthc_cli.sequences import Later
from tthc_cli.tuples import NamedTuple
from tthc_cli.wording import fill, moment
from tthc_cli.wording.problems import trouble
from tthc_cli.wording.reminders import CAUSES, RUN, STATES
from tthc_cli.wording.titles import COLUMNS, heading

Mode = Literal["sent", "would", "written"]
_MESSAGES = "agency addresses times overdue ask soon new because"
_ENTRIES = "state date subject addresses reply"
_NUMBERS = ("times", *KINDS)
_PAYLOAD: dict[Kind, str] = {"overdue": "overdue", "ask": "to_confirm", "soon": "due_soon", "new": "new"}


class Told(NamedTuple):
    """What there is to tell of a run.

    messages: due in it; addressless: agencies that owe and have no address; open: earlier messages for a person;
    horizon: working days before which a duty is not named; folder: where files were written; broken_off: whether the
    run ended before its end; cautions: what speaks against believing the register.
    """

    world: World
    marks: Marks
    mode: Mode
    messages: Sequence[Delivery]
    addressless: Sequence[str] = ()
    open: Sequence[Entry] = ()
    horizon: int = 0
    folder: str = ""
    broken_off: bool = False
    cautions: Sequence[str] = ()

    @property
    def sent(self) -> int:
        """Messages that went, or would go, to anybody."""
        return sum(bool(each.reached) for each in self.messages)

    @property
    def reached(self) -> int:
        """Copies of them: one for each address."""
        return sum(len(each.reached) for each in self.messages)

    @property
    def failed(self) -> tuple[Delivery, ...]:
        """Messages that did not reach every address."""
        return tuple(each for each in self.messages if not each.arrived)

    @property
    def eventful(self) -> bool:
        """Whether there is anything to tell that a person who asked for silence wants to hear."""
        return bool(self.messages or self.open or self.broken_off)

    @property
    def undelivered(self) -> bool:
        """Whether a run left anything that did not arrive, or of which nobody knows."""
        return self.mode == "sent" and bool(self.failed or self.open)


def report(told: Told) -> Report:
    """One line; below it what was not delivered; for a dry run everything that would go."""
    payload = fields.head("tthc.remind/1", told.world) | {
        "mode": told.mode,
        "messages": Later(lambda: [_payload(each) for each in told.messages]),
        "without_address": list(told.addressless),
        "open": [_entry_payload(entry) for entry in told.open],
    }
    failed = [line for each in told.failed for line in delivery_lines(each)]
    return Report(
        {**payload, **fields.tail(told.marks)},
        tables=Later(lambda: (_table(told.messages),)),
        plain=None if told.mode == "would" else (),
        screen=None if told.mode == "would" else (),
        before=(summary(told), *_troubles(told.failed), *failed, *map(entry_line, told.open)),
        after=_dry(told) if told.mode == "would" else (),
        warnings=fields.cautions(told.marks) if told.mode == "would" else (),
    )


def summary(told: Told) -> str:
    """The one line of a run."""
    facts = {"day": told.world.as_of, "sent": told.sent, "addresses": told.reached, "folder": told.folder}
    parts = [fill(RUN[told.mode if told.messages or told.broken_off else "nothing"], facts)]
    if told.broken_off:
        parts.append(fill(RUN["broken_off"], {}))
    if told.failed:
        missed = sum(len(each.reminder.addresses) - len(each.reached) for each in told.failed)
        parts.append(fill(RUN["failed"], {"count": missed}))
    if told.open:
        parts.append(fill(RUN["open"], {"count": len({entry.message for entry in told.open})}))
    if told.addressless:
        parts.append(fill(RUN["no_address"], {"names": "; ".join(told.addressless)}))
    return " ".join((*parts, *told.cautions))


def _dry(told: Told) -> tuple[str, ...]:
    return fill(RUN["horizon"], {"days": told.horizon}), fields.talk(told.world)


def _troubles(failed: Iterable[Delivery]) -> Iterable[str]:
    """Why messages were not even tried, each cause once with the number of addresses."""
    kept = Counter[str]()
    for each in failed:
        if each.trouble:
            kept[trouble(each.trouble)] += len(each.reminder.addresses)
    return (fill(RUN["kept"], {"why": why, "count": count}) for why, count in kept.items())


def delivery_lines(delivery: Delivery) -> tuple[str, ...]:
    """A line for each address that did not take a message."""
    return tuple(
        _item(delivery.name, address, state, text)
        for address, (state, text) in delivery.replies.items()
        if state != "sent"
    )


def entry_line(entry: Entry) -> str:
    """One message of the ledger at one address."""
    return _item(entry.subject, entry.address, entry.state, entry.reply)


def _item(name: str, address: str, state: str, text: str) -> str:
    reply = fill(RUN["reply"], {"reply": text}) if text else ""
    return fill(RUN["item"], {"name": name, "address": address, "state": STATES[state], "reply": reply})


def _payload(each: Delivery) -> dict[str, object]:
    reminder = each.reminder
    return {
        "agency": reminder.agency,
        "agency_name": each.name,
        "to": list(each.who.to),
        "cc": list(each.who.cc),
        "sent_to": list(reminder.addresses),
        "number": reminder.number,
        "subject": each.draft.subject if each.draft else None,
        "message_id": each.draft.id if each.draft else None,
        **{name: [m.key for m in reminder.matters if m.kind == kind] for kind, name in _PAYLOAD.items()},
        "because": dict(reminder.causes),
        "delivery": {address: {"state": reply.state, "reply": reply.text} for address, reply in each.replies.items()},
        "delivered": each.arrived if each.replies or each.trouble else None,
    }


def _entry_payload(entry: Entry) -> dict[str, object]:
    return {**entry._asdict(), "day": entry.day}


def _table(messages: Iterable[Delivery]) -> Table:
    columns = tuple(_column(name) for name in _MESSAGES.split())
    return Table(heading("reminders"), columns, tuple(map(_row, messages)))


def _column(name: str) -> Column:
    if name in _NUMBERS:
        return Column(COLUMNS[name], "number")
    return Column(COLUMNS[name], "date" if name == "date" else "text", wide=name not in ("date", "addresses"))


def _row(each: Delivery) -> tuple[Cell, ...]:
    reminder = each.reminder
    why = counts(reminder.matters) if reminder.agency == DIGEST else "; ".join(_causes(each))
    return (
        each.name,
        ", ".join(reminder.addresses),
        reminder.number,
        *(reminder.count(kind) or None for kind in KINDS),
        why,
    )


def _causes(each: Delivery) -> Iterable[str]:
    kinds = {matter.key: matter.kind for matter in each.reminder.matters}
    short = f"/{each.reminder.agency}"
    return (f"{key.replace(short, '')}: {CAUSES[kinds[key]][cause]}" for key, cause in each.reminder.causes)


def status(path: str, entries: Sequence[Entry], sent: int, kept: int) -> Report:
    """What the ledger holds that a person must look at."""
    rows = tuple((STATES[entry.state], entry.day, entry.subject, entry.address, _answer(entry)) for entry in entries)
    table = Table(heading("open_mail"), tuple(_column(name) for name in _ENTRIES.split()), rows)
    messages = len({entry.message for entry in entries})
    line = fill(RUN["status"], {"path": path, "sent": sent, "open": messages, "kept": kept})
    payload = {"schema": "tthc.remind.status/1", "ledger": path, "sent": sent, "kept": kept}
    payload["open"] = [_entry_payload(entry) for entry in entries]
    return Report(payload, tables=(table,), before=(line,), after=(RUN["next"],) if rows else ())


def _answer(entry: Entry) -> str:
    """What was last known of a message at an address, and when."""
    return ": ".join(filter(None, (moment(datetime.fromisoformat(entry.at)), entry.reply)))


def at_work(day: date) -> str:
    """That another run is at it."""
    return fill(RUN["at_work"], {"day": day})


def day_off(world_day: date) -> str:
    """That nothing is sent on a day off."""
    return fill(RUN["day_off"], {"day": world_day, "weekday": wording.weekday(world_day)})
