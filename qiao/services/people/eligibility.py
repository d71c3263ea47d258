"""Whether the records bear out a category of hardship, and why. The reviewer has the last word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from qiao.core.duties.spans import months
from qiao.core.standards import api as standards
from qiao.services.people.models import Membership, Resident
from qiao.services.people.models.cases import ZeroEmploymentCase
from qiao.services.people.models.choices import HardshipCategory as Category
from qiao.services.people.models.choices import Health, Sex, State

GRADUATE_MONTHS = 24


class Finding(NamedTuple):
    """`met` is None where the records cannot tell."""

    met: bool | None
    reason: str


def older(resident: Resident, on: date) -> Finding:
    years = resident.age_on(on)
    if years is None or not resident.sex:
        return Finding(None, _("The birth date or the sex is not recorded."))
    female = resident.sex == Sex.FEMALE
    needed = standards.value("older_age_female" if female else "older_age_male", resident.region_id, on)
    said = {"sex": resident.get_sex_display(), "age": years, "on": on, "needed": needed}
    if years >= needed:
        return Finding(True, _("%(sex)s, %(age)s years old on %(on)s; the age is %(needed)s.") % said)
    return Finding(False, _("%(sex)s, only %(age)s years old on %(on)s; the age is %(needed)s.") % said)


def low_income(resident: Resident, on: date) -> Finding:
    if resident.low_income:
        return Finding(True, _("Draws the low-income allowance."))
    return Finding(False, _("No low-income allowance is recorded."))


def disabled(resident: Resident, on: date) -> Finding:
    if resident.disability:
        return Finding(True, _("Disability recorded: %(what)s.") % {"what": resident.disability})
    if resident.health == Health.DISABLED:
        return Finding(True, _("Health is recorded as disabled."))
    return Finding(False, _("No disability is recorded."))


def long_unemployed(resident: Resident, on: date) -> Finding:
    spell = resident.spells.filter(state=State.UNEMPLOYED, until=None, deleted_at=None).first()
    if spell is None:
        return Finding(False, _("Not unemployed at present."))
    span = months("long_unemployed_months").fixed(resident.region_id, on)
    said = {"since": spell.since, "needed": str(span)}
    if span.after(spell.since) <= on:
        return Finding(True, _("Unemployed since %(since)s, at least %(needed)s.") % said)
    return Finding(False, _("Unemployed since %(since)s, less than %(needed)s.") % said)


def zero_employment(resident: Resident, on: date) -> Finding:
    home = (
        Membership.objects.filter(resident=resident, until=None).values_list("household", flat=True).first()
    )
    if home is None:
        return Finding(None, _("No household is recorded."))
    case = ZeroEmploymentCase.objects.filter(household=home, closed_on=None).first()
    if case is None:
        return Finding(False, _("The household is not listed as one in which nobody works."))
    if case.recognised_on is None:
        return Finding(
            None, _("The household was found on %(on)s and is not recognised yet.") % {"on": case.found_on}
        )
    return Finding(True, _("The household was recognised on %(on)s.") % {"on": case.recognised_on})


def graduate(resident: Resident, on: date) -> Finding:
    if resident.graduated_on is None:
        return Finding(None, _("The date of leaving school is not recorded."))
    span = months(GRADUATE_MONTHS).fixed(resident.region_id, on)
    said = {"left": resident.graduated_on, "within": str(span)}
    if span.after(resident.graduated_on) >= on:
        return Finding(True, _("Left school on %(left)s, within %(within)s.") % said)
    return Finding(False, _("Left school on %(left)s, more than %(within)s ago.") % said)


CHECKS: dict[str, Callable[[Resident, date], Finding]] = {
    Category.OLDER_4050: older,
    Category.ZERO_EMPLOYMENT: zero_employment,
    Category.LOW_INCOME: low_income,
    Category.DISABLED: disabled,
    Category.LONG_UNEMPLOYED: long_unemployed,
    Category.GRADUATE: graduate,
}


def listed(category: str, region: int, on: date) -> bool:
    """Whether the local list that holds on a day names the category."""
    return category in categories(region, on)


def categories(region: int, on: date) -> tuple[str, ...]:
    found: tuple[str, ...] = standards.value("hardship_categories", region, on)
    return found


def finding(resident: Resident, category: str, on: date) -> Finding:
    """Raises UnknownParameter."""
    if not listed(category, resident.region_id, on):
        return Finding(False, _("This category is not in the local list of %(on)s.") % {"on": on})
    check = CHECKS.get(category)
    return (
        check(resident, on) if check else Finding(None, _("The records cannot tell; decide by the papers."))
    )
