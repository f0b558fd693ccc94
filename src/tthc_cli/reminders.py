"""One run of reminders: what is owed and was not said is sent, each message claimed before it leaves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from tthc_cli.deliveries import OPEN, Delivery, Draft, Entry, Reply
from tthc_cli.errors import Trouble
from tthc_cli.ledger import Ledger
from tthc_cli.mail import Attachment, Head, compose
from tthc_cli.mail_settings import Mail
from tthc_cli.records import Contact, Judgement
from tthc_cli.reminding import (
    DIGEST,
    NOBODY,
    Kind,
    Matter,
    Pace,
    Recipients,
    Reminder,
    Said,
    matters,
    recipients,
    remind,
)
from tthc_cli.reports.remind import delivery_lines, entry_line
from tthc_cli.reports.reminder import Round, digest, letter
from tthc_cli.smtp import Post, UnreachableError
from tthc_cli.tuples import NamedTuple
from tthc_cli.wording.reminders import DIGEST_NAME
from tthc_cli.workflow import Outcome

Attach = Callable[[Sequence[Judgement]], tuple[Attachment, ...]]
Clock = Callable[[], datetime]
_MOST_CUTS, _UNKNOWN = 10, 5


class Errand(NamedTuple):
    """All that a run works from. matters: by agency, in directory order; cautions: what every reader must be told."""

    outcome: Outcome
    mail: Mail
    pace: Pace
    day: date
    who: Mapping[str, Recipients]
    matters: Mapping[str, tuple[Matter, ...]]
    with_digest: bool
    attach: Attach | None = None
    cautions: tuple[str, ...] = ()

    @property
    def addressless(self) -> tuple[str, ...]:
        """Agencies that owe and have no address in force."""
        return tuple(agency for agency in self.matters if not self.recipients(agency).to)

    def name(self, agency: str) -> str:
        """An agency's name, or what the digest is called."""
        return DIGEST_NAME if agency == DIGEST else self.outcome.inputs.directory.unit(agency).name

    def recipients(self, agency: str) -> Recipients:
        """Who is told for an agency."""
        return Recipients(self.mail.digest) if agency == DIGEST else self.who.get(agency, NOBODY)

    def delivery(self, reminder: Reminder, **more: Any) -> Delivery:
        """A message of this run."""
        return Delivery(self.name(reminder.agency), self.recipients(reminder.agency), reminder, **more)

    def reminder(self, agency: str, told: Iterable[Said]) -> Reminder | None:
        """The message that is due to one agency; the digest is of all matters."""
        every = [matter for each in self.matters.values() for matter in each]
        found = every if agency == DIGEST else self.matters[agency]
        to = self.recipients(agency).every
        return remind(agency, found, to, told, self.pace, self.day, self.outcome.world.calendar)

    def order(self) -> tuple[str, ...]:
        """Who may get a message, the digest last."""
        last = (DIGEST,) if self.with_digest and self.mail.digest and self.matters else ()
        return (*(agency for agency in self.matters if self.recipients(agency).to), *last)

    def due(self, told: Iterable[Said]) -> tuple[Reminder, ...]:
        """The messages that are due, by what was said so far."""
        said = tuple(told)
        found = (self.reminder(agency, said) for agency in self.order())
        return tuple(reminder for reminder in found if reminder)


def errand(
    outcome: Outcome,
    mail: Mail,
    pace: Pace,
    contacts: tuple[Contact, ...],
    agencies: frozenset[str] | None = None,
    only: frozenset[Kind] | None = None,
    **more: Any,
) -> Errand:
    """What a run has to say, of these agencies and these kinds; without the digest where only some are asked for."""
    day, calendar = outcome.world.as_of, outcome.world.calendar
    by_agency: dict[str, list[Matter]] = defaultdict(list)
    judged = sorted(outcome.assessment.judgements, key=lambda item: item.obligation.order)
    chosen = [item for item in judged if agencies is None or item.obligation.agency in agencies]
    by_agency.update({item.obligation.agency: [] for item in chosen})
    for matter in matters(chosen, day, calendar, pace):
        if only is None or matter.kind in only:
            by_agency[matter.judgement.obligation.agency].append(matter)
    found = {agency: tuple(each) for agency, each in by_agency.items() if each}
    return Errand(outcome, mail, pace, day, recipients(contacts, day), found, agencies is None, **more)


