"""What a bank says was repaid: booked row by row once the whole file is sound.

The bank's serial number makes a row the same payment for ever; where a file has none, the loan, the day, the amount and
the how manieth such row it is do. So the same file again, in whatever order, books nothing twice.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.rights import Right
from qiao.core.batches.importer import MERGEABLE, WAITING_I, Importer, district_of, register, run
from qiao.core.batches.models import ImportBatch, ImportRow
from qiao.core.calendars.clock import today
from qiao.core.intake.values.numbers import clean_money
from qiao.core.intake.vocabulary import Vocabulary
from qiao.services.loans.importers.books import declared, refuse, refuse_where
from qiao.services.loans.models import Repayment
from qiao.services.loans.money.repaying import repay_all, try_all
from qiao.services.loans.money.settling import Payment
from qiao.services.people import api as people

KEY = """CASE WHEN i.values ? 'serial' THEN 'paid-' || (i.values->>'_bank') || '-' || left(i.values->>'serial', 80)
    ELSE 'paid-' || (i.values->>'_loan') || '-' || (i.values->>'paid_on') || '-' || (i.values->>'amount') || '-' ||
        row_number() OVER (PARTITION BY i.values->>'_loan', i.values->>'paid_on', i.values->>'amount', i.values ? 'serial'
                           ORDER BY i.sheet, i.number) END"""


@register
class RepaymentImporter(Importer):
    code = "repayments"
    name = _("Repayments as the bank reports them")
    ledger = "repayments"
    about = "loans"
    model = Repayment
    right = Right.REVIEW_LOANS
    placed = False
    lasting = True
    columns: ClassVar = {}
    match_on = ()
    labels: ClassVar = {
        "serial": _("Serial number"),
        "number": _("Contract number"),
        "bank": _("Bank"),
        "borrower": _("Borrower"),
        "paid_on": _("Paid on"),
        "amount": _("Amount (yuan)"),
        "note": _("Note"),
    }

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return people.about_people(declared()["repayments"])

    def classify(self, batch: ImportBatch) -> None:
        _find_loans(batch)
        refuse_where(batch, "loan_unknown", "number", "NOT i.values ? '_loan'")
        refuse_where(
            batch, "amount_not_positive", "amount", "COALESCE((i.values->>'amount')::bigint, 0) <= 0"
        )
        refuse_where(batch, "date_needed", "paid_on", "COALESCE(i.values->>'paid_on', '') = ''")
        refuse_where(
            batch,
            "loan_of_other_bank",
            "number",
            """(i.values ? 'bank' AND i.values->>'bank' <> i.values->>'_bank_name') OR (NOT i.values ? 'bank'
            AND i.values->>'_bank' <> (SELECT mode() WITHIN GROUP (ORDER BY o.values->>'_bank')
                FROM batches_importrow AS o WHERE o.batch_id = i.batch_id AND o.values ? '_bank'))""",
        )
        _know_again(batch)
        _compare_totals(batch)
        waiting = batch.rows.filter(status__in=WAITING, merged_at=None, act=ImportRow.Act.INSERT)
        ids, payments = _payments(waiting)
        refuse({pk: why for pk, why in zip(ids, try_all(payments, today()), strict=True) if why})

    def merge(self, batch: ImportBatch) -> None:
        rows = batch.rows.filter(status__in=ImportRow.MERGED, merged_at=None, act=ImportRow.Act.INSERT)
        ids, payments = _payments(rows)
        said = repay_all(payments, today(), batch.merged_by or batch.created_by, batch.pk)
        refuse({pk: why for pk, why in zip(ids, said, strict=True) if why})
        self.mark(batch)

    def mark(self, batch: ImportBatch) -> None:
        """What counts equal rows of the file stays, so that one put right later gets the number it had."""
        run(
            f"""
            UPDATE batches_importrow SET merged_at = now(), cells = '[]', cipher = NULL, values = values - 'borrower'
            WHERE batch_id = %s AND {MERGEABLE}
            """,
            [batch.pk],
        )


WAITING = (ImportRow.Status.READY, ImportRow.Status.FIXED, ImportRow.Status.CONFIRM)


def _payments(rows: Any) -> tuple[list[int], list[Payment]]:
    found = rows.order_by("sheet", "number").values_list("pk", "values")
    ids = [pk for pk, _values in found]
    return ids, [
        Payment(row["_loan"], row["amount"], date.fromisoformat(row["paid_on"]), row["_key"])
        for _pk, row in found
    ]


def _find_loans(batch: ImportBatch) -> None:
    """Where the loan is, the row is; a name that is not the borrower's waits for somebody to look."""
    run(
        f"""
        UPDATE batches_importrow AS i
        SET values = i.values || jsonb_build_object('_loan', l.id, '_bank', l.bank_id, '_bank_name', b.name),
            region_id = l.region_id,
            status = CASE WHEN i.values->>'borrower' <> r.name THEN 'confirm' ELSE i.status END,
            notes = CASE WHEN i.values->>'borrower' <> r.name THEN i.notes || jsonb_build_array(jsonb_build_object(
                'code', 'borrower_differs', 'column', NULL, 'params', '{{}}'::jsonb)) ELSE i.notes END
        FROM loans_loan AS l JOIN loans_bank AS b ON b.id = l.bank_id JOIN people_resident AS r ON r.id = l.resident_id
        WHERE i.batch_id = %(batch)s AND {WAITING_I} AND l.district = %(district)s AND l.deleted_at IS NULL
          AND l.number = i.values->>'number' AND NOT i.values ? '_loan'
        """,
        {"batch": batch.pk, "district": district_of(batch)},
    )


