"""The roll-up equals the facts after whatever was done to them, and whatever interrupted a merge."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import F, Sum
from figure_world import COMMUNITIES, DISTRICT, STREETS, TODAY, resident, spells

from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import Period
from qiao.core.indicators import figures, registry, rollup
from qiao.core.indicators.models import Rollup, Touched, Upto
from qiao.services.people.models import HardshipCase, Resident, Spell, ZeroEmploymentCase

EVERYWHERE = Scope.everything()


def moving(person: Resident, region: int) -> None:
    """As a transfer does it: the old community keeps the time before, the new one counts on."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL qiao.moving = 'on'")
    day = TODAY - timedelta(days=100)
    for spell in Spell.objects.filter(resident=person, until=None, counted_from__lt=day):
        Spell.objects.filter(pk=spell.pk).update(until=day)
        spell.pk, spell.region_id, spell.counted_from = None, region, day
        spell._state.adding = True
        spell.save()
    Resident.objects.filter(pk=person.pk).update(region=region)


def edit(dice: random.Random) -> None:
    """One of the things that happen to facts."""
    person = dice.choice(list(Resident.everything.all()))
    spell = dice.choice(list(Spell.everything.all()))
    match dice.randrange(9):
        case 0:
            Spell.objects.filter(pk=spell.pk).soft_delete()
        case 1:
            Spell.objects.filter(resident=person).delete()
        case 2:
            Resident.objects.filter(pk=person.pk).update(sex=dice.choice("MF"), education="college")
        case 3:
            Resident.objects.filter(pk=person.pk).soft_delete()
        case 4:
            Resident.everything.filter(pk=person.pk).restore()
        case 5:
            HardshipCase.objects.filter(resident=person).update(
                recognised_on=F("opened_on"), category="disabled"
            )
        case 6:
            new = Resident.objects.bulk_create(resident(dice, dice.choice(COMMUNITIES)) for _ in range(3))
            Spell.objects.bulk_create(spell for one in new for spell in spells(dice, one))
        case 7:
            moving(person, dice.choice(COMMUNITIES))
        case 8:
            ZeroEmploymentCase.objects.filter(region=dice.choice(COMMUNITIES)).update(
                cleared_on=TODAY, closed_on=TODAY, ending="employed"
            )


@pytest.mark.parametrize("seed", range(3))
def test_it_equals_the_facts_after_random_edits(rolled, seed):
    dice = random.Random(seed)
    for _ in range(3):
        for _ in range(6):
            edit(dice)
        rollup.merge_all(EVERYWHERE, TODAY)
        assert rollup.verify(EVERYWHERE, TODAY) == []


def test_it_holds_figures_at_every_level(rolled):
    assert set(Rollup.objects.values_list("level", flat=True)) == {1, 2, 3, 4, 5}
    sums = {
        row["level"]: row["sum"]
        for row in Rollup.objects.filter(tally="residents", dimension="", month=date(2006, 8, 1))
        .values("level")
        .annotate(sum=Sum("value"))
        .order_by("level")
    }
    assert set(sums.values()) == {Resident.objects.count()}


def test_verify_reports_what_differs(rolled):
    row = Rollup.objects.filter(level=5, region=COMMUNITIES[0], tally="residents", dimension="").first()
    Rollup.objects.filter(pk=row.pk).update(value=row.value + 7)
    (found,) = rollup.verify(Scope(COMMUNITIES[0]), TODAY)
    assert (found.tally, found.month, found.held - found.counted) == ("residents", row.month, 7)


def test_an_undone_edit_leaves_the_roll_up_as_it_was(rolled):
    before = set(
        Rollup.objects.exclude(value=0).values_list(
            "tally", "level", "region", "month", "dimension", "key", "value"
        )
    )
    gone = list(Spell.objects.filter(region=COMMUNITIES[0]).values_list("pk", flat=True))
    assert Spell.objects.filter(pk__in=gone).soft_delete()
    rollup.merge_all(EVERYWHERE, TODAY)
    changed = set(
        Rollup.objects.exclude(value=0).values_list(
            "tally", "level", "region", "month", "dimension", "key", "value"
        )
    )
    assert changed != before
    Spell.everything.filter(pk__in=gone).restore()
    rollup.merge_all(EVERYWHERE, TODAY)
    after = set(
        Rollup.objects.exclude(value=0).values_list(
            "tally", "level", "region", "month", "dimension", "key", "value"
        )
    )
    assert after == before


