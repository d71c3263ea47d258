"""Whether an employer meets the criteria of a base, and an enterprise those of its kind, each in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from qiao.core.standards import api as standards
from qiao.services.employers.models import Base, LabourEnterprise

CRITERIA = "base_staff", "base_hardship_share", "base_hardship_people", "base_contract_years"
Finding = tuple[bool | None, str]
"""Met, not met or not known (None), and why."""


def of_base(base: Base, on: date) -> Iterator[Finding]:
    """The criteria that hold at the base's place on a day; the rules follow local recognition measures."""
    held = standards.values(CRITERIA, base.region_id, on)
    yield _staff(base, int(held["base_staff"]))
    yield _hardship(base, float(held["base_hardship_share"]), int(held["base_hardship_people"]))
    years = int(held["base_contract_years"])
    yield _contracts(base, years)
    yield base.pay_above_minimum, _("Pay lies above the minimum wage.")
    yield base.insured, _("Social insurance is paid for everybody.")


def missing(base: Base, on: date) -> list[str]:
    """What is not met or not known, each with its reason."""
    return [why for met, why in of_base(base, on) if not met]


def of_enterprise(enterprise: LabourEnterprise) -> Finding:
    """At least a set share of its staff were unemployed when it opened (State Council order 66 of 1990)."""
    least = float(standards.value("enterprise_unemployed_share", enterprise.region_id, enterprise.opened_on))
    said = _(
        "%(some)s of %(all)s were unemployed at opening, %(share).0f %%; at least %(least).0f %% are asked."
    ) % {
        "some": enterprise.unemployed_at_opening,
        "all": enterprise.staff_at_opening,
        "share": enterprise.unemployed_share * 100,
        "least": least * 100,
    }
    return enterprise.unemployed_share >= least, said


def _staff(base: Base, least: int) -> Finding:
    return (
        None if base.staff is None else base.staff >= least,
        _("The staff are %(staff)s; at least %(least)s are asked.")
        % {"staff": _said(base.staff), "least": least},
    )


def _hardship(base: Base, share: float, people: int) -> Finding:
    known = base.staff is not None and base.hardship is not None
    met = None
    if known and base.staff and base.hardship is not None:
        met = base.hardship >= people or base.hardship >= share * base.staff
    return met, _(
        "People in hardship are %(some)s of %(all)s; %(share).0f %% of the staff or %(people)s people are asked."
    ) % {
        "some": _said(base.hardship),
        "all": _said(base.staff),
        "share": share * 100,
        "people": people,
    }


def _contracts(base: Base, least: int) -> Finding:
    if base.contract_years is None:
        return None, _("How long contracts run is not known; at least %s years are asked.") % least
    return base.contract_years >= least, _("Contracts run %(years)s years; at least %(least)s are asked.") % {
        "years": base.contract_years,
        "least": least,
    }


def _said(number: int | None) -> str:
    return _("not known") if number is None else str(number)
