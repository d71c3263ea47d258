"""The file of a record: facts, timeline, history, showing what is masked, correcting, deleting."""

from __future__ import annotations

import re
from datetime import date

import pytest
from ledger_world import ELSEWHERE, HERE, id_number, out_of_work, person

from qiao.core.accounts.models import Disclosure
from qiao.services.people.models import Resident, Spell

pytestmark = pytest.mark.django_db


def url(record, rest="") -> str:
    return f"/l/residents/{record.pk}/{rest}"


def typed(client, record) -> dict[str, str]:
    """What the form of a record holds when it is opened."""
    form = client.get(url(record, "edit")).context["form"]
    return {field.name: "" if field.value() in (None, False) else str(field.value()) for field in form}


def test_file_shows_facts_and_timeline_newest_first(station, people):
    page = station.get(url(people["first"]))
    text = page.content.decode()
    assert "刘桂芳" in text and people["first"].id_number not in text
    assert "2005-09-01" in [entry.at for entry in page.context["entries"]]
    assert [entry.at for entry in page.context["entries"]] == sorted(
        (entry.at for entry in page.context["entries"]), reverse=True
    )


def test_timeline_pages_lose_and_repeat_nothing(station, people):
    third = people["third"]
    days = [date(2000 + number // 12, number % 12 + 1, 1) for number in range(60)]
    for day, until in zip(days, [*days[1:], None], strict=True):
        Spell.objects.create(
            resident=third, region_id=HERE, state="unemployed", since=day, counted_from=day, until=until
        )
    page = station.get(url(third))
    seen, more = [entry.at for entry in page.context["entries"]], page.context["more"]
    while more:
        page = station.get(more)
        seen += [entry.at for entry in page.context["entries"]]
        more = page.context["more"]
    assert [at for at in seen if at in {day.isoformat() for day in days}] == [
        day.isoformat() for day in reversed(days)
    ]


def test_showing_needs_a_reason_and_is_written_down(station, people):
    door = url(people["first"], "show/id_number")
    assert people["first"].id_number not in station.get(door).content.decode()
    refused = station.post(door, {"reason": ""})
    assert people["first"].id_number not in refused.content.decode() and not Disclosure.objects.exists()
    assert station.post(door, {"reason": "other", "words": " "}).context["form"].errors
    assert people["first"].id_number in station.post(door, {"reason": "call"}).content.decode()
    log = Disclosure.objects.get()
    assert (log.user.username, log.record_id, log.whose) == (
        "station",
        people["first"].pk,
        "刘桂芳",
    ) and log.why


def test_showing_needs_the_right(leader, people):
    assert leader.post(url(people["first"], "show/id_number"), {"reason": "call"}).status_code == 403
    assert not Disclosure.objects.exists()


def test_form_reads_what_people_type(station, people):
    data = typed(station, people["third"]) | {
        "birth_date": "1962.3", "name": " 赵　敏 ", "phone": "１３９０３１１３３３３", "graduated_on": "一九八一年七月",
        "id_number": "", "wish_pay_fen": "800元",
    }  # fmt: skip
    response = station.post(url(people["third"], "edit"), data)
    assert response.status_code == 302, response.context["form"].errors
    saved = Resident.objects.get(pk=people["third"].pk)
    assert (saved.birth_date, saved.birth_precision) == (date(1962, 3, 1), 2)
    assert (saved.graduated_on, saved.graduated_precision) == (date(1981, 7, 1), 2)
    assert (saved.name, saved.phone, saved.wish_pay_fen) == ("赵敏", "13903113333", 80000)


def test_fifteen_digits_become_eighteen(station, people):
    data = typed(station, people["third"]) | {"id_number": "130103620305002"}
    assert (
        station.post(url(people["third"], "edit"), data).status_code == 422
    )  # the number of another resident
    data["id_number"] = "130103700101123"
    assert station.post(url(people["third"], "edit"), data).status_code == 302
    saved = Resident.objects.get(pk=people["third"].pk)
    assert saved.id_number == id_number("19700101", 123)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id_number", "130103196203050028"), ("birth_date", "1962-13-45"), ("sex", "X"), ("name", ""),
        ("owner", "999999"), ("name", "a" * 300), ("wish_distance_m", "-5"), ("wish_pay_fen", "much"), ("name", "\x00"),
    ],
)  # fmt: skip
def test_mistakes_stand_beside_their_field_and_nothing_is_lost(station, people, field, value):
    data = typed(station, people["third"]) | {"note": "保留这句话", field: value}
    response = station.post(url(people["third"], "edit"), data)
    assert response.status_code == 422 and field in response.context["form"].errors
    assert "保留这句话" in response.content.decode()
    assert Resident.objects.get(pk=people["third"].pk).note == ""


