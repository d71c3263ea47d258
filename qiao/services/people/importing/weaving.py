"""What a register says of a person's past, woven into the spells the registry holds. Pure.

A spell of the registry keeps its word. An event that tells of the same status at about the same time adds
what the spell lacks; an event of another time becomes a spell that ends where the next one begins; an event
inside a closed spell of another status is a conflict for a person to look at.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

NEAR = {1: timedelta(days=366), 2: timedelta(days=45), 3: timedelta(days=15)}
END = date.max
DETAILS = (
    "form",
    "reason",
    "employer",
    "post",
    "registered_on",
    "certificate_no",
    "cancelled_on",
    "cancel_reason",
)


@dataclass(slots=True)
class Stretch:
    """A status from a day to a day (not included; None: still so). `id` of a spell in the registry.

    `placeholder`: the registry knows the status but not since when; its beginning is only the roster's day.
    """

    state: str
    since: date
    until: date | None = None
    precision: int = 3
    details: dict[str, Any] = field(default_factory=dict)
    id: int | None = None
    placeholder: bool = False
    row: int | None = None

    @property
    def end(self) -> date:
        return self.until or END


@dataclass(slots=True)
class Woven:
    added: list[Stretch] = field(default_factory=list)
    changed: list[Stretch] = field(default_factory=list)
    known: list[Stretch] = field(default_factory=list)
    conflicts: list[tuple[Stretch, Stretch]] = field(default_factory=list)


def weave(spells: list[Stretch], events: list[Stretch]) -> Woven:
    """The events added to the spells of one person. The result never overlaps; what is added has until > since."""
    line = sorted(spells, key=lambda one: one.since)
    woven = Woven()
    for event in sorted(events, key=lambda one: (one.since, one.until is None)):
        _place(line, event, woven)
        line.sort(key=lambda one: one.since)
    return woven


def _place(line: list[Stretch], event: Stretch, woven: Woven) -> None:
    same = _told_before(line, event)
    if same:
        if _enrich(same, event):
            _mark(woven, same)
        woven.known.append(event)
        return
    around = next((one for one in line if one.since <= event.since < one.end), None)
    if around and around.since < event.since and around.until is None and around.state != event.state:
        _cut(around, event.since, woven)
    elif around:
        woven.conflicts.append((event, around))
        return
    following = next((one for one in line if one.since > event.since), None)
    if following and following.state == event.state and event.end > following.since and following.placeholder:
        _extend_back(following, event, woven)
        return
    if following and event.end > following.since:
        event.until = following.since
    line.append(event)
    woven.added.append(event)


def _told_before(line: list[Stretch], event: Stretch) -> Stretch | None:
    """The spell that tells of the same: the same status, begun at the same time as far as both know."""
    near = [
        one
        for one in line
        if one.state == event.state
        and abs(one.since - event.since) <= max(NEAR[one.precision], NEAR[event.precision])
    ]
    return min(near, key=lambda one: abs(one.since - event.since), default=None)


def _enrich(spell: Stretch, event: Stretch) -> bool:
    """Fills blanks; a registration is taken over with its cancellation. Returns whether anything changed."""
    found = False
    for name in DETAILS:
        value = event.details.get(name)
        if value and not spell.details.get(name):
            if name in ("registered_on", "cancelled_on") and not _fits(spell, event, name, value):
                continue
            spell.details[name] = value
            found = True
    if spell.details.get("cancel_reason") and not spell.details.get("cancelled_on"):
        del spell.details["cancel_reason"]
    return found


def _fits(spell: Stretch, event: Stretch, name: str, day: date) -> bool:
    if name == "registered_on":
        return day >= spell.since
    begun: date | None = spell.details.get("registered_on") or event.details.get("registered_on")
    return begun is not None and day >= begun


def _cut(spell: Stretch, day: date, woven: Woven) -> None:
    spell.until = day
    if spell.details.get("registered_on") and not spell.details.get("cancelled_on"):
        spell.details["cancelled_on"] = max(day, spell.details["registered_on"])
        spell.details["cancel_reason"] = spell.details.get("cancel_reason") or "hired"
    _mark(woven, spell)


def _extend_back(spell: Stretch, event: Stretch, woven: Woven) -> None:
    spell.since, spell.precision, spell.placeholder = event.since, event.precision, False
    _enrich(spell, event)
    _mark(woven, spell)
    woven.known.append(event)


def _mark(woven: Woven, spell: Stretch) -> None:
    if spell.id is not None and all(one is not spell for one in woven.changed):
        woven.changed.append(spell)
