"""What a person should know of an obligation beside its days."""

from __future__ import annotations

from collections.abc import Iterable

from tthc_cli.obligations import World
from tthc_cli.records import Judgement
from tthc_cli.wording.readings import reason, rests_on
from tthc_cli.wording.titles import say


def note(world: World, item: Judgement) -> str:
    """An extension, what it waits for, how long it stands open, what it rests on, or why a person must look."""
    owed = item.obligation
    if moved := owed.extended:
        return say("extended_note", to=moved.to, original=moved.original_due)
    if item.verdict == "awaiting_event":
        return "; ".join(say("waits_for", event=event) for event in _awaited(world, item))
    if item.days_since is not None and owed.opens:
        return say("since_event", day=owed.opens, days=item.days_since)
    return doubt(item)


def doubt(item: Judgement) -> str:
    """Why a person must look, or what the breach rests on."""
    return reason(item.reason) or rests_on(item.rests_on)


def _awaited(world: World, item: Judgement) -> Iterable[str]:
    if condition := item.obligation.deadline.condition:
        return (world.plan.events.get(condition, condition),)
    task = world.plan.task(item.obligation.facts.id)
    kinds = [rule.awaited() for rule in task.rules] if task else []
    return [world.plan.events.get(kind, kind) for kind in kinds if kind]
