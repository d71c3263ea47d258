"""The JSON doors keep the scope, the masks and the checks of the pages."""

from __future__ import annotations

import pytest
from ledger_world import ELSEWHERE, HERE

from qiao.services.people.models import Resident

API = "/api/v1/residents/"


def patch(client, record, **body):
    return client.patch(f"{API}{record.pk}", body, content_type="application/json")


def test_says_which_ledgers_there_are(station):
    assert "residents" in {one["code"] for one in station.get("/api/v1/ledgers").json()}


def test_lists_and_pages_within_the_scope(station, people):
    answer = station.get(API, {"tab": "all", "size": "25", "total": "1"}).json()
    assert {one["name"] for one in answer["items"]} == {"刘桂芳", "王小明", "赵敏"} and answer["total"] == 3
    assert all("1111" not in (one["id_number"] or "") for one in answer["items"])
    assert "13903111111" not in str(answer) and people["first"].id_number not in str(answer)


def test_filters_are_those_of_the_list(station, people):
    assert [one["name"] for one in station.get(API, {"tab": "all", "sex": "M"}).json()["items"]] == ["王小明"]
    assert [one["name"] for one in station.get(API, {"tab": "all", "age_min": "40"}).json()["items"]] == [
        "刘桂芳"
    ]
    wrong = station.get(API, {"sex": "nobody"})
    assert wrong.status_code == 422 and wrong.json()["errors"][0]["where"] == "sex"


def test_a_record_of_another_place_does_not_exist(station, people):
    for answer in (station.get(f"{API}{people['far'].pk}"), patch(station, people["far"], note="x")):
        assert answer.status_code == 404 and answer["Content-Type"].startswith("application/problem+json")


def test_writes_with_the_checks_of_the_form(station, people):
    assert patch(station, people["third"], birth_date="1962.3", education="college").status_code == 200
    saved = Resident.objects.get(pk=people["third"].pk)
    assert (saved.birth_precision, saved.education, saved.name) == (2, "college", "赵敏")
    assert patch(station, people["third"], birth_date="soon").json()["errors"][0]["where"] == "birth_date"
    assert patch(station, people["third"], region=ELSEWHERE).status_code == 422
    assert patch(station, people["third"], invented=1).status_code == 422
    assert patch(station, people["third"], willing=True, low_income=True).json()["willing"] is True
    assert patch(station, people["third"], note="x").json()["low_income"] is True


def test_what_the_database_refuses_is_told(station, people):
    answer = patch(station, people["third"], able=False)
    assert answer.status_code == 422 and answer.json()["errors"][0]["what"]


def test_makes_records_in_the_scope(station, people):
    made = station.post(API, {"name": "郑新", "region": HERE, "sex": "F"}, content_type="application/json")
    assert made.status_code == 201 and made.json()["name"] == "郑新"
    refused = station.post(API, {"name": "郑外", "region": ELSEWHERE}, content_type="application/json")
    assert refused.status_code == 422 and refused.json()["errors"][0]["where"] == "region"


def test_an_old_state_is_a_conflict(station, people):
    old = station.get(f"{API}{people['third'].pk}").json()["changed_at"]
    assert patch(station, people["third"], note="一").status_code == 200
    assert patch(station, people["third"], note="二", changed_at=old).status_code == 409


def test_rights_hold(leader, client, people):
    assert leader.get(f"{API}{people['first'].pk}").json()["name"] == "刘*芳"
    assert patch(leader, people["first"], note="x").status_code == 403
    assert client.get(API).status_code == 401


def test_forged_posts_are_refused(people):
    from django.test import Client
    from ledger_world import staff

    client = Client(enforce_csrf_checks=True)
    client.force_login(staff("x", "station", HERE), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(API, {"name": "郑新"}, content_type="application/json").status_code in (401, 403)


def test_openapi_names_every_ledger(client, db):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert {"/api/v1/residents/", "/api/v1/residents/{id}", "/api/v1/households/"} <= set(paths)


@pytest.mark.parametrize("tail", ["0", "99999999999999999999", "x", "-1", "%00"])
def test_odd_ids_are_no_fault(station, people, tail):
    assert station.get(f"{API}{tail}").status_code in (404, 422)
