"""A city of invented residents in a database of its own, for the benchmarks of lists and search.

Ten districts of unlike size (the largest has 30 people in 100), ten streets each, 62 communities a district.
Names, statuses, ages and education follow plausible shares; every value is drawn in SQL from a fixed seed.
"""

from __future__ import annotations

import random
import sys
from typing import Any

import psycopg
import server

DATABASE = "qiao_bench_lists"
CITY = 130100000000
SHARES = (30, 12, 10, 9, 8, 8, 7, 6, 5, 5)
STREETS, COMMUNITIES = 10, 62
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂红梅华建国志文玉春淑珍小海永俊新宁晶晨雪宏立东山子"

PEOPLE = """
INSERT INTO people_resident (
    region_id, name, name_sort, search_keys, sex, birth_date, birth_precision, id_kind, id_cipher, id_hash,
    education, kind, hukou_kind, marital, party, health, phone, address, low_income, able, willing, owner_id,
    state, state_since, registered, extras)
SELECT
    place.code, name.name, name.sort, name.keys || tail.keys || ('t' || right(phone, 4)),
    CASE WHEN dice[1] < 0.52 THEN 'M' ELSE 'F' END, birth, 3, 'resident', %(cipher)s, sha256(n::text::bytea),
    (ARRAY['junior','junior','junior','senior','senior','vocational','secondary_technical','college','bachelor',
           'primary','postgraduate','illiterate'])[1 + floor(11.05 * dice[2])::int],
    (ARRAY['laid_off','laid_off','new_entrant','rural_worker','other','other'])[1 + floor(6 * dice[3])::int],
    CASE WHEN dice[4] < 0.8 THEN 'urban' WHEN dice[4] < 0.99 THEN 'rural' ELSE 'other' END,
    CASE WHEN dice[5] < 0.7 THEN 'married' WHEN dice[5] < 0.9 THEN 'single' WHEN dice[5] < 0.97 THEN 'divorced'
         ELSE 'widowed' END,
    CASE WHEN dice[6] < 0.85 THEN 'masses' WHEN dice[6] < 0.95 THEN 'member' WHEN dice[6] < 0.999 THEN 'league'
         ELSE 'probationary' END,
    CASE WHEN dice[7] < 0.9 THEN 'healthy' WHEN dice[7] < 0.97 THEN 'fair' WHEN dice[7] < 0.99 THEN 'chronic'
         ELSE 'disabled' END,
    phone, 'No. ' || n %% 90, dice[8] < 0.04, dice[8] < 0.95,
    CASE WHEN dice[8] < 0.8 THEN true WHEN dice[8] < 0.9 THEN false END,
    CASE WHEN dice[9] < 0.3 THEN %(owner)s::bigint END,
    state, CASE WHEN state = '' THEN NULL ELSE date '2006-08-31' - floor(power(dice[10], 2) * 1500)::int END,
    state = 'unemployed' AND dice[9] < 0.7, '{}'
FROM (
    SELECT n, dice, date '1946-01-01' + floor(dice[11] * 15000)::int AS birth,
           '139' || lpad(((n::bigint * 7919) %% 100000000)::text, 8, '0') AS phone,
           CASE WHEN dice[12] < 0.62 THEN 'employed' WHEN dice[12] < 0.77 THEN 'unemployed'
                WHEN dice[12] < 0.97 THEN 'not_in_labour_force' ELSE '' END AS state
    FROM (SELECT n, ARRAY(SELECT random() FROM generate_series(1, 14 + n %% 1)) AS dice
          FROM generate_series(1, %(people)s) n) drawn
) person
JOIN bench_place place ON place.low <= dice[13] AND dice[13] < place.high
JOIN bench_name name ON name.id = floor(dice[14] * %(names)s)::int
JOIN bench_tail tail ON tail.id = n %% %(tails)s
"""


def prepare(people: int) -> None:
    """Makes the database unless it stands with as many people, and points Django at it."""
    server.use(DATABASE)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    with server.connect(DATABASE) as database:
        stored = database.execute("SELECT count(*) FROM people_resident").fetchone()
        if stored and stored[0] == people:
            return
        print(f"writing {people:,} residents …", file=sys.stderr)
        fill(database, people)


def indexes(model: Any) -> list[Any]:
    """What is quicker made once the rows stand."""
    from django.db.models import UniqueConstraint

    unique = [one for one in model._meta.constraints if isinstance(one, UniqueConstraint)]
    return [*model._meta.indexes, *unique]


