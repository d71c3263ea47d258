"""A district matched from the database, and the pages that show it: 10,000 people who seek work, 2,000 posts.

    python benchmarks/match_pages.py [--people 10000] [--posts 2000] [--rounds 60] [--runs 3]

The run goes from reading the records to the committed lists; pages go through the whole site in one process, for
a station and for the district, another person or post each time.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from datetime import date, timedelta

import django
import server

server.use("qiao_bench_pages")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from qiao.core.accounts.models import Appointment, User  # noqa: E402
from qiao.core.accounts.scope import Scope  # noqa: E402
from qiao.core.calendars import clock  # noqa: E402
from qiao.core.regions.codes import level_of  # noqa: E402
from qiao.core.regions.models import Region  # noqa: E402
from qiao.engines import matching as engine  # noqa: E402
from qiao.engines.occupations import tree  # noqa: E402
from qiao.engines.occupations.tree import OCCUPATION  # noqa: E402
from qiao.services.employers.models import Employer  # noqa: E402
from qiao.services.matching.rematch import rematch  # noqa: E402
from qiao.services.people.models import HardshipCase, Resident, Spell  # noqa: E402
from qiao.services.people.models.choices import Education  # noqa: E402
from qiao.services.vacancies.models import Post  # noqa: E402

TODAY, DISTRICT, SEED = date(2006, 8, 31), 130103000000, 7
RUN_REACH, PAGE_REACH = 1000, 80


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=10_000)
    options.add_argument("--posts", type=int, default=2_000)
    options.add_argument("--rounds", type=int, default=60)
    options.add_argument("--runs", type=int, default=3)
    given = options.parse_args()
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        lay(given.people, given.posts)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE people_resident, people_spell, people_hardshipcase, vacancies_post")
        engine.warm()
        rematch(DISTRICT, TODAY)
        taken = []
        for _ in range(given.runs):
            began, cpu = time.perf_counter(), time.process_time()
            run = rematch(DISTRICT, TODAY)
            taken.append((1000 * (time.perf_counter() - began), 1000 * (time.process_time() - cpu)))
        wall, own = min(taken)
        print(f"{given.people} people x {given.posts} posts, {run.figures['pairs']} feasible pairs")
        print(f"{'work':<34} {'p50 ms':>8} {'p95 ms':>8} {'cpu p95':>8} {'reach':>6}")
        print(f"{'district matched, kept, explained':<34} {wall:>8.0f} {'':>8} {own:>8.0f} {RUN_REACH:>6}")
        pages(given.rounds)
        transaction.set_rollback(True)


def lay(people: int, posts: int) -> None:
    chance = random.Random(SEED)
    streets = [DISTRICT + 1000 * one for one in range(1, 11)]
    homes = [street + one for street in streets for one in range(1, 7)]
    for code in (DISTRICT, *streets, *homes):
        Region.objects.get_or_create(code=code, defaults={"name": str(code), "level": level_of(code)})
    clock.fix(TODAY)
    works = [one.code for one in tree().level(OCCUPATION)]
    wished = chance.sample(works, 120)
    levels = Education.values[:7]
    made = Resident.objects.bulk_create(
        Resident(
            name=f"{number:05d}", region_id=chance.choice(homes), id_kind="unknown", willing=True,
            sex=chance.choice("MF"), birth_date=TODAY - timedelta(days=chance.randint(18 * 365, 58 * 365)),
            education=chance.choice(levels), wish_occupation_code=chance.choice(wished),
            wish_pay_fen=chance.choice([None, 60000, 70000, 80000, 100000]),
            wish_distance_m=chance.choice([None, 1000, 2000, 2000, 3000, 5000]),
        )
        for number in range(people)
    )  # fmt: skip
    since = date(2006, 1, 1)
    Spell.objects.bulk_create(
        Spell(
            resident=one, region_id=one.region_id, state="unemployed", since=since, counted_from=since
        )
        for one in made
    )  # fmt: skip
    HardshipCase.objects.bulk_create(
        HardshipCase(
            resident=one, region_id=one.region_id, category="older_4050", recognised_on=since, stage="assisted",
            stage_since=since, opened_on=since,
        )
        for one in made[::5]
    )  # fmt: skip
    firms = Employer.objects.bulk_create(
        Employer(region_id=chance.choice(homes), name=f"firm {number}")
        for number in range(max(1, posts // 5))
    )
    Post.objects.bulk_create(
        Post(
            employer=chance.choice(firms), region_id=chance.choice(homes), title=f"post {number}",
            occupation_code=chance.choice(wished), opened_on=since, state="published", published_on=since,
            openings=chance.choice([1, 1, 2, 3, 5]), pay_from_fen=chance.randint(5, 15) * 10000, pay_unit="month",
            education=chance.choice(["", "", "junior", "senior"]), age_to=chance.choice([None, None, 45, 50]),
        )
        for number in range(posts)
    )  # fmt: skip


def pages(rounds: int) -> None:
    station = Resident.objects.order_by("id").values_list("region", flat=True)[0]
    posts = list(Post.objects.order_by("?").values_list("pk", flat=True)[:rounds])
    for role, scope in (("station", Scope(station)), ("employment_section", Scope(DISTRICT))):
        client = signed_in(role, scope.code)
        people = list(Resident.objects.within(scope).order_by("?").values_list("pk", flat=True)[:rounds])
        measured(f"person, {role}", client, [f"/matching/people/{one}/" for one in people])
        measured(f"post, {role}", client, [f"/matching/posts/{one}/" for one in posts])


def signed_in(role: str, region: int) -> Client:
    user = User.objects.create(username=f"bench-{role}", name=role)
    Appointment.objects.create(user=user, role=role, region_id=region, since=date(2000, 1, 1))
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def measured(what: str, client: Client, addresses: list[str]) -> None:
    for address in addresses[:2]:
        assert client.get(address).status_code == 200
    walls, cpus = [], []
    for address in addresses:
        began, cpu = time.perf_counter(), time.process_time()
        assert client.get(address).status_code == 200
        walls.append(1000 * (time.perf_counter() - began))
        cpus.append(1000 * (time.process_time() - cpu))
    p95 = [statistics.quantiles(one, n=20)[-1] for one in (walls, cpus)]
    print(
        f"{what:<34} {statistics.median(walls):>8.1f} {p95[0]:>8.1f} {p95[1]:>8.1f} {PAGE_REACH:>6}",
        flush=True,
    )


if __name__ == "__main__":
    main()
