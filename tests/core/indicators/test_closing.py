"""A closed period keeps its figures and the names behind them, until it is reopened with a reason."""

from __future__ import annotations

import io
import re
from datetime import date

import openpyxl
import pytest
from django.core.management import call_command
from django.utils import translation
from figure_world import COMMUNITIES, DISTRICT, STREETS, TODAY

from qiao.core.accounts.models import Appointment, User
from qiao.core.accounts.rights import Role
from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import Period
from qiao.core.indicators import closing, figures, registry, rollup
from qiao.core.indicators.models import Closing
from qiao.core.regions.codes import Level
from qiao.services.people.models import Resident, Spell

JULY, HALF = Period.parse("2006-07"), Period.parse("2006H1")
EVERY = list(registry.indicators())
PERIODS = [JULY, HALF, Period.parse("2005")]


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def clerk(district):
    return User.objects.create(username="clerk", name="x")


def shown(scope: Scope, level: Level, by: str = "", **how):
    chosen = [one for one in EVERY if not by or one.dimension(by)]
    table = figures.table(chosen, scope, level, PERIODS, by, TODAY, **how)
    nothing = (0, None)
    found = {
        (one.code, no, place, key): table.at(one, place, no, key)
        for one in chosen
        for no in range(len(PERIODS))
        for place in table.regions()
        for key in sorted(table.keys())
    }
    return {place: one for place, one in found.items() if one.value not in nothing}


def upset() -> None:
    """Records of the past change in every community: some gone, some new, some corrected."""
    Resident.objects.filter(pk__in=list(Resident.objects.values_list("pk", flat=True)[::7])).soft_delete()
    Spell.objects.filter(pk__in=list(Spell.objects.values_list("pk", flat=True)[::5])).soft_delete()
    for region in COMMUNITIES:
        made = Resident.objects.create(
            region_id=region, name="new", id_kind="unknown", birth_date="1970-01-01"
        )
        Spell.objects.create(
            region_id=region,
            resident=made,
            state="unemployed",
            since="2005-05-05",
            counted_from="2005-05-05",
            registered_on="2006-07-02",
        )
    rollup.merge_all(Scope.everything(), TODAY)


@pytest.mark.parametrize("from_facts", [False, True])
@pytest.mark.parametrize("closed", [DISTRICT, STREETS[0], COMMUNITIES[0]])
def test_figures_of_a_closed_period_stay_whoever_looks(rolled, clerk, closed, from_facts):
    sights = [
        (rolled, Level.DISTRICT, ""),
        (rolled, Level.STREET, ""),
        (rolled, Level.COMMUNITY, "sex"),
        (Scope(STREETS[0]), Level.COMMUNITY, ""),
        (Scope(COMMUNITIES[0]), Level.COMMUNITY, "age"),
    ]
    sights = [sight for sight in sights if sight[0].code >= closed or closed in (DISTRICT, sight[0].code)]
    before = [shown(*sight, from_facts=from_facts) for sight in sights]
    for period in PERIODS:
        closing.close(Scope(closed), period, clerk, TODAY)
    assert [shown(*sight, from_facts=from_facts) for sight in sights] == before
    upset()
    if closed == DISTRICT:
        assert [shown(*sight, from_facts=from_facts) for sight in sights] == before
    else:
        after = [shown(*sight, from_facts=from_facts) for sight in sights]
        inside = [{k: v for k, v in one.items() if Scope(closed).contains(k[2])} for one in before]
        assert [{k: v for k, v in one.items() if Scope(closed).contains(k[2])} for one in after] == inside


def test_the_difference_is_told_and_opens_to_records(rolled, clerk):
    closing.close(rolled, JULY, clerk, TODAY)
    upset()
    table = figures.table(EVERY, rolled, Level.DISTRICT, [JULY], today=TODAY)
    assert table.now
    now = table.as_of_now()
    for one in EVERY:
        if one.unit != EVERY[0].unit or hasattr(one, "numerator"):
            continue
        counts = {
            sight: figures.drill(one, rolled, JULY, today=TODAY, sight=sight).count()
            for sight in ("shown", "now", "added", "gone")
        }
        assert counts["shown"] == table.total(one).value
        assert (
            counts["now"]
            == now.total(one).value
            == figures.drill(one, rolled, JULY, today=TODAY, sight="now").count()
        )
        assert counts["shown"] + counts["added"] - counts["gone"] == counts["now"]


def test_from_the_bottom_up_and_from_the_top_down(rolled, clerk):
    community = closing.close(Scope(COMMUNITIES[0]), JULY, clerk, TODAY)
    kept = shown(Scope(COMMUNITIES[0]), Level.COMMUNITY)
    upset()
    street = closing.close(Scope(STREETS[0]), JULY, clerk, TODAY)
    assert {k: v for k, v in shown(Scope(COMMUNITIES[0]), Level.COMMUNITY).items() if k[1] == 0} == {
        k: v for k, v in kept.items() if k[1] == 0
    }
    with pytest.raises(closing.Refused, match="closed already"):
        closing.close(Scope(COMMUNITIES[1]), JULY, clerk, TODAY)
    with pytest.raises(closing.Refused, match="region above"):
        closing.reopen(community, clerk, "a mistake", TODAY)
    with pytest.raises(closing.Refused, match="why"):
        closing.reopen(street, clerk, " ", TODAY)
    closing.reopen(street, clerk, "a mistake", TODAY)
    closing.reopen(community, clerk, "a mistake", TODAY)
    assert not figures.table(EVERY, rolled, Level.STREET, [JULY], today=TODAY).closings
    assert Closing.objects.filter(reason="a mistake").count() == 2


