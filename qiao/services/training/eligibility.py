"""Whether somebody may train at public cost, and why, in words for the person at the counter."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from qiao.core.standards import api as standards
from qiao.services.people import api as people
from qiao.services.training.choices import Ground


class Finding(NamedTuple):
    """`ground` is "" where nothing speaks for the person; `words` say why in either case."""

    ground: str
    words: str


def finding(resident: people.Resident, on: date) -> Finding:
    """The strongest ground of the groups that the district trains on a day. Raises UnknownParameter."""
    groups = standards.value("training_groups", resident.region_id, on)
    said = _said_by_the_record(resident)
    if (
        found := next((ground for ground in Ground if ground in groups and ground in said), None)
    ) is not None:
        return Finding(found.value, said[found])
    if Ground.HARDSHIP in groups and (case := people.certified(on).filter(resident=resident).first()):
        return Finding(
            Ground.HARDSHIP.value,
            _("Recognised as in hardship (%(category)s) on %(on)s.")
            % {"category": case.get_category_display(), "on": case.recognised_on},
        )
    return Finding("", _against(resident))


def _said_by_the_record(resident: people.Resident) -> dict[str, str]:
    said: dict[str, str] = {}
    since = {"since": resident.state_since}
    if resident.state == people.State.UNEMPLOYED:
        said[Ground.UNEMPLOYED] = _("Unemployed since %(since)s.") % since
        if resident.registered:
            said[Ground.REGISTERED] = _("Registered unemployed; out of work since %(since)s.") % since
    if resident.low_income:
        said[Ground.LOW_INCOME] = _("Draws the low-income allowance.")
    if resident.state != people.State.EMPLOYED:
        if resident.kind == "new_entrant":
            said[Ground.NEW_ENTRANT] = _("New entrant who has no work yet.")
        if resident.kind == "rural_worker":
            said[Ground.RURAL_WORKER] = _("Comes from the countryside and has no work.")
    return said


def _against(resident: people.Resident) -> str:
    if resident.state == people.State.EMPLOYED:
        return _("In work since %(since)s, without low-income allowance or recognised hardship.") % {
            "since": resident.state_since
        }
    if not resident.state:
        return _("No status is recorded. Record whether the person is out of work first.")
    return _("Not in the labour force, and in none of the groups that are trained at public cost.")
