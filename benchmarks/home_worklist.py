"""Server time of the home worklist at a million residents, for a station, a street office and a district.

    python benchmarks/home_worklist.py [--people 1000000] [--rounds 30] [--explain]

"worklist" is the one query over all duties with its parameters; "page" is the whole first page through
session, scope, policies, figures and templates. `QIAO_BENCH_URL` names the server.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import million
import server

ROLES = ("station", "office", "employment_section")
TARGET = 100

CASES = """
INSERT INTO people_hardshipcase (
    region_id, resident_id, category, ground, stage, stage_since, due_on, opened_on, closed_on, recognised_on,
    refusals, exit_reason, measures)
SELECT region_id, id, 'older_4050', '', stage, since, CASE stage
           WHEN 'assisted' THEN NULL WHEN 'exited' THEN NULL ELSE since + 9 + (id % 20)::int END,
       since - 30, CASE stage WHEN 'exited' THEN since END,
       CASE WHEN stage IN ('applied', 'community_checked', 'publicised', 'street_reviewed') THEN NULL
           ELSE since END,
       0, CASE stage WHEN 'exited' THEN 'stable_work' ELSE '' END, ''
FROM (
    SELECT id, region_id, date '2006-08-31' - (id % 200)::int AS since,
           (ARRAY['applied', 'community_checked', 'publicised', 'street_reviewed', 'recognised',
                  'assisted', 'assisted', 'assisted', 'employed_unstable',
                  'exited'])[1 + (id / 5 * 7 % 10)] AS stage
    FROM people_resident WHERE state = 'unemployed' AND id % 5 = 0
) drawn
"""

VISITS = """
INSERT INTO visits_visit (
    region_id, resident_id, target, way, outcome, situation, needs, note, visited_on, by_id)
SELECT region_id, id, 'person', 'door', CASE WHEN n = 3 THEN 'not_met' ELSE 'met' END, '', '{}', '',
       date '2006-08-31' - (id % 60)::int - 30 * n, %(by)s
FROM people_resident, generate_series(0, 3) n WHERE state = 'unemployed' AND id % 3 = 0
"""

HOMES = """
WITH homes AS (
    INSERT INTO people_household (region_id, number, address, business_income, note, head_id)
    SELECT region_id, 'H' || id, '', false, '', id FROM people_resident
    WHERE state = 'unemployed' AND id % 40 = 1
    RETURNING id, region_id
)
INSERT INTO people_zeroemploymentcase (
    region_id, household_id, stage, stage_since, due_on, opened_on, found_on, because, refusals, ending,
    measures)
SELECT region_id, id, (ARRAY['found', 'checked', 'publicised', 'recognised'])[1 + id % 4], date '2006-08-01',
       date '2006-08-10' + (id % 40)::int, date '2006-08-01', date '2006-08-01', '{}', 0, '', '' FROM homes
"""

PAIRS = """
INSERT INTO people_duplicatepair (
    region_id, resident_id, other_id, other_region_id, found, weight, verdict, note)
SELECT region_id, id, id + 1, region_id, 'sweep', 0.9,
       CASE WHEN id % 4 = 0 THEN 'open' ELSE 'different' END, ''
FROM people_resident r WHERE id % 100 = 0 AND EXISTS (SELECT FROM people_resident WHERE id = r.id + 1)
"""

ASKED = """
INSERT INTO people_willingnesschange (
    region_id, resident_id, what, reason, asked_by_id, asked_on, answer, answer_note)
