"""Recording a visit: who is met is confirmed in the register, an outlet that is met counts as seen."""

from __future__ import annotations

from django.db import transaction

from qiao.services.employers import api as employers
from qiao.services.people import api as people
from qiao.services.visits.models import Outcome, Visit


@transaction.atomic
def record(visit: Visit) -> Visit:
    """Saves the visit. Raises ValidationError when it is to nobody."""
    visit.full_clean(exclude=["region"])
    visit.save()
    if visit.outcome == Outcome.MET and visit.resident_id:
        people.confirm(visit.resident_id, visit.visited_on)
    if visit.outcome == Outcome.MET and visit.outlet_id:
        employers.seen(visit.outlet_id, visit.visited_on)
    return visit
