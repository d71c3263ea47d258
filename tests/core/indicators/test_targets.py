"""Targets: set by the district, shared out, held against the time that passed; changed only with a reason."""

from __future__ import annotations

from decimal import Decimal

import figure_world as world
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from qiao.core.accounts.models import Appointment, User
from qiao.core.calendars.periods import Period
from qiao.core.indicators import figures, registry
from qiao.core.indicators.targets.models import Target
from qiao.core.indicators.targets.splitting import shared

CODE, YEAR = "new_registrations", "2006"
STREET_1, STREET_2 = world.STREETS[:2]


def signed_in(name: str, role: str, region: int) -> Client:
    user = User.objects.create(username=name, name=name)
    Appointment.objects.create(user=user, role=role, region_id=region, since=world.date(2000, 1, 1))
    client = Client()
    client.cookies["django_language"] = "en"
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.user = user
    return client


@pytest.fixture
def bureau(district):
    return signed_in("bureau", "employment_section", world.DISTRICT)


def put(client, region: int = world.DISTRICT, code: str = CODE, reason: str = "", **values: object):
    typed = {f"value-{place.removeprefix('at')}": value for place, value in values.items()}
    return client.post(f"/figures/targets/{code}/?region={region}&period={YEAR}", typed | {"reason": reason})


def page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def at(region: int) -> str:
    return f"at{region}"


def test_a_target_is_set_shared_out_and_held_against_time(bureau):
    assert put(bureau, **{at(world.DISTRICT): "400"}).status_code == 302
    address = f"/figures/targets/{CODE}/?period={YEAR}"
    split = page(bureau, address + "&propose=alike")
    assert split.count('value="200"') == 2
    assert put(bureau, **{at(STREET_1): "150", at(STREET_2): "260"}).status_code == 302
    assert sum(Target.objects.filter(region__in=(STREET_1, STREET_2)).values_list("value", flat=True)) == 410
    shown = page(bureau, f"/figures/targets/?period={YEAR}")
    period = Period.parse(YEAR)
    reached = figures.figure(registry.get(CODE), world_scope(), period, world.TODAY).value
    assert f">{reached}</a>" in shown and f"{reached / 400:.0%}" in shown
    progress = round(100 * float(period.progress(world.TODAY)), 1)
    assert f"{progress} % of the time" in shown
    assert ("behind" in shown.replace("left behind", "")) == (reached / 400 < progress / 100)


def world_scope():
    from qiao.core.accounts.scope import Scope

    return Scope(world.DISTRICT)


def test_what_is_shared_out_must_reach_the_whole(bureau):
    put(bureau, **{at(world.DISTRICT): "100"})
    answer = put(bureau, **{at(STREET_1): "60", at(STREET_2): "39"})
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "1 less than the target of 100" in told.replace(".00", "") and 'value="39"' in told
    assert Target.objects.count() == 1


def test_a_target_is_changed_only_with_a_reason_which_is_kept(bureau):
    put(bureau, **{at(world.DISTRICT): "100"})
    answer = put(bureau, **{at(world.DISTRICT): "120"})
    assert answer.status_code == 422 and "Say why" in answer.content.decode()
    assert put(bureau, reason="市里加码", **{at(world.DISTRICT): "120"}).status_code == 302
    target = Target.objects.get()
    assert (target.value, target.reason) == (120, "市里加码")
    assert sorted(one.value for one in target.events.all()) == [100, 120]
    assert "市里加码" in page(bureau, f"/figures/targets/{CODE}/?period={YEAR}")


@pytest.mark.parametrize("typed", ["many", "-3", "1.234", "nan", "1e400", "9" * 40])
def test_what_is_no_number_is_told_beside_it_and_stays(bureau, typed):
    answer = put(bureau, **{at(world.DISTRICT): typed})
    assert answer.status_code == 422 and typed in answer.content.decode()
    assert not Target.objects.exists()


def test_last_year_and_population_make_proposals(bureau):
    put(bureau, **{at(world.DISTRICT): "101"})
    for asked in ("last-year", "population"):
        lines = page(bureau, f"/figures/targets/{CODE}/?period={YEAR}&propose={asked}")
        values = [
            int(lines.split(f'name="value-{one}" value="')[1].split('"')[0]) for one in (STREET_1, STREET_2)
        ]
        assert sum(values) == 101


def test_a_rate_is_the_same_everywhere(bureau):
    put(bureau, code="able_willing_rate", **{at(world.DISTRICT): "95.5"})
    shown = page(bureau, f"/figures/targets/able_willing_rate/?period={YEAR}&propose=alike")
    assert shown.count('value="95.50"') == 3


def test_an_office_shares_out_below_and_sets_nothing_for_itself(bureau):
    put(bureau, **{at(world.DISTRICT): "100"})
    put(bureau, **{at(STREET_1): "60", at(STREET_2): "40"})
    office = signed_in("office", "office", STREET_1)
    put(
        office,
        STREET_1,
        **{at(STREET_1): "1", at(world.COMMUNITIES[0]): "30", at(world.COMMUNITIES[1]): "30"},
    )
    values = dict(Target.objects.values_list("region", "value"))
    assert values[STREET_1] == 60 and values[world.COMMUNITIES[0]] == 30
    assert office.get(f"/figures/targets/?region={STREET_2}").status_code == 404
    station = signed_in("station", "station", world.COMMUNITIES[0])
    assert put(station, world.COMMUNITIES[0], **{at(world.COMMUNITIES[0]): "5"}).status_code == 403


def test_whoever_answers_for_a_target_sees_its_bar_at_home(bureau):
    station = signed_in("站长", "station", world.COMMUNITIES[0])
    put(bureau, **{at(world.DISTRICT): "100"})
    put(bureau, **{at(STREET_1): "60", at(STREET_2): "40"})
    assert "/ 60" not in page(station, "/")
    office = signed_in("office", "office", STREET_1)
    typed = {f"value-{one}": "30" for one in world.COMMUNITIES[:2]} | {
        f"answers-{world.COMMUNITIES[0]}": station.user.pk
    }
    assert office.post(f"/figures/targets/{CODE}/?region={STREET_1}&period={YEAR}", typed).status_code == 302
    assert "/ 30" in page(station, "/") and "/ 60" in page(office, "/")
    typed[f"answers-{world.COMMUNITIES[0]}"] = bureau.user.pk
    answer = office.post(f"/figures/targets/{CODE}/?region={STREET_1}&period={YEAR}", typed)
    assert "from the list" in answer.content.decode()


def test_a_period_that_is_none_and_one_that_lies_ahead(bureau):
    assert bureau.get("/figures/targets/?period=soon").status_code == 400
    assert put(bureau, **{at(world.DISTRICT): "5"}).status_code == 302
    assert bureau.get("/figures/targets/?period=2007").status_code == 200
    assert bureau.get("/figures/targets/nothing/").status_code == 404


@given(st.integers(0, 10**6), st.dictionaries(st.integers(1, 50), st.integers(0, 10**5), min_size=1))
def test_the_parts_make_the_whole_and_keep_to_proportion(whole, weights):
    parts = shared(whole, weights)
    total = sum(weights.values())
    assert sum(parts.values()) == whole
    if total:
        assert all(abs(parts[key] - Decimal(whole) * weight / total) <= 1 for key, weight in weights.items())
