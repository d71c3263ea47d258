"""The close of a day: once, in order, missed days as single ones; and a journal that nobody rewrites."""

from __future__ import annotations

from datetime import date, timedelta

import case_world as world
import pytest
from django.db import DatabaseError, connection, transaction

from qiao.core.accounts.scope import Scope
from qiao.core.procedures.refusal import Refused
from qiao.core.records import binding
from qiao.services.loans.models import Bank, ClassChange, ClosedDay, ClosedMonth, Entry, Line, Loan
from qiao.services.loans.money import closing, guarantee
from qiao.services.loans.money.booking import Booked
from qiao.services.loans.money.repaying import repay, reverse

DAY = timedelta(1)
EQUAL = {"repaid_by": "equal_principal", "counted": "ACT/360", "every_months": 1, "settled_day": 0}


def told():
    """Everything a close writes, without numbers and moments of rows."""
    days = [
        (one.day, one.entries, one.total_fen, one.loans, one.balance_fen, one.overdue_fen, one.due_fen,
         one.accrued_fen, one.classes)
        for one in ClosedDay.objects.order_by("day")
    ]  # fmt: skip
    changes = list(
        ClassChange.objects.order_by("on", "loan").values_list(
            "on", "loan__number", "before", "after", "days_overdue"
        )
    )
    loans = list(Loan.objects.order_by("pk").values_list("loan_class", "period_start", "oldest_unpaid"))
    months = list(ClosedMonth.objects.order_by("month").values_list("month", flat=True))
    return days, changes, loans, months, list(Bank.objects.values_list("stopped_on", flat=True))


@pytest.fixture
def three(district):
    district.now(date(2006, 3, 16))
    return district, [district.lent(**EQUAL), district.lent(), district.lent(**EQUAL, months=6)]


def test_forty_missed_days_are_forty_single_ones(three):
    district, _ = three
    first = date(2006, 3, 16)

    def story(single: bool):
        with transaction.atomic():
            for number in range(40):
                district.now(first + (number + 1) * DAY)
                if single:
                    closing.close(world.DISTRICT)
            if not single:
                closing.close_day(world.DISTRICT, first)
                closing.close(world.DISTRICT)
            made = told()
            transaction.set_rollback(True)
        return made

    single, together = story(True), story(False)
    assert len(single[0]) == 40
    assert single == together
    assert single[1], "no class ever changed"


def test_a_second_close_changes_nothing(three):
    district, _ = three
    district.now(date(2006, 5, 1))
    closing.close(world.DISTRICT, date(2006, 4, 30))
    before, heads = told(), list(ClosedDay.objects.values_list("pk", "head"))
    assert closing.close(world.DISTRICT, date(2006, 4, 30)) == []
    assert closing.close_day(world.DISTRICT, date(2006, 4, 30)).pk == heads[-1][0]
    assert told() == before
    with pytest.raises(Refused, match="not over yet"):
        closing.close(world.DISTRICT, date(2006, 5, 1))


def test_days_missed_see_the_loan_as_it_was_then(three):
    district, loans = three
    first = date(2006, 3, 16)
    paid_on = date(2006, 4, 25)
    with transaction.atomic():
        for number in range(60):
            day = first + number * DAY
            district.now(day + DAY)
            if day == paid_on:
                district.repaid(loans[0], 1_500_00, paid_on)
            closing.close(world.DISTRICT, day)
        single = told()
        transaction.set_rollback(True)
    district.now(first + 60 * DAY)
    repay(loans[0].pk, 1_500_00, paid_on, Booked("k", paid_on, district.clerk))
    closing.close_day(world.DISTRICT, first)
    closing.close(world.DISTRICT, first + 59 * DAY)
    together = told()
    assert [one[:5] for one in together[0]] == [one[:5] for one in single[0]]
    assert together[1] == single[1]
    assert together[2] == single[2]


