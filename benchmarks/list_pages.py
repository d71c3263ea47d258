"""Server time of list pages at a million residents: every tab and filter, first and deep page, per scope.

    python benchmarks/list_pages.py [--people 1000000] [--rounds 3]

Requests go through the whole site (session, scope, row level security, templates) in one process. The deep
page is the 10,000th of 25 rows, or the last where a list is shorter. `QIAO_BENCH_URL` names the server.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterator
from typing import Any

import million

SIZE, DEEP, TARGET = 25, 10_000, 60
FILTERS = (
    "", "sex=F", "education=junior", "education=illiterate", "kind=laid_off", "state=unemployed", "state=employed",
    "hukou_kind=other", "registered=1", "low_income=1", "able=0", "willing=0", "health=disabled", "party=probationary",
    "party=member&sex=F", "age_min=40&age_max=49", "age_min=58", "since_after=2006-08-01", "owner=",
    "education=illiterate&party=probationary", "q=小明", "q=wxm",
)  # fmt: skip
SORTS = ("name", "age", "state_since", "-state_since")
ROLES = ("station", "office", "employment_section")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--worst", type=int, default=0, help="also print so many of the slowest pages")
    given = options.parse_args()
    million.prepare(given.people)
    report(given.rounds, given.worst)


def report(rounds: int, worst: int) -> None:
    from django.db import connection

    connection.force_debug_cursor = False
    print(f"{'scope':<20} {'page':<8} {'lists':>5} {'p50 ms':>8} {'p95 ms':>8} {'max ms':>8} {'queries':>8}")
    every: list[tuple[float, str]] = []
    for role in ROLES:
        client, viewer = signed_in(role)
        for kind in ("first", "deep"):
            times, queries = [], 0
            for address in addresses(viewer, kind):
                taken = [measured(client, address) for _ in range(rounds)]
                times += taken
                every += [(one, f"{role} {address}") for one in taken]
                queries = max(queries, counted(client, address))
            line(role, kind, times, rounds, queries)
    line("all", "", [one for one, _ in every], rounds, 0)
    for taken, address in sorted(every, reverse=True)[:worst]:
        print(f"{taken:8.1f} ms  {address}")


def line(scope: str, page: str, times: list[float], rounds: int, queries: int) -> None:
    p95 = statistics.quantiles(times, n=20)[-1]
    verdict = "" if p95 < TARGET else f"  over {TARGET} ms"
    print(
        f"{scope:<20} {page:<8} {len(times) // rounds:>5} {statistics.median(times):>8.1f} {p95:>8.1f} "
        f"{max(times):>8.1f} {queries or '':>8}{verdict}"
    )


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
    queries += [f"tab={tab}&sort={sort}" for tab in ("all", "unemployed") for sort in SORTS]
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


def measured(client: Any, address: str) -> float:
    begun = time.perf_counter()
    response = client.get(address)
    taken = 1000 * (time.perf_counter() - begun)
    assert response.status_code == 200, (address, response.status_code)
    return taken


def counted(client: Any, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        client.get(address)
    return len(caught)


if __name__ == "__main__":
    main()
