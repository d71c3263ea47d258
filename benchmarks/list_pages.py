"""Server time of list pages at a million residents: every tab and filter, first and deep page, per scope.

    python benchmarks/list_pages.py [--people 1000000] [--rounds 3]

Requests go through the whole site (session, scope, row level security, templates) in one process. The deep
page is the 10,000th of 25 rows, or the last where a list is shorter. `QIAO_BENCH_URL` names the server.
"cpu ms" is the processor time of a page, ours and the database's together: what a busy machine does not blur.
Queries leave out BEGIN, COMMIT and the two statements that bind the connection to the scope and release it.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import million

SIZE, DEEP, TARGET = 25, 10_000, 60
FILTERS = (
    "", "sex=F", "education=junior", "education=illiterate", "kind=laid_off", "state=unemployed",
    "state=employed", "hukou_kind=other", "registered=1", "low_income=1", "able=0", "willing=0",
    "health=disabled", "party=probationary", 
    "party=member&sex=F", "age_min=40&age_max=49", "age_min=58", "since_after=2006-08-01", "owner=",
    "education=illiterate&party=probationary", "q=小明", "q=wxm",
)  # fmt: skip
SORTS = ("name", "-name", "state_since", "-state_since")
ROLES = ("station", "office", "employment_section")


class Taken(NamedTuple):
    wall: float
    cpu: float
    address: str


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--worst", type=int, default=0, help="also print so many of the slowest pages")
    given = options.parse_args()
    million.prepare(given.people)
    report(given.rounds, given.worst)


def report(rounds: int, worst: int) -> None:
    heads = f"{'scope':<20} {'page':<6} {'lists':>5} {'p50 ms':>7} {'p95 ms':>7}"
    print(f"{heads} {'cpu p50':>8} {'cpu p95':>8} {'queries':>8}")
    every: list[Taken] = []
    for role in ROLES:
        client, viewer = signed_in(role)
        for kind in ("first", "deep"):
            asked = list(addresses(viewer, kind))
            client.get(asked[0])
            taken = [measured(client, address) for address in asked for _ in range(rounds)]
            queries = {counted(client, address) for address in asked[:: len(asked) // 8 or 1]}
            line(role, kind, taken, rounds, "-".join(map(str, sorted({min(queries), max(queries)}))))
            every += taken
    line("all", "", every, rounds, "")
    for one in sorted(every, key=lambda one: -one.cpu)[:worst]:
        print(f"{one.wall:8.1f} ms, cpu {one.cpu:6.1f} ms  {one.address}")


def line(scope: str, page: str, taken: list[Taken], rounds: int, queries: str) -> None:
    wall, cpu = ([getattr(one, name) for one in taken] for name in ("wall", "cpu"))
    print(
        f"{scope:<20} {page:<6} {len(taken) // rounds:>5} {statistics.median(wall):>7.1f} {p95(wall):>7.1f} "
        f"{statistics.median(cpu):>8.1f} {p95(cpu):>8.1f} {queries:>8}"
        f"{'' if p95(wall) < TARGET else f'  over {TARGET} ms'}",
        flush=True,
    )


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def signed_in(role: str) -> tuple[Any, Any]:
    from django.test import Client

    from qiao.core.accounts.models import Appointment, User
    from qiao.core.calendars import clock
    from qiao.core.ledgers.viewer import Viewer

    clock.fix(__import__("datetime").date(2006, 8, 31))
    user = User.objects.get(username=f"bench-{role}")
    appointment = Appointment.objects.get(user=user)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client, Viewer(user, appointment, appointment.scope, clock.today())


def addresses(viewer: Any, kind: str) -> Iterator[str]:
    from qiao.core.ledgers import registry

    queries = [f"tab={tab}&{one}" for tab in registry.get("residents").tabs for one in FILTERS]
    queries += [f"tab={tab}&sort={sort}" for tab in ("all", "unemployed", "long") for sort in SORTS]
    for query in queries:
        query = query.replace("owner=", f"owner={viewer.user.pk}")
        if kind == "first":
            yield f"/l/residents/?{query}"
        elif cursor := deep_cursor(viewer, query):
            yield f"/l/residents/?{query}&after={cursor}"


def deep_cursor(viewer: Any, query: str) -> str:
    """The cursor of the deep page, found by counting, off the clock; empty for a list of one page."""
    from django.http import QueryDict

    from qiao.core.ledgers import paging, registry
    from qiao.core.ledgers.listing import Listing

    listing = Listing(registry.get("residents"), viewer, QueryDict(query))
    field, sign = listing.order.sort.field, "-" if listing.order.descending else ""
    rows = listing.rows.filter(**{f"{field}__isnull": False}).order_by(f"{sign}{field}", f"{sign}id")
    place = min((DEEP - 1) * SIZE, rows.count() - SIZE) - 1
    if place < 0:
        return ""
    record = rows[place]
    return paging.Cursor(False, getattr(record, field), record.pk).written()


def measured(client: Any, address: str, target: str = "") -> Taken:
    """One request; with `target`, as htmx asks for that part of a page."""
    headers = {"HX-Request": "true", "HX-Target": target} if target else {}
    begun, spent = time.perf_counter(), spent_ms()
    response = client.get(address, headers=headers)
    wall, cpu = 1000 * (time.perf_counter() - begun), spent_ms() - spent
    assert response.status_code == 200, (address, response.status_code)
    return Taken(wall, cpu, address)


def spent_ms() -> float:
    """Processor time of this process and of its database session, where that runs on this machine."""
    from django.db import connection

    connection.ensure_connection()
    stat = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    database = int(stat.read_text().split()[0]) / 1e6 if stat.exists() else 0.0
    return 1000 * time.process_time() + database


def counted(client: Any, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        client.get(address)
    return sum(1 for one in caught if not one["sql"].startswith(("BEGIN", "COMMIT", "SELECT set_config")))


if __name__ == "__main__":
    main()