def fill(database: psycopg.Connection, people: int) -> None:
    from django.db import connection
    from django.db.models import UniqueConstraint

    from qiao.services.people.identity import cipher
    from qiao.services.people.models import Resident

    database.execute("SET session_replication_role = replica")
    database.execute("DROP TABLE IF EXISTS bench_place, bench_name, bench_tail")
    database.execute("TRUNCATE people_resident, accounts_appointment, accounts_user, regions_region CASCADE")
    places = lay_regions(database)
    owner = staff(database)
    names, tails = lay_names(database), lay_tails(database)
    for index in indexes(Resident):
        database.execute(f'DROP INDEX IF EXISTS "{index.name}"')
    database.execute("SELECT setseed(0.2006)")
    values = {"cipher": cipher.encrypt("130103196203050027"), "owner": owner, "people": people}
    database.execute(PEOPLE, {**values, "names": names, "tails": tails})
    database.execute("SET maintenance_work_mem = '256MB'")
    with connection.schema_editor() as editor:
        for index in indexes(Resident):
            (editor.add_constraint if isinstance(index, UniqueConstraint) else editor.add_index)(
                Resident, index
            )
    database.execute("DROP TABLE bench_place, bench_name, bench_tail")
    database.execute("VACUUM ANALYZE")
    assert places


def lay_regions(database: psycopg.Connection) -> int:
    """The tree, and beside it each community's share of the people as a slice of 0 to 1."""
    dice, rows, slices = random.Random(2006), [(CITY, "Bench city", 2)], []
    for number, share in enumerate(SHARES, 2):
        district = CITY + number * 10**6
        rows.append((district, f"District {number}", 3))
        rows += [
            (district + street * 1000, f"Street {number}-{street}", 4) for street in range(1, STREETS + 1)
        ]
        weights = [dice.uniform(0.4, 1.6) for _ in range(COMMUNITIES)]
        for place, weight in enumerate(weights):
            code = district + (1 + place % STREETS) * 1000 + 1 + place // STREETS
            rows.append((code, f"Community {number}-{place}", 5))
            slices.append((code, share * weight / sum(weights) / sum(SHARES)))
    with database.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO regions_region (code, name, level, kind, initials) VALUES (%s, %s, %s, 'statistical', '')",
            rows,
        )
        cursor.execute("CREATE TABLE bench_place (code bigint, low float8, high float8)")
        low = 0.0
        for code, width in slices:
            cursor.execute("INSERT INTO bench_place VALUES (%s, %s, %s)", [code, low, low + width])
            low += width
        cursor.execute("UPDATE bench_place SET high = 2 WHERE high = (SELECT max(high) FROM bench_place)")
    return len(slices)


def staff(database: psycopg.Connection) -> int:
    """A user for each level; the station's also owns people."""
    from qiao.core.accounts.models import Appointment, User

    places = {"station": CITY + 2001001, "office": CITY + 2001000, "employment_section": CITY + 2000000}
    owner = 0
    for role, code in places.items():
        user = User.objects.create(username=f"bench-{role}", name=role)
        Appointment.objects.create(user=user, role=role, region_id=code, since="2000-01-01")
        owner = owner or user.pk
    return owner


def lay_names(database: psycopg.Connection) -> int:
    from qiao.services.people.identity import keys

    dice = random.Random(2006)
    names = sorted(
        {
            SURNAMES[min(int(dice.expovariate(0.12)), len(SURNAMES) - 1)]
            + "".join(dice.choice(GIVEN) for _ in range(dice.choice((1, 2, 2))))
            for _ in range(60_000)
        }
    )
    database.execute("CREATE TABLE bench_name (id int PRIMARY KEY, name text, sort text, keys text[])")
    with database.cursor() as cursor, cursor.copy("COPY bench_name FROM STDIN") as copy:
        for number, name in enumerate(names):
            copy.write_row((number, name, keys.sort_key(name), keys.of(name)))
    return len(names)


def lay_tails(database: psycopg.Connection, number: int = 100_000) -> int:
    """Keys of the last six characters of identity numbers."""
    from qiao.services.people.identity import keys

    database.execute("CREATE TABLE bench_tail (id int PRIMARY KEY, keys text[])")
    with database.cursor() as cursor, cursor.copy("COPY bench_tail FROM STDIN") as copy:
        for tail in range(number):
            copy.write_row((tail, keys.id_keys(f"{tail * 10 % 1_000_000 + tail // 10_000:06d}")))
    return number
