"""Who seeks work, set against the openings offered."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from qiao.core.indicators.declarations import Cohort
from qiao.core.indicators.registry import register
from qiao.core.indicators.windows import Window
from qiao.services.occupations import api as occupations
from qiao.services.people import api as people

WISHED = occupations.by_occupation("wish_occupation_code")
WILLING = Q(resident__willing=True) | Q(resident__willing=None)
ABLE = Q(resident__able=True) | Q(resident__able=None)


def _seeking(w: Window) -> Q:
    """Out of work on some day of the period."""
    lasting = Q(until=None) | Q(until__gt=w.start)
    return Q(state=people.State.UNEMPLOYED, counted_from__lt=w.end) & lasting & WILLING & ABLE


def _once(w: Window) -> Q:
    """Each person by the last of the spells in question."""
    later = people.Spell.objects.filter(
        _seeking(w), resident=OuterRef("resident"), counted_from__gt=OuterRef("counted_from")
    )
    return Q(resident__deleted_at=None) & _seeking(w) & ~Q(Exists(later))


job_seekers = Cohort(
    people.Spell,
    where=_once,
    by=people.along("resident__", (WISHED, *people.PERSON)),
    code="job_seekers",
    name=_("People seeking work"),
    unit=_("people"),
    definition=_(
        "Residents out of work at any time in the period, able to work and not unwilling, each once; "
        "by the first work they wish."
    ),
    source=_("Statistics of supply and demand in public employment services"),
)
register(job_seekers)