def test_classes_follow_the_days_and_a_bank_at_its_line_stops(three):
    district, loans = three
    for day, expected in (
        (date(2006, 4, 17), 0),
        (date(2006, 4, 18), 1),
        (date(2006, 7, 16), 1),
        (date(2006, 7, 17), 2),
    ):
        district.now(day + DAY)
        closing.close_day(world.DISTRICT, day)
        loans[0].refresh_from_db()
        assert (day, loans[0].loan_class) == (day, expected)
    bank = Bank.objects.get()
    assert bank.stopped_on
    with pytest.raises(Refused, match="no new loans"):
        guarantee.reserve(district.applied(), 1_00, date(2006, 7, 18))


def test_nothing_is_booked_into_a_closed_day_but_counts_for_it(three):
    district, loans = three
    district.now(date(2006, 5, 3))
    closing.close_day(world.DISTRICT, date(2006, 4, 30))
    assert ClosedMonth.objects.get().month == date(2006, 4, 1)
    with pytest.raises(Refused, match="closed"):
        repay(loans[1].pk, 16_00, date(2006, 4, 28), Booked("k", date(2006, 4, 28), district.clerk))
    made = repay(loans[1].pk, 16_00, date(2006, 3, 20), Booked("k", date(2006, 5, 2), district.clerk))
    assert (made.entry.booked_on, made.value_on) == (date(2006, 5, 2), date(2006, 3, 20))
    assert made.penalty_fen == made.compound_fen == 0
    entry = reverse(made.pk, Booked("r", date(2006, 5, 2), district.clerk, district.centre), "other loan")
    assert entry.booked_on == date(2006, 5, 2)


def test_the_chain_tells_what_was_changed_behind_its_back(three):
    district, loans = three
    district.now(date(2006, 3, 22))
    repay(loans[1].pk, 16_00, date(2006, 3, 20), Booked("k", date(2006, 3, 20), district.clerk))
    closing.close_day(world.DISTRICT, date(2006, 3, 19))
    closing.close(world.DISTRICT)
    assert closing.broken(world.DISTRICT) is None
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE loans_line DISABLE TRIGGER USER")
        cursor.execute("UPDATE loans_line SET fen = fen + 1 WHERE credit = 'interest'")
        cursor.execute("ALTER TABLE loans_line ENABLE TRIGGER USER")
    assert closing.broken(world.DISTRICT) == date(2006, 3, 20)


ATTACKS = [
    "UPDATE loans_entry SET total_fen = total_fen + 1",
    "UPDATE loans_line SET fen = fen + 1",
    "DELETE FROM loans_line",
    "DELETE FROM loans_entry",
    "TRUNCATE loans_line",
    "TRUNCATE loans_entry CASCADE",
    "UPDATE loans_closedday SET head = ''",
    "DELETE FROM loans_closedmonth",
]


@pytest.mark.parametrize("sql", ATTACKS)
@pytest.mark.parametrize("role", ["app", "owner"])
def test_history_is_not_rewritten_by_sql(three, sql, role):
    district, _ = three
    district.now(date(2006, 5, 1))
    closing.close_day(world.DISTRICT, date(2006, 4, 30))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        if role == "app":
            binding.bind(Scope(world.DISTRICT))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql)
    assert Entry.objects.count() == 4


def test_an_entry_has_the_lines_it_says(three):
    entry = Entry.objects.first()
    late = Line(entry=entry, region_id=entry.region_id, debit="fund", credit="treasury", fen=1)
    with (
        pytest.raises(DatabaseError, match="lines it says"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        late.save()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    bare = Entry(region_id=world.DISTRICT, kind="repay", key="bare", booked_on=date(2006, 3, 16), value_on=date(2006, 3, 16),
                 line_count=1, total_fen=5)  # fmt: skip
    with (
        pytest.raises(DatabaseError, match="lines it says"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        bare.save()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_reviewer_only_worsens(three):
    district, loans = three
    Loan.objects.filter(pk=loans[0].pk).update(found_class=3, loan_class=3)
    district.now(date(2006, 3, 20))
    closing.close_day(world.DISTRICT, date(2006, 3, 19))
    loans[0].refresh_from_db()
    assert loans[0].loan_class == 3
    with pytest.raises(DatabaseError), transaction.atomic():
        Loan.objects.filter(pk=loans[0].pk).update(loan_class=1)
