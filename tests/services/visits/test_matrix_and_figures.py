"""The three visits of a month, and the share of visits met on time: against plain counting."""

from __future__ import annotations

from datetime import date, timedelta

import case_world as world
from django.db import connection
from django.db.models import OuterRef
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qiao.core.indicators import registry
from qiao.core.indicators.windows import Window
from qiao.services.people.models import Resident
from qiao.services.visits import api
from qiao.services.visits.models import Visit

FIRST = date(2006, 6, 1)
DAYS = st.integers(0, 91).map(lambda number: FIRST + timedelta(days=number))
VISITS = st.lists(
    st.tuples(
        st.integers(0, 2),
        DAYS,
        st.sampled_from(["person", "employer", "family", "outlet"]),
        st.sampled_from(["met", "met", "met", "not_met"]),
        st.sampled_from(["loan", "other"]),
        st.none() | st.integers(1, 40),
    ),
    max_size=25,
)
LATELY = {
    "max_examples": 15,
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture],
}


def lay(staff, told) -> list[Resident]:
    Visit.everything.all().delete()
    people = list(Resident.objects.order_by("id")) or [world.person(name) for name in "甲乙丙"]
    Visit.objects.bulk_create(
        Visit(
            resident=people[who],
            region_id=world.HERE,
            by=staff["station"].user,
            visited_on=on,
            target=target,
            outcome=outcome,
            why=why,
            next_on=on + timedelta(days=ahead) if ahead else None,
        )
        for who, on, target, outcome, why, ahead in told
    )
    return people


@settings(**LATELY)
@given(VISITS, st.sampled_from(["", "loan"]))
def test_the_matrix_equals_plain_counting_in_one_query(staff, told, why):
    people = lay(staff, told)
    end = date(2006, 9, 1)
    with CaptureQueriesContext(connection) as asked:
        found = api.matrix([one.pk for one in people], FIRST, end, why)
    assert len(asked) == 1
    for place, one in enumerate(people):
        assert [cell.month for cell in found[one.pk]] == [date(2006, month, 1) for month in (6, 7, 8)]
        for cell in found[one.pk]:
            expected: dict[str, date] = {}
            for who, on, target, outcome, reason, _ahead in told:
                if (
                    (who, outcome) == (place, "met")
                    and on.month == cell.month.month
                    and (not why or reason == why)
                ):
                    role = "employer" if target == "outlet" else target
                    expected[role] = max(on, expected.get(role, on))
            assert cell.done == expected
            assert set(cell.owed) == {"person", "employer", "family"} - set(expected)
            assert cell.complete is (len(expected) == 3)
    both = Resident.objects.filter(api.all_three(OuterRef("pk"), date(2006, 7, 1), date(2006, 8, 1)))
    if not why:
        assert set(both) == {one for one in people if found[one.pk][1].complete}


@settings(**LATELY)
@given(VISITS)
def test_the_share_met_on_time_equals_plain_counting(staff, told):
    people = lay(staff, told)
    july = Window(date(2006, 7, 1), date(2006, 8, 1), date(2006, 7, 31))
    share = registry.get("visits_on_time")
    rows = list(Visit.objects.order_by("id"))
    fallen = [one for one in rows if one.next_on and one.next_on.month == 7]
    kept = [
        one
        for one in fallen
        if any(
            other.resident_id == one.resident_id
            and other.outcome == "met"
            and (other.visited_on, other.pk) > (one.visited_on, one.pk)
            and other.visited_on <= one.next_on
            for other in rows
        )
    ]
    assert set(share.denominator.rows(july)) == set(fallen)
    assert set(share.numerator.rows(july)) == set(kept)
    assert len(people) == 3