SELECT region_id, id, 'unwilling', 'x', %(by)s, date '2006-08-01' + (id % 30)::int, 'open', ''
FROM people_resident WHERE id % 2000 = 0
"""

CONFIRMED = """
UPDATE people_resident SET verified_on = date '2006-08-31' - (id * 31 % 150)::int
WHERE state = 'unemployed' AND id % 4 <> 0
"""


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--people", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=30)
    options.add_argument("--explain", action="store_true", help="also print the plan of the office's query")
    given = options.parse_args()
    million.DATABASE = "qiao_bench_worklist"
    million.prepare(given.people)
    lay_work()
    report(given.rounds)
    if given.explain:
        explain()


def lay_work() -> None:
    """Cases, visits and proposals upon the residents, unless they stand already."""
    with server.connect(million.DATABASE) as database:
        if database.execute("SELECT EXISTS (SELECT FROM people_hardshipcase)").fetchone()[0]:
            return
        print("writing cases and visits …", file=sys.stderr)
        database.execute("SET session_replication_role = replica")
        by = database.execute("SELECT id FROM accounts_user ORDER BY id LIMIT 1").fetchone()[0]
        for statement in (CASES, VISITS, HOMES, PAIRS, ASKED, CONFIRMED):
            database.execute(statement.replace("%(by)s", str(by)))
        database.execute("VACUUM ANALYZE")


def report(rounds: int) -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from qiao.core.accounts.models import Appointment
    from qiao.core.calendars import clock
    from qiao.core.duties.declaration import Viewer
    from qiao.core.duties.worklist import worklist
    from qiao.core.records import binding
    from qiao.core.standards.seed import enter_first_values

    enter_first_values()
    clock.fix(clock.date(2006, 8, 31))
    print(f"{'scope':<20} {'part':<10} {'duties':>6} {'p50 ms':>8} {'p95 ms':>8} {'queries':>8} {'reach':>6}")
    for role in ROLES:
        post = Appointment.objects.select_related("region", "user").get(user__username=f"bench-{role}")
        viewer = Viewer(post, clock.today())
        client = Client(headers={"accept-language": "zh-hans"})
        client.force_login(post.user, backend="django.contrib.auth.backends.ModelBackend")
        binding.bind(viewer.scope)
        shown = len(worklist(viewer))
        with CaptureQueriesContext(connection) as queries:
            worklist(viewer)
        line(role, "worklist", shown, times(lambda: worklist(viewer), rounds), len(queries))  # noqa: B023
        binding.release()
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/").status_code == 200
        line(role, "page", shown, times(lambda: client.get("/"), rounds), len(queries))  # noqa: B023


def times(work: Callable[[], Any], rounds: int) -> list[float]:
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        found.append(1000 * (time.perf_counter() - start))
    return sorted(found)


def line(role: str, part: str, duties: int, taken: list[float], queries: int) -> None:
    p95 = taken[int(0.95 * (len(taken) - 1))]
    print(
        f"{role:<20} {part:<10} {duties:>6} {statistics.median(taken):>8.1f} {p95:>8.1f} {queries:>8} "
        f"{'met' if p95 < TARGET else 'MISSED':>6}"
    )


def explain() -> None:
    """The time of each branch of the office's query."""
    from django.db import connection

    from qiao.core.accounts.models import Appointment
    from qiao.core.calendars import clock
    from qiao.core.duties.declaration import Viewer, duties
    from qiao.core.duties.worklist import CAP, COLUMNS, View, colleagues, owed_rows
    from qiao.core.records import binding

    for role in ROLES:
        post = Appointment.objects.select_related("region", "user").get(user__username=f"bench-{role}")
        viewer = Viewer(post, clock.today())
        binding.bind(viewer.scope)
        for duty in duties():
            if duty.seen(viewer.role):
                rows = owed_rows(duty, viewer, View.MINE, colleagues(viewer, list(duty.owed_by)))
                sql, given = rows.values_list(*COLUMNS)[:CAP].query.sql_with_params()
                with connection.cursor() as cursor:
                    cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql}", given)
                    plan = [text for (text,) in cursor.fetchall()]
                took = plan[-1].split()[-2]
                print(f"{role:<20} {duty.code:<32} {took:>10} ms  planning {plan[-2].split()[-2]} ms")
                if float(took) > 15:
                    print("\n".join(plan))
        binding.release()


if __name__ == "__main__":
    main()
