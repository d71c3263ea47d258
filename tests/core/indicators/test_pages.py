"""The figures page, its names and its workbook, through a browser's door."""

from __future__ import annotations

import re
from io import BytesIO

import openpyxl
import pytest
from figure_world import COMMUNITIES, DISTRICT, OTHER, STREETS, TODAY

from qiao.core.accounts.models import Appointment, User
from qiao.core.accounts.rights import Role
from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import Period
from qiao.core.indicators import figures, registry, rollup
from qiao.core.indicators.models import Touched
from qiao.services.people.models import Resident


@pytest.fixture
def as_role(client, district):
    def sign_in(role: str, region: int):
        user = User.objects.create(username=f"{role}{region}", name="x", language="en")
        Appointment.objects.create(user=user, role=role, region_id=region, since="2000-01-01")
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def leader(as_role):
    return as_role(Role.LEADER, DISTRICT)


def test_each_number_leads_to_as_many_names(leader, district):
    page = leader.get("/figures/?period=2006-08").content.decode()
    assert str(STREETS[0]) in page
    links = re.findall(r'<a href="(/figures/[\w]+/names\?[^"]+)"[^>]*>([\d,]+)</a>', page)
    assert len(links) > 20
    for link, shown in links[:6]:
        names = leader.get(link.replace("&amp;", "&")).content.decode()
        assert names.count('scope="row"') == min(int(shown.replace(",", "")), 50)


@pytest.mark.parametrize("rows", ["", "communities", "sex", "age", "4050", "category", "form"])
@pytest.mark.parametrize("period", ["2006-08", "2006Q1", "2006", "2004-01-05..2004-02-01"])
def test_every_row_and_period_has_a_page(leader, rows, period):
    assert leader.get("/figures/", {"rows": rows, "period": period}).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        {"period": "last month"},
        {"period": "2031-01"},
        {"period": "9999"},
        {"rows": "shoe size"},
    ],
)
def test_bad_choices_are_explained(leader, query):
    answer = leader.get("/figures/", query)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/figures/?region=x",
        "/figures/?region=99",
        f"/figures/?region={OTHER}",
        f"/figures/?region={COMMUNITIES[-1]}",
        f"/figures/residents/names?region={OTHER}",
        "/figures/residents/names?region=130000000000",
        f"/figures/export.xlsx?region={OTHER}",
        "/figures/no_such_figure/names",
        "/figures/residents/names?by=form",
    ],
)
def test_what_lies_outside_the_scope_is_not_there(leader, address):
    assert leader.get(address).status_code == 404


def test_a_station_reads_the_same_figures_of_its_community_as_the_district(as_role):
    """Also of people who moved away: row level security hides their file, not the past figure."""
    period = [Period.parse("2006-01")]
    station = as_role(Role.STATION, COMMUNITIES[0])
    page = station.get("/figures/?period=2006-01&i=residents&i=employed")
    for code in ("residents", "employed"):
        expected = figures.table(
            [registry.get(code)], district_of(COMMUNITIES[0]), periods=period, today=TODAY
        )
        assert f">{expected.total(registry.get(code)).value}</a>" in page.content.decode()


def district_of(code):
    from qiao.core.accounts.scope import Scope

    return Scope(code)


def test_names_are_masked(leader):
    Resident.objects.filter(region=COMMUNITIES[0]).update(name="王小明")
    page = leader.get(f"/figures/residents/names?region={COMMUNITIES[0]}").content.decode()
    assert "王*明" in page
    assert "王小明" not in page


def test_a_ratio_opens_to_who_is_missing(leader):
    page = leader.get("/figures/able_willing_rate/names?period=2006-08").content.decode()
    assert "part=missing" in page
    assert "part=numerator" in page


@pytest.mark.parametrize("role", [Role.BANK, Role.GUARANTEE_CENTRE, Role.SECURITY_ADMIN])
def test_figures_take_the_right_to_see_them(as_role, role):
    client = as_role(role, DISTRICT)
    for address in ("/figures/", "/figures/export.xlsx", "/figures/residents/names"):
        assert client.get(address).status_code == 403


def test_pending_changes_are_said_on_the_page(leader):
    rollup.merge_all(Scope(DISTRICT), TODAY)
    for community in range(COMMUNITIES[0], COMMUNITIES[0] + 9):
        Touched.objects.create(region=community, since=TODAY)
    assert "still being counted" in leader.get("/figures/").content.decode()


def test_the_workbook_holds_values_and_definitions(leader):
    answer = leader.get("/figures/export.xlsx?period=2006-08&i=residents&i=able_willing_rate")
    book = openpyxl.load_workbook(BytesIO(answer.content))
    values, words = book.worksheets
    head = [cell.value for cell in values[4]]
    total = [cell.value for cell in values[values.max_row]]
    assert head[1].startswith("Residents recorded")
    assert total[1] == Resident.objects.filter(region__gte=DISTRICT, region__lt=DISTRICT + 10**6).count()
    assert words["C2"].value == str(registry.get("residents").definition)
