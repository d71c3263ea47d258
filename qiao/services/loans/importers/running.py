"""The book of loans that ran before: taken over as the contracts say, by two people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.rights import Right
from qiao.core.batches.importer import WAITING_I, Importer, district_of, register, run
from qiao.core.batches.models import ImportBatch, ImportRow
from qiao.core.calendars.clock import today
from qiao.core.intake.vocabulary import Vocabulary
from qiao.services.loans.importers.books import declared, refuse, refuse_where
from qiao.services.loans.models import Bank, Loan
from qiao.services.loans.models.loan import HIGHEST_RATE, Counted, RepaidBy
from qiao.services.loans.money.lending import Contract
from qiao.services.loans.money.taking_over import Running, take_over, why_not
from qiao.services.people import api as people

MILLIONTHS = 10_000
LOWEST = Decimal("0.5")
BANK = """(SELECT max(b.id) FROM loans_bank AS b
    WHERE b.name = i.values->>'bank' AND b.district = %(district)s AND b.deleted_at IS NULL)"""
RHYTHM: dict[str, dict[str, Any]] = {
    RepaidBy.BULLET: {"every_months": 3, "settled_day": 20},
    RepaidBy.EQUAL_PRINCIPAL: {"every_months": 3, "settled_day": 20},
    RepaidBy.EQUAL_INSTALMENT: {"every_months": 1, "settled_day": 0, "counted": Counted.PERIOD},
}


def millionths(text: str) -> int | None:
    """A rate a year as a contract writes it, 5.76 or 5.76 %, in millionths; None for what cannot be one."""
    try:
        percent = Decimal(text.strip().rstrip("%\uff05").strip())
    except InvalidOperation:
        return None
    made = percent * MILLIONTHS
    return int(made) if percent >= LOWEST and made <= HIGHEST_RATE and made == int(made) else None


@register
class RunningLoans(Importer):
    code = "running-loans"
    name = _("Book of loans already running")
    ledger = "loans"
    about = "residents"
    model = Loan
    right = Right.REVIEW_LOANS
    checked = lasting = True
    columns: ClassVar = {
        "number": "number",
        "amount_fen": "amount",
        "repaid_by": "repaid_by",
        "lent_on": "lent_on",
    }
    match_on = ()
    labels: ClassVar = {
        "name": _("Name"),
        "sex": _("Sex"),
        "id_number": _("Identity number"),
        "community": _("Community"),
        "street": _("Street or town"),
        "bank": _("Bank"),
        "amount": _("Amount (yuan)"),
        "months": _("Term (months)"),
        "rate": _("Rate a year (%)"),
        "note": _("Note"),
    }

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return people.about_people(declared()["running"])

    def derive(self, values: dict[str, Any]) -> tuple[bytes | None, bytes | None]:
        values["_rate"] = millionths(str(values.get("rate") or ""))
        return people.derive(values)

    def classify(self, batch: ImportBatch) -> None:
        _keep_numbers(batch)
        people.find_people(batch, district_of(batch))
        _name_people(batch)
        refuse_where(batch, "link_unknown", "bank", f"{BANK} IS NULL", district=district_of(batch))
        for field in ("amount", "months", "lent_on", "number"):
            refuse_where(batch, "missing", field, f"COALESCE(i.values->>'{field}', '') = ''")
        refuse_where(batch, "rate_unreadable", "rate", "i.values->>'_rate' IS NULL")
        _know_again(batch)
        waiting = batch.rows.filter(status__in=WAITING, merged_at=None, act=ImportRow.Act.INSERT)
        found = list(_running(waiting))
        refuse({row: why for row, one in found if (why := why_not(one, today()))})

    def merge(self, batch: ImportBatch) -> None:
        rows = batch.rows.filter(status__in=ImportRow.MERGED, merged_at=None, act=ImportRow.Act.INSERT)
        running = [one for _row, one in _running(rows)]
        take_over(running, today(), batch.created_by, batch.merged_by, batch.pk)
        self.mark(batch)


WAITING = (ImportRow.Status.READY, ImportRow.Status.FIXED, ImportRow.Status.CONFIRM)


def _keep_numbers(batch: ImportBatch) -> None:
    """The number reserved for the loan; the place of it is taken by the borrower while people are looked for."""
    run(
        f"""
        UPDATE batches_importrow AS i SET values = i.values || jsonb_build_object('_number', i.target)
        WHERE i.batch_id = %(batch)s AND {WAITING_I} AND NOT i.values ? '_number'
        """,
        {"batch": batch.pk},
    )


def _name_people(batch: ImportBatch) -> None:
    run(
        f"""
        UPDATE batches_importrow AS i
        SET values = i.values || jsonb_build_object('_resident', i.target), act = 'insert',
            target = (i.values->>'_number')::bigint
        WHERE i.batch_id = %(batch)s AND {WAITING_I} AND i.act = 'update'
        """,
        {"batch": batch.pk},
    )


def _know_again(batch: ImportBatch) -> None:
    """A loan that stands already is the same or contradicts the row; who owes a loan gets no second one."""
    params = {"batch": batch.pk, "district": district_of(batch)}
    known = """FROM loans_loan AS l WHERE l.district = %(district)s AND l.deleted_at IS NULL
        AND l.number = i.values->>'number'"""
    same = """l.resident_id = (i.values->>'_resident')::bigint AND l.amount_fen = (i.values->>'amount')::bigint
        AND l.lent_on = (i.values->>'lent_on')::date AND l.rate = (i.values->>'_rate')::int"""
    refuse_where(
        batch,
        "loan_known",
        "number",
        f"EXISTS (SELECT {known} AND NOT ({same}))",
        district=district_of(batch),
    )
    run(
        f"""
        UPDATE batches_importrow AS i SET act = 'same', target = l.id {known}
          AND i.batch_id = %(batch)s AND {WAITING_I}
        """,
        params,
    )
    refuse_where(
        batch,
        "loan_owed",
        "number",
        """i.act = 'insert' AND (EXISTS (SELECT FROM loans_loan AS l
            WHERE l.resident_id = (i.values->>'_resident')::bigint AND l.deleted_at IS NULL AND l.balance_fen > 0)
        OR EXISTS (SELECT FROM batches_importrow AS o WHERE o.batch_id = i.batch_id AND o.merged_at IS NULL
            AND o.act = 'insert' AND o.status IN ('ready', 'fixed', 'confirm')
            AND o.values->>'_resident' = i.values->>'_resident'
            AND (o.values->>'lent_on', o.id) < (i.values->>'lent_on', i.id)))""",
    )


def _running(rows: Iterable[Any]) -> Iterator[tuple[int, Running]]:
    """Staged rows as loans to take over."""
    staged = list(rows.order_by("sheet", "number").values_list("pk", "values", "target"))  # type: ignore[attr-defined]
    residents = people.Resident.objects.in_bulk([row["_resident"] for _pk, row, _target in staged])
    banks = {bank.name: bank for bank in Bank.objects.all()}
    for pk, row, number in staged:
        resident = residents[row["_resident"]]
        repaid_by = RepaidBy(row.get("repaid_by") or RepaidBy.BULLET)
        contract = Contract(
            number=row["number"],
            fen=row["amount"],
            months=row["months"],
            rate=row["_rate"],
            on=date.fromisoformat(row["lent_on"]),
            repaid_by=repaid_by,
            **RHYTHM[repaid_by],
        )
        yield pk, Running(number, resident, banks[row["bank"]], contract)
