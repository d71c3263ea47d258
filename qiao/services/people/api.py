"""What other services may ask of the residents."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, F, Q, QuerySet, Subquery

from qiao.core.accounts.masking import mask_name as masked
from qiao.core.accounts.scope import Scope
from qiao.core.indicators import registry as figures
from qiao.core.indicators.declarations import Tally
from qiao.services.people.actions import work
from qiao.services.people.actions.transfer import follow
from qiao.services.people.breakdowns import CATEGORY, PERSON, along
from qiao.services.people.counted import file_address, person_columns
from qiao.services.people.groups import Group, members
from qiao.services.people.identity.search import matching
from qiao.services.people.importing import present_status
from qiao.services.people.importing.registers import about_people, derive, find_people
from qiao.services.people.models import (
    HardshipCase,
    Household,
    Membership,
    Resident,
    Spell,
    ZeroEmploymentCase,
)
from qiao.services.people.models.choices import Education, Form, Reason, State
from qiao.services.people.seeking import CERTIFIED_SQL, certified, seekers, standing


def residents(scope: Scope) -> Any:
    return Resident.objects.within(scope)


def households(scope: Scope) -> Any:
    return Household.objects.within(scope).select_related("head")


def search(text: str, path: str = "") -> Q:
    """Records whose resident, at `path`, a typed text may mean."""
    return matching(text, path)


def in_assistance() -> Any:
    """Hardship cases in which help is being given."""
    return HardshipCase.objects.filter(stage__in=("assisted", "employed_unstable"), closed_on=None)


def zero_employment_cases() -> Any:
    """Households found without work, open and ended ones."""
    return ZeroEmploymentCase.objects.all()


def zero_open() -> Tally:
    """The figure of zero-employment households open at the end of a period."""
    found = figures.get("zero_open")
    assert isinstance(found, Tally)
    return found


def worked_within(resident: Any, start: Any, end: Any) -> Exists:
    """Whether somebody was at work on a day of `start`..`end`, the last excluded; the arguments are expressions."""
    at_work = Spell.objects.filter(resident=resident, state=State.EMPLOYED, since__lt=end)
    return Exists(at_work.filter(Q(until=None) | Q(until__gt=start)))


def began_work(resident: Any, start: Any, end: Any) -> Exists:
    """Whether somebody began work on a day of `start`..`end`, both included; the arguments are expressions."""
    spells = Spell.objects.filter(resident=resident, state=State.EMPLOYED)
    return Exists(spells.filter(since__gte=start, since__lte=end))


def working_on(resident: Any, day: Any) -> Exists:
    """Whether somebody is at work on a day; the arguments are expressions."""
    at_work = Spell.objects.filter(resident=resident, state=State.EMPLOYED, since__lte=day)
    return Exists(at_work.filter(Q(until=None) | Q(until__gt=day)))


def self_employed_on(resident: Any, day: Any) -> Exists:
    """Whether somebody runs a business of their own on a day; the arguments are expressions."""
    own = Spell.objects.filter(resident=resident, state=State.EMPLOYED, form=Form.SELF, since__lte=day)
    return Exists(own.filter(Q(until=None) | Q(until__gt=day)))


def household_of(resident: int, on: date) -> Household | None:
    """Where somebody lived on a day, if that is known."""
    lived = Q(since=None) | Q(since__lte=on), Q(until=None) | Q(until__gt=on)
    found = Membership.objects.filter(*lived, resident=resident).select_related("household").first()
    return found.household if found else None


HOME_SQL = """(SELECT m.household_id FROM people_membership AS m
    WHERE m.resident_id = {resident} AND m.deleted_at IS NULL AND (m.since IS NULL OR m.since <= {day})
      AND (m.until IS NULL OR m.until > {day}) LIMIT 1)"""
"""`household_of` for a resident and a day of a statement in SQL."""


def members_at_work(household: Any) -> Any:
    """Present members of a household by the day from which they work, first those who have worked longest;
    `household` is an expression. Each has `worked_since`."""
    rows = Membership.objects.filter(household=household, until=None, resident__state=State.EMPLOYED)
    return rows.annotate(worked_since=F("resident__state_since")).order_by("worked_since")


def confirm(resident: int, on: date) -> None:
    """Somebody met the person: the record is confirmed as of that day, unless it was later already."""
    Resident.objects.filter(Q(verified_on=None) | Q(verified_on__lt=on), pk=resident).update(verified_on=on)


def confirm_all(days: QuerySet[Any], residents: QuerySet[Any]) -> None:
    """Like `confirm` for many: `residents` are numbers, `days` gives a day for each."""
    seen = Resident.objects.filter(pk__in=residents).annotate(day=Subquery(days))
    seen.filter(Q(verified_on=None) | Q(verified_on__lt=F("day"))).update(verified_on=F("day"))


begin_work, end_work, refuse_post = work.begin, work.end, work.refuse
take_back_work = work.take_back
write_status, undo_status = present_status.write, present_status.undo

__all__ = [
    "CATEGORY",
    "CERTIFIED_SQL",
    "HOME_SQL",
    "PERSON",
    "Education",
    "Form",
    "Group",
    "Reason",
    "Resident",
    "Spell",
    "State",
    "about_people",
    "along",
    "began_work",
    "begin_work",
    "certified",
    "confirm",
    "confirm_all",
    "derive",
    "end_work",
    "file_address",
    "find_people",
    "follow",
    "household_of",
    "households",
    "in_assistance",
    "masked",
    "members",
    "members_at_work",
    "person_columns",
    "refuse_post",
    "residents",
    "search",
    "seekers",
    "self_employed_on",
    "standing",
    "take_back_work",
    "undo_status",
    "worked_within",
    "working_on",
    "write_status",
    "zero_employment_cases",
    "zero_open",
]
