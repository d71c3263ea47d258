"""The files of loans: what a bank says was repaid, and the book of loans that ran before."""

from __future__ import annotations

import csv
import io
from datetime import date

import case_world as world
import money_world
import pytest
from ledger_world import id_number
from test_import_pages import batch_of, go

from qiao.core.accounts.rights import Role
from qiao.core.batches.models import ImportBatch
from qiao.core.regions.models import Region
from qiao.services.loans.models import Bank, Entry, Fund, Loan, Repayment
from qiao.services.loans.money.claiming import claim
from qiao.services.loans.money.repaying import repay, reverse

pytestmark = pytest.mark.django_db
HEAD = ["流水号", "借款合同号", "借款人", "还款日期", "还款金额"]
MONTHLY = {"repaid_by": "equal_instalment", "counted": "PERIOD", "every_months": 1, "settled_day": 0}


def book(*rows: list, head: list[str] = HEAD, total: object = "sum", encoding: str = "gb18030") -> bytes:
    out = io.StringIO()
    place = head.index("还款金额") if "还款金额" in head else 0
    lines = [["石门信用社还款清单"], head, *rows]
    if total is not None:
        said = sum(float(row[place]) for row in rows) if total == "sum" else total
        lines.append(["合计", *[""] * (place - 1), said])
    csv.writer(out).writerows(lines)
    return out.getvalue().encode(encoding)