def _know_again(batch: ImportBatch) -> None:
    """Gives rows their keys. A key that is booked makes the row one that is already so, or contradicts it."""
    params = {"batch": batch.pk}
    run(
        f"""
        UPDATE batches_importrow AS t SET values = t.values || jsonb_build_object('_key', n.key)
        FROM (SELECT i.id, {KEY} AS key FROM batches_importrow AS i
              WHERE i.batch_id = %(batch)s AND i.values ?& ARRAY['_loan', 'paid_on', 'amount']) AS n
        WHERE t.id = n.id AND t.merged_at IS NULL
        """,
        params,
    )
    refuse_where(
        batch,
        "payment_again",
        "serial",
        """EXISTS (SELECT FROM batches_importrow AS o WHERE o.batch_id = i.batch_id AND o.values->>'_key' = i.values->>'_key'
            AND (o.sheet, o.number) < (i.sheet, i.number))""",
    )
    run(
        f"""
        UPDATE batches_importrow AS i SET
            act = CASE WHEN booked.same THEN 'same' ELSE '' END,
            status = CASE WHEN booked.same THEN i.status ELSE 'error' END,
            target = booked.id,
            notes = CASE WHEN booked.same THEN i.notes ELSE i.notes || jsonb_build_array(jsonb_build_object(
                'code', booked.wrong, 'column', NULL, 'params', jsonb_build_object('value', i.values->>'serial'))) END
        FROM (
            SELECT w.id AS row, p.id, p.reversed_by_id IS NULL AND (p.loan_id, p.amount_fen, p.value_on)
                IS NOT DISTINCT FROM
                ((w.values->>'_loan')::bigint, (w.values->>'amount')::bigint, (w.values->>'paid_on')::date) AS same,
                CASE WHEN p.reversed_by_id IS NULL THEN 'payment_differs' ELSE 'payment_reversed' END AS wrong
            FROM batches_importrow AS w
            JOIN loans_entry AS e ON e.key = w.values->>'_key'
            LEFT JOIN loans_repayment AS p ON p.entry_id = e.id
            WHERE w.batch_id = %(batch)s
        ) AS booked
        WHERE i.id = booked.row AND {WAITING_I}
        """,
        params,
    )


def _compare_totals(batch: ImportBatch) -> None:
    """A line of totals that is not the sum of its sheet refuses the sheet whole; none at all makes its rows wait for
    somebody who has compared the sum."""
    sums = _sums(batch)
    for sheet, reading in enumerate(batch.readings):
        if not reading.get("chosen"):
            continue
        said = _said(batch, sheet, reading)
        found = sums.get(sheet, 0)
        if said is None:
            _note(batch, sheet, "confirm", "total_missing", 0, found)
        elif said != found:
            _note(batch, sheet, "error", "total_differs", said, found)


def _sums(batch: ImportBatch) -> dict[int, int]:
    sums: Counter[int] = Counter()
    for sheet, fen in batch.rows.filter(values__has_key="amount").values_list("sheet", "values__amount"):
        sums[sheet] += fen
    return sums


def _said(batch: ImportBatch, sheet: int, reading: dict[str, Any]) -> int | None:
    """The last line of totals of a sheet, in fen."""
    column = next((one for one in reading["columns"] if one["field"] == "amount"), None)
    lines = batch.rows.filter(sheet=sheet, status="skipped", notes__contains=[{"code": "skip_total"}])
    for cells in lines.order_by("-number").values_list("cells", flat=True):
        if column and column["index"] < len(cells) and cells[column["index"]]:
            fen, _notes = clean_money(cells[column["index"]], column.get("unit"))
            if fen is not None:
                return int(fen)
    return None


def _note(batch: ImportBatch, sheet: int, status: str, code: str, said: int, found: int) -> None:
    run(
        f"""
        UPDATE batches_importrow AS i SET status = '{status}', notes = i.notes || jsonb_build_array(jsonb_build_object(
            'code', '{code}', 'column', NULL, 'params', jsonb_build_object('said', %(said)s, 'found', %(found)s)))
        WHERE i.batch_id = %(batch)s AND i.sheet = %(sheet)s AND {WAITING_I} AND i.act = 'insert'
          AND NOT i.notes @> '[{{"code": "{code}"}}]'
        """,
        {"batch": batch.pk, "sheet": sheet, "said": f"{said / 100:,.2f}", "found": f"{found / 100:,.2f}"},
    )
