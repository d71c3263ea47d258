"""The close of a day over many loans, made durable, and the rival that saves them one by one.

    python benchmarks/loan_close.py [--loans 1000000] [--rows 12] [--sample 2000]

A PostgreSQL of its own in a temporary folder, every commit forced to disk. A tenth of the loans is overdue; on the day
closed, one in twenty-eight falls due. The rival does the same close as programs do that know one loan at a time:
read its rows, find class and interest, save, commit; measured on a sample and extrapolated.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

import django

DISTRICT, DAY = 990101000000, date(2006, 8, 15)
ONE = timedelta(1)

LOANS = """
INSERT INTO loans_loan (id, region_id, number, resident_id, bank_id, amount_fen, rate, repaid_by, counted, every_months,
    settled_day, grace, share, penalty_percent, principal_first, subsidy, subsidy_share, borrower_rate, policy, lent_on,
    matures_on, ends_on, balance_fen, guaranteed_fen, oldest_unpaid, period_start, loan_class, found_because)
SELECT n, 990101001001 + n %% 59 * 1000, 'B' || n, n, 1, 2400000, 57600, 'equal_principal', 'ACT/360', 1, 0, 0, 100, 150,
    false, 'share', 100, 0, '', lent, (lent + interval '1 year')::date, (lent + interval '1 year')::date,
    2400000 - 200000 * paid, 0, (lent + make_interval(months => paid + 1))::date,
    (lent + make_interval(months => ran))::date, 0, ''
FROM (SELECT n, lent, ran, CASE WHEN n %% 10 = 0 THEN n / 10 %% ran ELSE ran END AS paid
      FROM (SELECT n, lent, extract(month FROM age(%(day)s - 1, lent))::int AS ran
            FROM (SELECT n, date '2006-01-01' + (n %% 28)::int AS lent FROM generate_series(1, %(loans)s) AS n) AS a) AS b) AS c
"""
ROWS = """
INSERT INTO loans_instalment (region_id, loan_id, number, since, due, principal_fen, interest_fen, paid_principal_fen,
    paid_interest_fen, on_time_fen, charged_to, settled_on, extended)
SELECT l.region_id, l.id, k, (lent_on + make_interval(months => k - 1))::date, due, 200000, 1000,
    CASE WHEN due < l.oldest_unpaid THEN 200000 ELSE 0 END, CASE WHEN due < l.oldest_unpaid THEN 1000 ELSE 0 END,
    CASE WHEN due < l.oldest_unpaid THEN 200000 ELSE 0 END, due, CASE WHEN due < l.oldest_unpaid THEN due END, false
FROM loans_loan AS l, LATERAL (
    SELECT k, (lent_on + make_interval(months => k))::date AS due FROM generate_series(1, %(rows)s) AS k) AS r
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    for name, default in (("loans", 1_000_000), ("rows", 12), ("sample", 2000)):
        options.add_argument(f"--{name}", type=int, default=default)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="qiao-bench-") as folder:
        os.environ.setdefault("QIAO_VAR", folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qiao.config.settings")
        from qiao.config.cluster import Cluster

        with Cluster(Path(folder) / "postgres") as cluster:
            os.environ["DATABASE_URL"] = cluster.start()
            django.setup()
            measure(given)


def measure(given: argparse.Namespace) -> None:
    from qiao.core.calendars import clock
    from qiao.services.loans.models import ClassChange
    from qiao.services.loans.money import closing

    lay(vars(given))
    clock.fix(DAY + ONE)
    print(f"{given.loans:,} loans x {given.rows} rows, load {os.getloadavg()[0]:.1f}")
    rival = one_by_one(given.sample) * given.loans / given.sample
    first = timed("first close: every class is found", lambda: closing.close_day(DISTRICT, DAY - ONE))
    daily = timed("close of the next day", lambda: closing.close_day(DISTRICT, DAY))
    changes = ClassChange.objects.count()
    timed("the same day again", lambda: closing.close_day(DISTRICT, DAY))
    assert ClassChange.objects.count() == changes
    print(f"{'one by one (extrapolated), s':<48} {rival:9.1f}")
    print(f"{'times faster: first close, next day':<48} {rival / first:9.0f} {rival / daily:.0f}  >= 200")


def lay(given: dict[str, int]) -> None:
    from django.core.management import call_command
    from django.db import connection

    from qiao.core.regions.models import Region

    call_command("migrate", verbosity=0)
    places = [DISTRICT, *(DISTRICT + 1001 + number * 1000 for number in range(59))]
    Region.objects.bulk_create(
        Region(code=code, name=str(code), level=3 if code == DISTRICT else 5) for code in places
    )
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(LOANS, given | {"day": DAY})
        cursor.execute(ROWS, given)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE")


def one_by_one(sample: int) -> float:
    """What a program does that reads each loan's rows, finds its class and interest, and saves it."""
    from qiao.engines.amortisation import class_of
    from qiao.services.loans.models import Loan

    begun = perf_counter()
    for loan in Loan.objects.order_by("pk")[:sample]:
        rows = list(loan.instalments.filter(retired=None).order_by("due"))
        oldest = next((row for row in rows if row.settled_on is None), None)
        loan.oldest_unpaid = oldest.due if oldest else None
        loan.loan_class = int(class_of(loan.days_overdue(DAY)))
        loan.period_start = max((row.due for row in rows if row.due <= DAY), default=loan.lent_on)
        loan.save()
    return perf_counter() - begun


def timed(what: str, work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    spent = perf_counter() - begun
    print(f"{what + ', s':<48} {spent:9.2f}  <= 10")
    return spent


if __name__ == "__main__":
    main()