@pytest.fixture
def clerks(district, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return [world.browser(world.appoint(f"loans{n}", Role.LOAN_SECTION, world.DISTRICT)) for n in (1, 2)]


@pytest.fixture
def clerk(clerks):
    return clerks[0]


def checked(client, data: bytes, kind: str = "repayments", name: str = "还款.csv") -> ImportBatch:
    return batch_of(go(client, data, region=world.DISTRICT, kind=kind, name=name))


def taken(client, data: bytes, **kwargs) -> ImportBatch:
    batch = checked(client, data, **kwargs)
    return batch_of(client.post(f"/import/{batch.pk}/merge", follow=True))


def said(batch: ImportBatch, number: int) -> set[str]:
    rows = batch.rows.filter(number=number)
    return {note["code"] for row in rows for note in row.notes}


def paid(loan: Loan, fen: int, serial: str, on: str = "2006-03-20") -> list:
    return [serial, loan.number, loan.resident.name, on, f"{fen / 100:.2f}"]


def test_a_file_is_shown_first_and_books_each_row_once_in_whatever_order(clerk, district):
    loans = [district.lent() for _ in range(3)]
    rows = [paid(loan, 16_00, f"A{n}") for n, loan in enumerate(loans)]
    batch = checked(clerk, book(*rows))
    assert (batch.counts["ready"], Repayment.objects.count()) == (3, 0)
    clerk.post(f"/import/{batch.pk}/merge")
    assert sorted(Repayment.objects.values_list("loan", "amount_fen", "value_on")) == [
        (loan.pk, 16_00, date(2006, 3, 20)) for loan in loans
    ]
    again = taken(clerk, book(*reversed(rows), encoding="utf-8"))
    assert (again.counts["act_same"], Repayment.objects.count()) == (3, 3)
    assert Entry.objects.filter(kind="repay", made_by__username="loans1").count() == 3


def test_rows_without_serial_numbers_are_known_again_by_what_they_say(clerk, district):
    head, loan = HEAD[1:], district.lent(**MONTHLY)
    rows = [paid(loan, 100_00, "", "2006-04-17")[1:] for _ in range(2)]
    taken(clerk, book(*rows, head=head))
    taken(clerk, book(*rows, head=head))
    assert Repayment.objects.count() == 2
    taken(clerk, book(*rows, rows[0], head=head))
    assert Repayment.objects.count() == 3


@pytest.mark.parametrize("total", [47.99, "48.10元"])
def test_a_wrong_total_books_nothing_of_the_file(clerk, district, total):
    rows = [paid(district.lent(), 16_00, f"A{n}") for n in range(3)]
    batch = taken(clerk, book(*rows, total=total))
    assert (batch.counts["error"], Repayment.objects.count()) == (3, 0)
    assert said(batch, 3) == {"total_differs"}


def test_a_file_cut_short_waits_for_somebody_who_compares(clerk, district):
    rows = [paid(district.lent(), 16_00, f"A{n}") for n in range(3)]
    batch = taken(clerk, book(*rows, total=None))
    assert (batch.counts["confirm"], Repayment.objects.count()) == (3, 0)
    clerk.post(f"/import/{batch.pk}/decide", {"action": "accept_all", "code": "total_missing"})
    clerk.post(f"/import/{batch.pk}/merge")
    assert Repayment.objects.count() == 3


def test_each_row_that_cannot_be_booked_says_why_and_the_others_go_in(clerk, district):
    loan, late, other = district.lent(), district.lent(), district.lent()
    other.bank = Bank.objects.create(name="石门信用社", region_id=world.DISTRICT)
    other.save()
    rows = [
        paid(loan, 16_00, "A1"),
        paid(late, 99_999_00, "A2"),
        ["A3", "2006-无", "刘桂芳", "2006-03-20", "5.00"],
        paid(other, 16_00, "A4"),
        paid(late, 16_00, "A5", "2006-03-14"),
        paid(late, 16_00, "A6", "2006-09-01"),
        ["A7", late.number, "别人", "2006-03-20", "16.00"],
        paid(loan, 1_00, "A1"),
    ]
    batch = taken(clerk, book(*rows))
    codes = [said(batch, number) for number in range(3, 11)]
    assert codes == [
        set(),
        {"refused"},
        {"loan_unknown"},
        {"loan_of_other_bank"},
        {"refused"},
        {"refused"},
        {"borrower_differs"},
        {"payment_again"},
    ]
    assert list(Repayment.objects.values_list("loan", "amount_fen")) == [(loan.pk, 16_00)]
    page = clerk.get(f"/import/{batch.pk}/?status=error").content.decode()
    assert "are more than is owed" in page
    assert clerk.get(f"/import/{batch.pk}/errors.xlsx").status_code == 200


def test_a_negative_amount_is_no_repayment(clerk, district):
    loan = district.lent()
    batch = taken(
        clerk, book(paid(loan, 16_00, "A1"), ["A2", loan.number, "", "2006-03-20", "-16.00"], total="0")
    )
    assert Repayment.objects.count() == 0
    assert said(batch, 4) & {"amount_not_positive", "money_unreadable"}


def test_a_serial_number_booked_for_something_else_or_reversed_is_told(clerk, district):
    loan = district.lent()
    taken(clerk, book(paid(loan, 10_00, "A1")))
    batch = taken(clerk, book(paid(loan, 16_00, "A1")))
    assert said(batch, 3) == {"payment_differs"}
    reverse(Repayment.objects.get().pk, district.booked(), "wrong loan")
    batch = taken(clerk, book(paid(loan, 10_00, "A1")))
    assert said(batch, 3) == {"payment_reversed"}


def test_a_file_books_what_its_rows_one_by_one_would(clerk, district):
    """Several payments of one loan in a file, out of order, overdue, early, with a claim, to the last fen."""

    def story() -> list[Loan]:
        made = [
            district.lent(months=12, **terms)
            for terms in (MONTHLY, {"repaid_by": "equal_principal"}, MONTHLY)
        ]
        claim(made[1].pk, date(2006, 6, 1), district.booked(date(2006, 6, 1)))
        return made

    days = [(date(2006, 5, 30), 900_00), (date(2006, 6, 20), 4_000_00), (date(2006, 7, 5), 3_000_00)]
    alone, filed = story(), story()
    for loan in alone:
        for day, fen in days:
            repay(loan.pk, fen, day, district.booked(date(2006, 8, 31), checked=False))
    rows = [
        paid(loan, fen, f"{loan.pk}-{day}", day.isoformat()) for loan in filed for day, fen in reversed(days)
    ]
    batch = taken(clerk, book(*rows))
    assert batch.counts["ready"] == 9
    for one, other in zip(alone, filed, strict=True):
        one.refresh_from_db(), other.refresh_from_db()
        assert money_world.rows(one) == money_world.rows(other)
        for name in ("balance_fen", "guaranteed_fen", "oldest_unpaid", "period_start"):
            assert getattr(one, name) == getattr(other, name)
        spells = [list(loan.standings.order_by("pk").values_list("since", "until", "balance_fen", "oldest_unpaid"))
                  for loan in (one, other)]  # fmt: skip
        assert spells[0] == spells[1]
    assert alone[1].claims.get().recovered_fen == filed[1].claims.get().recovered_fen > 0
    for one in Repayment.objects.filter(loan=filed[0]).order_by("-pk"):
        reverse(one.pk, district.booked(), "undone")
    filed[0].refresh_from_db()
    assert filed[0].balance_fen == filed[0].amount_fen


def test_a_station_cannot_book_what_banks_report(clerks, district):
    station = world.browser(world.appoint("another", Role.STATION, world.HERE))
    assert "repayments" not in {one.code for one in station.get("/import/").context["importers"]}
    batch = checked(clerks[0], book(paid(district.lent(), 16_00, "A1")))
    assert station.get(f"/import/{batch.pk}/").status_code == 404


RUNNING = [
    "姓名",
    "身份证号",
    "社区",
    "合同号",
    "银行",
    "贷款金额",
    "期限（月）",
    "年利率",
    "放款日期",
    "还款方式",
]


def running(person, number: str, **given) -> list:
    values = {
        "amount": 20000,
        "months": 24,
        "rate": "5.49",
        "on": "2004-09-01",
        "how": "按季付息到期还本",
    } | given
    return [person.name, "", "阜康社区", number, "桥东农村信用社", *values.values()]


def lines(*rows: list) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([RUNNING, *rows])
    return out.getvalue().encode()


def test_loans_already_running_are_taken_over_by_two_people(clerks, district):
    people = [world.person(f"王秀{n}") for n in "英兰珍"]
    rows = [
        running(people[0], "旧-1"),
        running(people[1], "旧-2", how="按月等额本息", rate="5.76%"),
        running(people[2], "旧-3", how="", amount=10000),
    ]
    batch = checked(clerks[0], lines(*rows), kind="running-loans")
    assert batch.counts["ready"] == 3, [row.notes for row in batch.rows.all()]
    page = clerks[0].post(f"/import/{batch.pk}/merge", follow=True).content.decode()
    assert "Somebody else than who sent the file" in page
    assert not Loan.objects.exists()
    clerks[1].post(f"/import/{batch.pk}/merge")
    assert list(
        Loan.objects.order_by("number").values_list("amount_fen", "rate", "balance_fen", "repaid_by")
    ) == [
        (20_000_00, 54_900, 20_000_00, "interest_only_bullet"),
        (20_000_00, 57_600, 20_000_00, "equal_instalment"),
        (10_000_00, 54_900, 10_000_00, "interest_only_bullet"),
    ]
    assert Fund.objects.get().liability_fen == 50_000_00
    entry = Entry.objects.filter(kind="lend").first()
    assert (entry.made_by.username, entry.checked_by.username) == ("loans1", "loans2")
    assert (entry.booked_on, entry.value_on) == (world.TODAY, date(2004, 9, 1))
    again = checked(clerks[0], lines(*rows), kind="running-loans")
    assert again.counts["act_same"] == 3
    page = clerks[1].post(f"/import/{batch.pk}/undo", follow=True).content.decode()
    assert "not taken back as a whole" in page


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        ({"rate": "0.0549"}, "rate_unreadable", "Write 5.76"),
        ({"rate": "549"}, "rate_unreadable", "Write 5.76"),
        ({"rate": "0.06"}, "rate_unreadable", "Write 5.76"),
        ({"amount": 20001}, "refused", "above the highest loan"),
        ({"on": "2002-05-01"}, "refused", "was not in force yet"),
        ({"on": "2006-09-30"}, "", ""),
    ],
)
def test_a_loan_no_policy_knew_is_not_taken_over(clerk, district, given, code, words):
    batch = checked(clerk, lines(running(world.person("王秀英"), "旧-1", **given)), kind="running-loans")
    assert not batch.counts.get("ready")
    if code:
        assert code in said(batch, 2)
        assert words in clerk.get(f"/import/{batch.pk}/?status=error").content.decode()


def test_nobody_borrows_twice_nor_in_two_districts(clerk, district):
    Region.objects.create(code=130104000000, name="桥西区", level=3)
    Region.objects.create(code=130104001001, name="西里社区", level=5)
    number = id_number("19620305", 2)
    there, elsewhere = (
        world.person("王秀英", region, id_number=number) for region in (world.HERE, 130104001001)
    )
    loan = district.lent()
    Loan.objects.filter(pk=loan.pk).update(resident=elsewhere, region=elsewhere.region_id)
    batch = checked(clerk, lines(running(there, "旧-1")), kind="running-loans")
    assert said(batch, 2) == {"refused"}
    assert "桥西区" in clerk.get(f"/import/{batch.pk}/?status=error").content.decode()
    twice = world.person("王秀兰")
    batch = checked(
        clerk, lines(running(twice, "旧-2"), running(twice, "旧-3", on="2005-09-01")), kind="running-loans"
    )
    assert (said(batch, 2), said(batch, 3)) == (set(), {"loan_owed"})
