"""The offices' own books after a roster: what each writes, whom it refuses, and that undo gives everything back."""

from __future__ import annotations

from datetime import date

import pytest
from ledger_world import HERE, browser, id_number, lay_regions
from test_import_pages import batch_of, go, merged, roster

from qiao.core.batches.models import ImportBatch
from qiao.services.people.models import (
    HardshipCase,
    Household,
    Membership,
    Resident,
    Spell,
    ZeroEmploymentCase,
)

pytestmark = pytest.mark.django_db

A, B, NOBODY = id_number("19620305", 2), id_number("19700101", 1), id_number("19801231", 5)
PEOPLE = roster(
    ["刘桂芳", A, "失业", "2005.3.1", "1201"],
    ["王强", B, "就业", "", "1201"],
    head=["姓名", "身份证号", "就业状态", "失业时间", "户号"],
)
BOOKS = {
    "registrations": (
        ["姓名", "身份证号", "失业时间", "登记日期", "失业原因", "注销日期", "注销原因"],
        ["2005.3.1", "2005.3.20", "下岗", "", ""],
    ),
    "reemployments": (["姓名", "身份证号", "就业时间", "就业单位"], ["2006.5.8", "建安超市"]),
    "recognitions": (["姓名", "身份证号", "困难类别", "认定日期"], ["4050", "2006.2.1"]),
    "households": (["姓名", "身份证号", "户号", "与户主关系"], ["1305", "本人"]),
    "zero_households": (["户主", "户主身份证号", "发现日期", "认定日期"], ["2006.3.1", "2006.3.9"]),
}


@pytest.fixture(autouse=True)
def district(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    lay_regions()


@pytest.fixture
def station():
    client = browser("station", "station", HERE)
    merged(client, PEOPLE)
    assert Resident.objects.count() == 2
    return client


def book(kind: str, name: str = "刘桂芳", number: str = A) -> bytes:
    head, rest = BOOKS[kind]
    return roster([name, number, *rest], head=head)


def take(client, kind: str, data: bytes | None = None) -> ImportBatch:
    batch = batch_of(merged(client, data or book(kind), kind=kind))
    assert batch.stage == "done", batch.problem
    assert not batch.counts.get("error") and not batch.counts.get("confirm"), [
        r.notes for r in batch.rows.all()
    ]
    return batch


def facts() -> dict[str, list[tuple]]:
    """Everything the books may write, as it stands."""
    return {
        "residents": list(
            Resident.objects.order_by("id").values_list("id", "name", "state", "registered", "current_spell")
        ),
        "spells": list(
            Spell.objects.order_by("id").values_list(
                "id",
                "state",
                "since",
                "until",
                "registered_on",
                "cancelled_on",
                "cancel_reason",
                "reason",
                "employer",
            )
        ),
        "hardship": list(HardshipCase.objects.values_list("resident", "stage", "recognised_on")),
        "households": list(Household.objects.order_by("id").values_list("id", "number")),
        "members": list(Membership.objects.order_by("id").values_list("id", "household", "resident")),
        "zero": list(ZeroEmploymentCase.objects.values_list("household", "found_on", "stage")),
    }


def test_a_registration_completes_the_spell_the_roster_told_of(station):
    take(station, "registrations")
    spell = Spell.objects.get(resident__name="刘桂芳")
    assert (spell.registered_on, spell.reason, spell.until) == (date(2005, 3, 20), "laid_off", None)
    assert Resident.objects.get(name="刘桂芳").registered


def test_a_placement_ends_the_unemployment(station):
    take(station, "reemployments")
    lost, work = Spell.objects.filter(resident__name="刘桂芳").order_by("since")
    assert (lost.until, work.since, work.employer) == (date(2006, 5, 8), date(2006, 5, 8), "建安超市")
    assert Resident.objects.get(name="刘桂芳").state == "employed"


def test_a_recognition_becomes_a_case_with_its_step(station):
    take(station, "recognitions")
    case = HardshipCase.objects.get()
    assert (case.category, case.stage, case.recognised_on) == ("older_4050", "assisted", date(2006, 2, 1))


def test_a_register_of_households_moves_the_member(station):
    take(station, "households")
    here = Membership.objects.get(resident__name="刘桂芳")
    assert (here.household.number, here.relation) == ("1305", "head")


def test_a_zero_employment_list_finds_the_household_of_its_head(station):
    take(station, "zero_households")
    case = ZeroEmploymentCase.objects.get()
    assert (case.household.number, case.found_on, case.recognised_on) == (
        "1201",
        date(2006, 3, 1),
        date(2006, 3, 9),
    )


@pytest.mark.parametrize("kind", BOOKS)
def test_undo_restores_what_the_book_changed(station, kind):
    before = facts()
    batch = take(station, kind)
    assert facts() != before
    station.post(f"/import/{batch.pk}/undo")
    batch.refresh_from_db()
    assert batch.stage == "undone" and not batch.counts.get("stayed")
    assert facts() == before


@pytest.mark.parametrize("kind", BOOKS)
def test_the_same_book_twice_changes_nothing_more(station, kind):
    take(station, kind)
    after = facts()
    take(station, kind)
    assert facts() == after


@pytest.mark.parametrize("kind", [kind for kind in BOOKS if kind != "households"])
def test_a_row_about_nobody_is_an_error_and_says_so(station, kind):
    page = go(station, book(kind, "孙无名", NOBODY), kind=kind)
    batch = batch_of(page)
    assert batch.counts.get("error") == 1, batch.counts
    assert [note["code"] for note in batch.rows.get().notes][-1] == "nobody_found"
    before = facts()
    station.post(f"/import/{batch.pk}/merge")
    assert facts() == before


def test_what_somebody_changed_since_stays_and_is_named(station):
    batch = take(station, "reemployments")
    work = Spell.objects.get(resident__name="刘桂芳", until=None)
    work.post = "收银员"
    work.save()
    page = station.post(f"/import/{batch.pk}/undo", follow=True).content.decode()
    batch.refresh_from_db()
    assert batch.counts["stayed"] == 1
    assert Spell.objects.get(pk=work.pk).until is None
    assert "刘桂芳" in page