def test_a_running_period_is_not_closed(rolled, clerk):
    with pytest.raises(closing.Refused, match="not ended"):
        closing.close(rolled, Period.of("month", date(2006, 8, 1)), clerk, TODAY)


def test_closed_changed_and_reopened_through_the_pages(client, rolled):
    office = User.objects.create(username="office", name="Office clerk", language="en")
    Appointment.objects.create(user=office, role=Role.OFFICE, region_id=STREETS[0], since="2000-01-01")
    client.force_login(office, backend="django.contrib.auth.backends.ModelBackend")
    address = f"/figures/?region={STREETS[0]}&period=2006-07"
    assert "Close July 2006" in client.get(address).content.decode()
    assert client.post("/figures/closed/new", {"region": DISTRICT, "period": "2006-07"}).status_code == 404
    made = client.post("/figures/closed/new", {"region": STREETS[0], "period": "2006-07"})["Location"]
    assert "still give the figures" in client.get(made).content.decode()
    upset()
    page = client.get(address).content.decode()
    assert "Closed for" in page
    assert "Changed since it was closed" in page
    file = client.get(made).content.decode()
    added = re.search(r'href="([^"]+sight=added)"', file)[1].replace("&amp;", "&")
    assert "Added since" in client.get(added).content.decode()
    refused = client.post(made + "reopen", {"reason": " "})
    assert refused.status_code == 422
    assert "Say why" in refused.content.decode()
    client.post(made + "reopen", {"reason": "counted twice"})
    assert "counted twice" in client.get(made).content.decode()
    assert "Closed for" not in client.get(address).content.decode()


def test_a_figure_changed_since_is_marked_wherever_it_is_read(client, rolled, clerk, tmp_path):
    closing.close(rolled, JULY, clerk, TODAY)
    closing.close(rolled, Period.parse("2006-06"), clerk, TODAY)
    upset()
    said, target = io.StringIO(), tmp_path / "july.xlsx"
    asked = {"region": str(DISTRICT), "period": "2006-07", "stdout": said}
    call_command("figures", **asked)
    assert re.search(r"\d\*", said.getvalue()) and "Changed since it was closed" in said.getvalue()
    call_command("figures", **asked, xlsx=target)
    sheet = openpyxl.load_workbook(target).worksheets[0]
    marked = [cell for row in sheet for cell in row if cell.number_format.endswith('"*"')]
    assert marked and all(isinstance(cell.value, int | float) for cell in marked)
    assert any("Changed since it was closed" in str(cell.value) for row in sheet for cell in row)
    user = User.objects.create(username="section", language="en")
    Appointment.objects.create(
        user=user, role=Role.EMPLOYMENT_SECTION, region_id=DISTRICT, since="2000-01-01"
    )
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/figures/?region={DISTRICT}&period=2006-07")
    assert any(course.now.now for course in page.context["courses"])
    assert any(course.before.now for course in page.context["courses"]), "June is closed and changed as well"


def test_a_correction_that_reaches_a_closed_period_needs_a_reason(client, rolled):
    office = User.objects.create(username="office", name="Office clerk", language="en")
    Appointment.objects.create(user=office, role=Role.OFFICE, region_id=STREETS[0], since="2000-01-01")
    client.force_login(office, backend="django.contrib.auth.backends.ModelBackend")
    made = closing.close(Scope(STREETS[0]), JULY, office, TODAY)
    counted = figures.drill(registry.get("employed"), Scope(STREETS[0]), JULY, today=TODAY).first()
    person = Resident.objects.get(pk=getattr(counted, "resident_id", counted.pk))
    door = f"/l/residents/{person.pk}/edit"

    def typed(**more):
        form = client.get(door).context["form"]
        values = {one.name: one.value() for one in form}
        return {name: "" if value in (None, False) else value for name, value in values.items()} | more

    assert client.post(door, typed(note="met at home")).status_code == 302, "what no figure reads"
    sex = "F" if person.sex == "M" else "M"
    refused = client.post(door, typed(sex=sex))
    assert refused.status_code == 422 and "July 2006" in refused.content.decode()
    assert Resident.objects.get(pk=person.pk).sex == person.sex
    assert client.post(door, typed(sex=sex, why_late=" ")).status_code == 422
    assert client.post(door, typed(sex=sex, why_late="misread on the form")).status_code == 302
    assert Resident.objects.get(pk=person.pk).sex == sex
    file = client.get(f"/figures/closed/{made.pk}/").content.decode()
    assert "misread on the form" in file and "Office clerk" in file and door.removesuffix("edit") in file
    cell = f"/l/residents/{person.pk}/cell/sex"
    assert client.post(cell, {"sex": person.sex}).status_code == 422
    back = client.post(cell, {"sex": person.sex, "why_late": "was right before"})
    assert back.status_code == 200 and made.late_changes.count() == 2
    closing.reopen(made, office, "counted twice", TODAY)
    assert client.post(door, typed(sex=sex)).status_code == 302, "an open period asks nothing"
