"""Recording a visit: who is met is confirmed in the register, an outlet that is met counts as seen."""

from __future__ import annotations

from django.db import transaction

from qiao.services.employers import api as employers
from qiao.services.people import api as people
from qiao.services.visits import rhythm
from qiao.services.visits.models import Outcome, Visit


@transaction.atomic
def record(visit: Visit, further: bool = True) -> Visit:
    """Saves the visit. The next day, where nobody agreed on one, follows from why it was made; with `further`
    false, none does. What was sent twice is recorded once. Raises ValidationError when it is to nobody."""
    if visit.entry and (known := Visit.everything.filter(entry=visit.entry).first()):
        return known
    if visit.next_on is None and further:
        visit.next_on = rhythm.next_on(visit)
        visit.next_by_rule = visit.next_on is not None
    if visit.campaign_id and visit.resident_id and not visit.household_id:
        visit.household = people.household_of(visit.resident_id, visit.visited_on)
    visit.full_clean(exclude=["region"])
    visit.save()
    if visit.outcome == Outcome.MET and visit.resident_id:
        people.confirm(visit.resident_id, visit.visited_on)
    if visit.outcome == Outcome.MET and visit.outlet_id:
        employers.seen(visit.outlet_id, visit.visited_on)
    return visit
