"""Figures: one level of the tree x 12 months x 20 indicators, from the roll-up and from the facts.

Builds a city in a database of its own (1M residents, 5M spells, 500 communities), by generate_series:

    python benchmarks/figures.py [--residents 1000000] [--keep]

The database `qiao_bench_figures` on the same server is dropped at the end unless --keep is given; with --keep
a second run uses it again. The rows are laid without triggers and without the exclusion constraint of spells,
which no figure reads. The facts of the whole city are counted for fewer than
100,000 residents only.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date

import server

NAME = "qiao_bench_figures"
TODAY = date(2006, 8, 31)
DISTRICTS, STREETS, COMMUNITIES = 5, 10, 10
PLACE = (
    f"(130101000000 + ((n / {STREETS * COMMUNITIES}) % {DISTRICTS}) * 1000000::bigint"
    f" + ((n / {COMMUNITIES}) % {STREETS} + 1) * 1000 + n % {COMMUNITIES} + 1)"
)

REGIONS = f"""
INSERT INTO regions_region (code, name, level, kind, initials)
SELECT code, code::text, level, 'internal', '' FROM (
    SELECT 130000000000::bigint, 1 UNION SELECT 130100000000::bigint, 2
    UNION SELECT {PLACE} / 1000000 * 1000000, 3 FROM generate_series(0, 499) n
    UNION SELECT {PLACE} / 1000 * 1000, 4 FROM generate_series(0, 499) n
    UNION SELECT {PLACE}, 5 FROM generate_series(0, 499) n) AS t(code, level)
"""

RESIDENTS = f"""
INSERT INTO people_resident
    (id, region_id, name, id_kind, sex, birth_date, education, kind, hukou_kind, able, willing)
SELECT n, {PLACE}, 'x', 'unknown', CASE WHEN n % 2 = 0 THEN 'M' ELSE 'F' END,
       DATE '1940-01-01' + (n * 7919 % 18000)::int,
       (ARRAY['primary', 'junior', 'senior', 'college', ''])[1 + n * 31 % 5],
       (ARRAY['laid_off', 'new_entrant', 'rural_worker', 'other'])[1 + n * 17 % 4],
       (ARRAY['urban', 'urban', 'rural'])[1 + n * 13 % 3], n % 11 > 0, n % 7 > 0
FROM generate_series(1::bigint, %(residents)s) n
"""

SPELLS = f"""
INSERT INTO people_spell
    (region_id, resident_id, state, form, reason, since, counted_from, until, registered_on)
SELECT {PLACE}, n, state, CASE WHEN state = 'employed' THEN 'unit' ELSE '' END,
       CASE state WHEN 'employed' THEN '' WHEN 'unemployed' THEN 'laid_off' ELSE 'student' END,
       since, since, CASE WHEN k < 5 THEN since + 200 + (n * 37 % 60)::int END,
       CASE WHEN state = 'unemployed' AND n % 3 > 0 THEN since + 7 END
FROM (SELECT n, k, DATE '2003-07-01' + ((k - 1) * 260 + n * 101 % 40)::int AS since,
             (ARRAY['employed', 'unemployed', 'employed', 'not_in_labour_force'])[1 + (n + k) % 4] AS state
      FROM generate_series(1::bigint, %(residents)s) n, generate_series(1, 5) k) AS s
WHERE since <= DATE '2006-08-31'
"""

CASES = f"""
INSERT INTO people_hardshipcase
    (region_id, resident_id, category, stage, stage_since, opened_on, recognised_on, exited_on, exit_reason,
     closed_on)
SELECT {PLACE}, n, (ARRAY['older_4050', 'low_income', 'disabled'])[1 + n % 3], 'x', day, day, day + 20,
       CASE WHEN n % 4 = 0 THEN day + 200 END, CASE WHEN n % 4 = 0 THEN 'stable_work' ELSE '' END,
       CASE WHEN n % 4 = 0 THEN day + 200 END
FROM (SELECT n, DATE '2004-06-01' + (n * 53 % 600)::int AS day
      FROM generate_series(20::bigint, %(residents)s, 20) n) AS c