def test_a_change_that_no_figure_reads_touches_nothing(rolled):
    Resident.objects.update(verified_on="2006-08-30", skill="x", note="x")
    Spell.objects.update(employer="x")
    assert not Touched.objects.exists()


def test_a_late_change_touches_only_months_after_it(rolled):
    spell = Spell.objects.order_by("-counted_from").first()
    Spell.objects.filter(pk=spell.pk).update(until=None, reason="laid_off", state="unemployed", form="")
    touched = Touched.objects.get(region=spell.region_id)
    assert touched.since == spell.counted_from


def test_who_moved_touches_the_community_that_counted_them(rolled):
    person = Spell.objects.filter(until=None, counted_from__lt="2006-03-01").order_by("pk").first().resident
    before = person.region_id
    after = next(code for code in COMMUNITIES if code != before)
    moving(person, after)
    rollup.merge_all(EVERYWHERE, TODAY)
    Resident.objects.filter(pk=person.pk).update(education="primary")
    assert set(Touched.objects.values_list("region", flat=True)) == {before, after}


def test_a_reader_takes_in_few_changes_and_is_told_of_many(rolled):
    month = [Period.parse("2006-08")]
    Resident.objects.filter(region=COMMUNITIES[0]).soft_delete()
    table = figures.table([registry.get("residents")], rolled, periods=month, today=TODAY)
    assert table.behind_since is None
    assert not Touched.objects.exists()
    for community in COMMUNITIES:
        Touched.objects.create(region=community, since=TODAY)
    behind = figures.table([registry.get("residents")], EVERYWHERE, periods=month, today=TODAY).behind_since
    assert behind == Touched.objects.order_by("at").first().at


def test_a_table_takes_as_many_queries_for_a_year_of_a_city_as_for_a_month_of_a_street(
    rolled, django_assert_num_queries
):
    many, year = list(registry.indicators()), Period.parse("2006-08").series(12)
    with django_assert_num_queries(6):
        figures.table(many[:3], Scope(STREETS[0]), periods=year[-1:], today=TODAY)
    with django_assert_num_queries(6):
        figures.table(many, Scope(DISTRICT), periods=year, today=TODAY)


@pytest.mark.parametrize(
    "day", [date(2006, 8, 21), date(2006, 9, 1), date(2007, 1, 2), date(2006, 5, 5), date(2005, 2, 1)]
)
def test_the_running_month_follows_the_business_date(rolled, day):
    rollup.merge_all(EVERYWHERE, day)
    assert Upto.objects.get().day == day
    assert rollup.verify(EVERYWHERE, day) == []
    assert max(Rollup.objects.values_list("month", flat=True)) == day.replace(day=1)


def test_a_merge_that_fails_leaves_everything_pending(rolled, monkeypatch):
    Resident.objects.filter(region=COMMUNITIES[0]).soft_delete()
    calls = []

    def failing(*args, count=rollup._count_again):
        count(*args)
        calls.append(args)
        if len(calls) == 5:
            raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(rollup, "_count_again", failing)
        with pytest.raises(RuntimeError):
            rollup.merge_all(EVERYWHERE, TODAY)
    assert rollup.pending(EVERYWHERE) == [COMMUNITIES[0]]
    rollup.merge_all(EVERYWHERE, TODAY)
    assert rollup.verify(EVERYWHERE, TODAY) == []


def test_a_changed_declaration_is_counted_anew(rolled, monkeypatch):
    Rollup.objects.filter(tally="residents").delete()
    Rollup.objects.create(
        tally="gone", level=5, region=COMMUNITIES[0], month=TODAY, dimension="", key="", value=1
    )
    monkeypatch.setattr(rollup, "declared", lambda: "another")
    rollup.merge_all(EVERYWHERE, TODAY)
    assert rollup.verify(EVERYWHERE, TODAY) == []
    assert not Rollup.objects.filter(tally="gone").exists()
