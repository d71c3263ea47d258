"""Nothing of one region is found by a user of another, through any door of any ledger."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.urls import NoReverseMatch, reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_world import ELSEWHERE, out_of_work, person

from qiao.core.accounts.models import Disclosure
from qiao.core.ledgers import registry, urls
from qiao.services.people.models import Household, Membership, Resident

pytestmark = pytest.mark.django_db

SECRETS = ("孙秘密", "远方路99号", "机密备注", "FAR-CERT-1", "13988887777", "8887777", "密户号777")
CODES = [ledger.code for ledger in registry.ledgers()]
PLAIN = ["sort", "group", "cols", "region", "tab", "total", "q"]


@pytest.fixture
def far(people):
    """The record of another street with everything that hangs on it."""
    from datetime import date

    far = people["far"]
    home = Household.objects.create(region_id=ELSEWHERE, number="密户号777", head=far, address="远方路99号")
    Membership.objects.create(
        region_id=ELSEWHERE, household=home, resident=far, relation="head", since=date(2005, 1, 1)
    )
    out_of_work(person("孙秘密", ELSEWHERE), date(2006, 1, 1))
    return far


def text_of(response) -> str:
    if not response.streaming:
        return response.content.decode("utf-8", "replace")
    data = b"".join(response.streaming_content)
    book = openpyxl.load_workbook(io.BytesIO(data))
    return str([[cell.value for cell in row] for sheet in book.worksheets for row in sheet.iter_rows()])


def is_clean(response, far) -> None:
    text = text_of(response)
    if response.status_code != 404:
        for secret in (*SECRETS[:4], SECRETS[4], SECRETS[6], far.id_number):
            assert secret not in text


def doors(code: str, pk: int) -> list[str]:
    """Every address of a ledger that names no record, and every one that names this."""
    found = []
    for pattern in urls.urlpatterns:
        for arguments in ([code], [code, pk], [code, pk, "id_number"], [code, pk, "phone"]):
            try:
                found.append(reverse(f"ledgers:{pattern.name}", args=arguments))
            except NoReverseMatch:
                continue
    return found


@pytest.mark.parametrize("code", CODES)
def test_every_door_of_every_ledger(station, far, code):
    model = registry.get(code).model
    for pk in model.everything.filter(region_id=ELSEWHERE).values_list("pk", flat=True):
        for door in doors(code, pk):
            for answer in (
                station.get(door),
                station.post(door, {"rows": [pk], "action": "delete", "reason": "call"}),
            ):
                assert answer.status_code < 500, door
                is_clean(answer, far)
                if f"/{pk}/" in door and "/views/" not in door:
                    assert answer.status_code in (403, 404, 405), door
    assert not Disclosure.objects.exists() and Resident.objects.filter(pk=far.pk).exists()


@pytest.mark.parametrize("code", CODES)
def test_every_door_of_the_api(station, far, code):
    model = registry.get(code).model
    base = f"/api/v1/{code}/"
    for query in (
        "",
        "?tab=all&total=1",
        f"?region={ELSEWHERE}",
        "?q=孙秘密",
        "?q=7777",
        f"?q={far.id_number}",
    ):
        is_clean(station.get(base + query), far)
        is_clean(station.get(f"{base}counts?by=region&{query[1:]}"), far)
    for pk in model.everything.filter(region_id=ELSEWHERE).values_list("pk", flat=True):
        assert station.get(f"{base}{pk}").status_code == 404
        answer = station.patch(f"{base}{pk}", {"note": "x"}, content_type="application/json")
        assert answer.status_code in (403, 404, 405)


@pytest.mark.parametrize("query", ["孙秘密", "秘密", "smm", "7777", "88887777", "19650505"])
def test_search_and_its_drop_down(station, stranger, far, query):
    for headers in ({}, {"hx-request": "true"}):
        answer = station.get("/search", {"q": query}, headers=headers)
        for row in (row for group in answer.context["groups"] for row in group["rows"]):
            assert row["name"] not in SECRETS
    assert stranger.get("/search", {"q": query}).status_code in (200, 302)
    assert "孙秘密" in stranger.get("/search", {"q": query}, headers={"hx-request": "true"}).content.decode()


def test_search_opens_the_only_one(station, stranger, far):
    assert stranger.get("/search", {"q": far.id_number})["Location"] == f"/l/residents/{far.pk}/"
    assert station.get("/search", {"q": far.id_number}).status_code == 200
    assert station.get("/search", {"q": far.id_number[-4:]}).context["groups"] == []


def test_counts_do_not_tell_that_somebody_is_there(station, far):
    answer = station.get("/l/residents/", {"tab": "all", "q": far.id_number, "total": "1", "group": "region"})
    listing = answer.context["listing"]
    assert (
        listing.total == 0
        and listing.groups == []
        and sum(tab.count for tab in listing.tabs if tab.code == "all") == 3
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    code=st.sampled_from(CODES),
    query=st.dictionaries(
        st.sampled_from(PLAIN),
        st.one_of(
            st.sampled_from([str(ELSEWHERE), "region", "all", "孙", "7777", "1", "name", "-name"]),
            st.text(max_size=8),
        ),
        max_size=5,
    ),
)
def test_no_address_of_a_list_leads_out(station, far, code, query):
    answer = station.get(f"/l/{code}/", query)
    assert answer.status_code == 200
    typed = " ".join(query.values())
    rows = " ".join(row.cells for row in answer.context["listing"].lines)
    assert not [secret for secret in SECRETS if secret in rows and secret not in typed]


def test_a_role_taken_away_ends_at_once(station, people):
    from qiao.core.accounts.models import Appointment

    assert station.get("/l/residents/").status_code == 200
    Appointment.objects.update(until="2001-01-01")
    assert station.get("/l/residents/").status_code == 403
    assert station.get("/api/v1/residents/").status_code == 403