"""


def timed(work: Callable[[], object], times: int = 1) -> tuple[float, object]:
    """Median seconds, and the last result."""
    taken, result = [], None
    for _ in range(times):
        began = time.perf_counter()
        result = work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken), result


def merge_share(codes: list[int]) -> None:
    """In a worker process: its own connection."""
    import django

    django.setup()
    from qiao.core.indicators import rollup

    for place in range(0, len(codes), rollup.CHUNK):
        rollup.merge(codes[place : place + rollup.CHUNK], TODAY)


def build(residents: int) -> None:
    from django.core.management import call_command
    from django.db import connection

    from qiao.core.calendars import clock
    from qiao.core.indicators.models import Touched

    call_command("migrate", verbosity=0)
    clock.fix(TODAY)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("ALTER TABLE people_spell DROP CONSTRAINT spells_do_not_overlap")
        for step in (REGIONS, RESIDENTS, SPELLS, CASES):
            seconds, _ = timed(
                lambda step=step: cursor.execute(step.replace("%(residents)s", str(residents)))
            )
            print(f"  {step.split()[2]:<24}{cursor.rowcount:>10} rows {seconds:7.1f} s")
        cursor.execute("RESET session_replication_role")
        cursor.execute("SELECT setval('people_resident_id_seq', (SELECT max(id) FROM people_resident))")
        cursor.execute("VACUUM ANALYZE")
    Touched.objects.all().delete()


def fill() -> None:
    """The first filling: every community, on as many processes as there are cores."""
    from django.db import connections

    from qiao.core.accounts.scope import Scope
    from qiao.core.indicators import rollup
    from qiao.core.indicators.models import Rollup

    rollup.advance(TODAY)
    waiting = rollup.pending(Scope.everything())
    connections.close_all()
    cores = os.cpu_count() or 1
    with ProcessPoolExecutor(cores) as pool:
        seconds, _ = timed(
            lambda: list(pool.map(merge_share, [waiting[core::cores] for core in range(cores)]))
        )
    with connections["default"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE indicators_rollup")
    print(
        f"  first filling: {len(waiting)} communities, {Rollup.objects.count()} kept figures, {seconds:.0f} s"
    )


def measure(times: int) -> None:
    from qiao.core.accounts.scope import Scope
    from qiao.core.calendars.periods import Period
    from qiao.core.indicators import figures, registry, rollup
    from qiao.core.indicators.models import Touched
    from qiao.core.regions.models import Region
    from qiao.services.people.models import Resident, Spell

    city, street = Scope(130100000000), Scope(130101001000)
    year, every = Period.parse("2006-08").series(12), list(registry.indicators())
    print(f"\none level of the tree x {len(year)} months x {len(every)} indicators")
    print(f"{'scope':<28}{'figures':>9}{'roll-up ms':>12}{'facts ms':>12}{'ratio':>8}  equal")
    for label, scope, level in (
        ("city, 5 districts", city, None),
        ("district, 10 streets", Scope(130101000000), None),
        ("street, 10 communities", street, None),
        ("city, 500 communities", city, 5),
    ):
        kept, table = timed(lambda s=scope, n=level: figures.table(every, s, n, year, today=TODAY), times)
        if label.startswith("city") and Resident.objects.count() > 100_000:
            print(f"{label:<28}{len(table.regions()) * len(year) * len(every):>9}{kept * 1000:>12.0f}")
            continue
        slow, facts = timed(
            lambda s=scope, n=level: figures.table(every, s, n, year, today=TODAY, from_facts=True)
        )
        held = {place: value for place, value in table.cells.items() if value}
        print(
            f"{label:<28}{len(table.regions()) * len(year) * len(every):>9}"
            f"{kept * 1000:>12.0f}{slow * 1000:>12.0f}"
            f"{slow / kept:>8.0f}  {held == facts.cells}"
        )
    broken = [one for one in every if one.dimension("age")]
    aged, _ = timed(lambda: figures.table(broken, city, None, year, "age", today=TODAY), times)
    print(f"{'city, by age band':<28}{'':>9}{aged * 1000:>12.0f}")

    print("\nmerge of pending changes (edits in so many communities, then one merge)")
    codes = list(Region.objects.under(130101000000).filter(level=5).values_list("code", flat=True))
    for many in (1, 4, 20):
        chosen = (
            Spell.objects.filter(region__in=codes[:many], until=None)
            .order_by("id")
            .values_list("id", flat=True)
        )
        edit, _ = timed(
            lambda ids=list(chosen[:200]): Spell.objects.filter(id__in=ids).update(
                state="employed", form="self", reason="", registered_on=None
            )
        )
        Touched.objects.bulk_create(Touched(region=code, since=date(2006, 5, 1)) for code in codes[:many])
        seconds, _ = timed(lambda: rollup.merge_all(Scope.everything(), TODAY))
        print(
            f"  {many:>3} communities: edit of {len(chosen[:200])} spells {edit * 1000:6.0f} ms, "
            f"merge {seconds * 1000:8.0f} ms"
        )
    print(f"  differences to the facts of a street afterwards: {len(rollup.verify(street, TODAY))}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--residents", type=int, default=1_000_000)
    options.add_argument("--times", type=int, default=9)
    options.add_argument("--keep", action="store_true", help="keep the database for the next run")
    given = options.parse_args()
    new = server.use(NAME)
    with server.connect() as postgres:
        version = postgres.execute("SHOW server_version").fetchone()
    import django

    django.setup()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"PostgreSQL {version[0]}"
    )
    if new:
        build(given.residents)
    fill()
    measure(given.times)
    if not given.keep:
        from django.db import connections

        connections.close_all()
        server.drop(NAME)


if __name__ == "__main__":
    main()