def test_two_people_at_once_see_both_values(station, office, people):
    mine, theirs = typed(station, people["third"]), typed(office, people["third"])
    assert office.post(url(people["third"], "edit"), theirs | {"address": "建安路1号"}).status_code == 302
    response = station.post(url(people["third"], "edit"), mine | {"address": "建安路2号"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "建安路1号" in page and "建安路2号" in page
    again = {name: str(value) for name, value in response.context["form"].data.items()}
    assert station.post(url(people["third"], "edit"), again).status_code == 302
    assert Resident.objects.get(pk=people["third"].pk).address == "建安路2号"


def test_history_says_who_changed_what(station, people):
    data = typed(station, people["third"]) | {"education": "college", "phone": "13903119999"}
    station.post(url(people["third"], "edit"), data)
    page = station.get(url(people["third"], "history"))
    changes = {str(change.name): (change.before, change.after) for change in page.context["steps"][0].changes}
    assert page.context["steps"][0].by == "station"
    assert ("", "139****9999") in changes.values() and any(after for before, after in changes.values())
    assert "13903119999" not in page.content.decode()


def test_new_record_in_the_scope_only(station, people):
    form = station.get("/l/residents/new").context["form"]
    assert [code for code, _ in form.fields["region"].choices] == [HERE]
    assert form["able"].initial is True and form["low_income"].initial is False
    response = station.post("/l/residents/new", {"name": "郑新", "region": HERE, "able": "true"})
    assert response.status_code == 302
    made = Resident.objects.get(name="郑新")
    assert made.region_id == HERE and made.created_by.username == "station" and made.search_keys
    refused = station.post("/l/residents/new", {"name": "郑外", "region": ELSEWHERE})
    assert refused.status_code == 422 and "region" in refused.context["form"].errors


def test_deleted_is_undone_by_the_toast_and_from_the_bin(station, people):
    response = station.post(url(people["third"], "delete"), follow=True)
    undo = re.search(r'action="(/l/residents/undo[^"]+)"', response.content.decode())
    assert undo and station.get(url(people["third"])).status_code == 404
    assert "赵敏" in station.get("/l/residents/bin").content.decode()
    station.post(undo[1])
    assert station.get(url(people["third"])).status_code == 200
    station.post(url(people["third"], "delete"))
    station.post(url(people["third"], "restore"))
    assert station.get(url(people["third"])).status_code == 200


def test_what_another_deleted_is_not_undone_without_the_right(station, office, leader, people):
    station.post(url(people["third"], "delete"))
    office.post(f"/l/residents/undo?ids={people['third'].pk}")
    assert leader.post(url(people["third"], "restore")).status_code == 403
    assert Resident.everything.get(pk=people["third"].pk).deleted_at


def test_a_clash_is_told_when_restoring(station, people):
    number = people["first"].id_number
    station.post(url(people["first"], "delete"))
    person("刘桂芳", id_number=number)
    response = station.post(url(people["first"], "restore"), follow=True)
    assert response.status_code == 200 and Resident.objects.filter(name="刘桂芳").count() == 1


def test_batch_asks_first_and_then_deletes(station, people):
    rows = [people["second"].pk, people["third"].pk, people["far"].pk]
    asked = station.post("/l/residents/batch", {"rows": rows, "action": "delete"})
    assert asked.status_code == 200 and len(asked.context["allowed"]) == 2
    station.post("/l/residents/batch", {"rows": rows, "action": "delete", "confirmed": "1"})
    assert set(Resident.objects.values_list("name", flat=True)) == {"刘桂芳", "钱二", "孙秘密"}


@pytest.mark.parametrize("rows", [[], ["x"], ["9" * 30], list(range(600))])
def test_batch_of_nonsense_is_no_fault(station, people, rows):
    assert station.post("/l/residents/batch", {"rows": rows, "action": "delete"}).status_code in (200, 302)
    assert station.post("/l/residents/batch", {"rows": ["1"], "action": "nothing"}).status_code == 404


def test_leader_reads_but_does_not_write(leader, people):
    for door in ("edit", "delete"):
        assert leader.post(url(people["first"], door)).status_code == 403
    assert leader.post("/l/residents/new").status_code == 403
    out_of_work(people["third"], date(2006, 1, 1))
    assert leader.get("/l/residents/export").status_code == 403