class Run:
    """The sending; `deliveries` and `trouble` say what came of it."""

    def __init__(self, errand: Errand, ledger: Ledger, post: Post, clock: Clock) -> None:
        self.errand, self.ledger, self.post, self.clock = errand, ledger, post, clock
        self.deliveries: list[Delivery] = []
        self.trouble: Trouble | None = None
        self._cuts = 0
        self._again: dict[str, str] = {}

    def release(self, entries: Iterable[Entry]) -> None:
        """Take back what was claimed, or refused, so that it is said again, as far as it is still owed."""
        for entry in entries:
            self.ledger.settle(entry.message, {entry.address: Reply("kept", entry.reply)}, self.clock())
            self._again.setdefault(entry.agency, entry.message)

    def send(self, only: Collection[str] | None = None) -> None:
        """Send whatever is due, to these alone if named. Where the server fails, the rest waits for the next run."""
        for agency in self.errand.order():
            if only is not None and agency not in only:
                continue
            if reminder := self.errand.reminder(agency, self.ledger.told(agency)):
                self._deliver(agency, reminder)

    def _deliver(self, agency: str, reminder: Reminder) -> None:
        draft = None
        try:
            if self.trouble is None:
                self.post.ready()
                draft = self.ledger.claim(agency, self.clock(), lambda told: self._draft(agency, told))
                if draft is None:
                    return
                replies = self.post.send(draft.reminder.addresses, draft.data)
                self._settle(draft, replies)
                return
        except UnreachableError as error:
            (self.trouble,) = error.troubles
        if draft:
            kept = dict.fromkeys(draft.reminder.addresses, Reply("kept"))
            self.ledger.settle(draft.id, kept, self.clock())
        self.deliveries.append(self.errand.delivery(reminder, trouble=self.trouble))

    def _settle(self, draft: Draft, replies: Mapping[str, Reply]) -> None:
        self.deliveries.append(self.errand.delivery(draft.reminder, draft=draft, replies=replies))
        self.ledger.settle(draft.id, replies, self.clock())
        unknown = any(reply.state == "claimed" for reply in replies.values())
        self._cuts = self._cuts + (_UNKNOWN if unknown else 1) if self.post.cut or unknown else 0
        if self._cuts >= _MOST_CUTS:
            # A server that takes no message to its end would leave every one unknown, or keep the run for hours.
            self.trouble = Trouble("", "smtp_cut")

    def _draft(self, agency: str, told: tuple[Said, ...]) -> Draft | None:
        reminder = self.errand.reminder(agency, told)
        if reminder is None:
            return None
        id_ = self._again.get(agency) or reminder.identity(self.errand.outcome.inputs.plan.id)
        return drafted(self.errand, reminder, id_, self.clock(), self._round)

    def _round(self) -> Round:
        return round_of(self.errand, self.ledger.told(), self.ledger.entries(*OPEN), self.deliveries)


def unsettled(entries: Iterable[Entry], who: Callable[[str], Recipients]) -> tuple[Entry, ...]:
    """The messages that a person must look at: unknown ones, and those refused at an address still in use."""
    return tuple(entry for entry in entries if entry.state == "claimed" or entry.address in who(entry.agency).every)


def drafted(errand: Errand, reminder: Reminder, id_: str, now: datetime, round_: Callable[[], Round]) -> Draft:
    """A message ready to leave. `round_` is asked for only where the digest tells of it."""
    agency, world = reminder.agency, errand.outcome.world
    who = errand.recipients(agency)
    if agency == DIGEST:
        content = digest(world, reminder, round_(), errand.cautions)
    else:
        content = letter(world, reminder, errand.name(agency), who.names, errand.cautions)
    mail, name = errand.mail, "" if agency == DIGEST else errand.name(agency)
    head = Head(id_, mail.sender, mail.sender_name, who.to, name, now, who.cc, mail.reply_to)
    attached = errand.attach([matter.judgement for matter in reminder.matters]) if errand.attach else ()
    return Draft(reminder, id_, content.subject, compose(content, head, attached))


def round_of(
    errand: Errand, told: Iterable[Said], entries: Iterable[Entry], deliveries: Iterable[Delivery] = ()
) -> Round:
    """What the digest tells of a run so far."""
    before: dict[str, date] = {}
    for said in told:
        before[said.agency] = max(said.day, before.get(said.agency, said.day))
    listed = tuple(deliveries)
    now = {each.draft.id for each in listed if each.draft}
    assessment = errand.outcome.assessment
    return Round(
        errand.matters,
        {agency: errand.name(agency) for agency in errand.matters},
        {each.reminder.agency: each.reminder for each in listed if each.arrived},
        before,
        tuple(errand.name(agency) for agency in errand.addressless),
        tuple(line for each in listed if not each.arrived for line in delivery_lines(each)),
        tuple(entry_line(each) for each in unsettled(entries, errand.recipients) if each.message not in now),
        assessment.judgements.counts["unclear"],
        assessment.bad_rows,
    )
