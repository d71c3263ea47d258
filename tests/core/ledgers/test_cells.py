"""A cell of a list changed where it stands: the same rights and checks as the form, and back again."""

from __future__ import annotations

import pytest

from qiao.core.ledgers import registry
from qiao.core.ledgers.forms import RecordForm, changed
from qiao.core.ledgers.viewer import Viewer
from qiao.services.people.models import Resident

pytestmark = pytest.mark.django_db


def url(record, key) -> str:
    return f"/l/residents/{record.pk}/cell/{key}"


def opened(client, record, key) -> dict[str, str]:
    page = client.get(url(record, key))
    return {"changed_at": page.context["token"], key: page.context["field"].value() or ""}


def fresh(record) -> Resident:
    return Resident.objects.get(pk=record.pk)


def test_a_cell_is_saved_by_itself_and_put_back(station, people):
    third = people["third"]
    before = fresh(third)
    answer = station.post(
        url(third, "address"), opened(station, third, "address") | {"address": " 建安路１号 "}
    )
    assert answer.status_code == 200 and answer.content.decode().lstrip().startswith("建安路1号")
    assert fresh(third).address == "建安路1号"
    undo = answer.context["undo"]
    answer = station.post(undo["url"], undo["values"])
    assert answer.status_code == 200 and "data-undo" not in answer.content.decode()
    after = fresh(third)
    assert all(
        getattr(after, field.attname) == getattr(before, field.attname)
        for field in Resident._meta.fields
        if field.name != "changed_at"
    ), "nothing else has changed"


def test_a_mistake_is_said_at_the_cell(station, people):
    third = people["third"]
    answer = station.post(
        url(third, "graduated_on"), opened(station, third, "graduated_on") | {"graduated_on": "1981-13-45"}
    )
    assert answer.status_code == 422
    assert answer.context["field"].errors and "1981-13-45" in answer.content.decode()
    assert fresh(third).graduated_on == people["third"].graduated_on


def test_what_a_colleague_wrote_meanwhile_is_shown(station, office, people):
    third = people["third"]
    mine, theirs = opened(station, third, "address"), opened(office, third, "address")
    assert office.post(url(third, "address"), theirs | {"address": "建安路1号"}).status_code == 200
    answer = station.post(url(third, "address"), mine | {"address": "建安路2号"})
    assert answer.status_code == 422 and "建安路1号" in answer.content.decode()
    assert fresh(third).address == "建安路1号"


@pytest.mark.parametrize("key", ["id_number", "phone", "name", "region", "nothing"])
def test_what_is_masked_or_names_the_record_is_no_cell(station, people, key):
    assert station.get(url(people["third"], key)).status_code == 404


def test_only_who_may_edit_and_in_scope(leader, stranger, people):
    assert leader.get(url(people["third"], "address")).status_code == 403
    assert stranger.get(url(people["third"], "address")).status_code == 404
    assert "data-cell=" not in leader.get("/l/residents/").content.decode()


def test_a_form_sent_as_it_stands_changes_nothing(station, people):
    ledger = registry.get("residents")
    request = station.get("/l/residents/").wsgi_request
    viewer = Viewer.of(request)
    for record in ledger.records(viewer):
        before = {key: str(value) for key, value in RecordForm(ledger, viewer, record).initial.items()}
        form = changed(ledger, viewer, record, {})
        assert form.is_valid(), form.errors
        assert before == {
            key: str(value) for key, value in RecordForm(ledger, viewer, record).initial.items()
        }
