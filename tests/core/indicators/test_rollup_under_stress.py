"""Writers, merges and killed merges at once: afterwards the roll-up equals the facts."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.db import connection, transaction
from figure_world import COMMUNITIES, TODAY, lay_regions, populate, resident, spells

from qiao.core.accounts.scope import Scope
from qiao.core.calendars import clock
from qiao.core.indicators import rollup
from qiao.core.indicators.models import Touched
from qiao.services.people.models import Resident, Spell

pytestmark = pytest.mark.django_db(transaction=True)
EVERYWHERE = Scope.everything()

SLOW_MERGE = """
import django, time, sys
django.setup()
from django.conf import settings
from django.db import connection
settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = sys.argv[2]
from datetime import date
from qiao.core.indicators import rollup
count = rollup._count_again
def slowly(*args):
    count(*args)
    print("counted", flush=True)
    time.sleep(0.2)
rollup._count_again = slowly
rollup.merge_all(rollup.Scope.everything(), date.fromisoformat(sys.argv[1]))
"""


@pytest.fixture
def living_district(transactional_db):
    lay_regions()
    clock.fix(TODAY)
    populate(7, people=40)


def in_threads(*works):
    """Runs works at once, each with a connection of its own. Raises what any of them raised."""
    wrong = []

    def guarded(work):
        try:
            work()
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=guarded, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise wrong[0]


def test_writers_and_mergers_at_once(living_district):
    writing = threading.Event()

    def writer(seed):
        def work():
            dice = random.Random(seed)
            for _ in range(6):
                with transaction.atomic():
                    people = Resident.objects.bulk_create(
                        [resident(dice, dice.choice(COMMUNITIES)) for _ in range(3)]
                    )
                    Spell.objects.bulk_create([one for person in people for one in spells(dice, person)])
                    Resident.objects.filter(pk=people[0].pk).update(sex="F", education="college")
                    time.sleep(dice.random() / 50)

        return work

    def merger():
        while not writing.is_set():
            rollup.merge_all(EVERYWHERE, TODAY)

    rollup.merge_all(EVERYWHERE, TODAY)
    merging = [threading.Thread(target=lambda: in_threads(merger)) for _ in range(2)]
    for thread in merging:
        thread.start()
    in_threads(writer(1), writer(2))
    writing.set()
    for thread in merging:
        thread.join()
    rollup.merge_all(EVERYWHERE, TODAY)
    assert rollup.verify(EVERYWHERE, TODAY) == []


def test_a_merge_killed_in_the_middle(living_district):
    rollup.advance(TODAY)
    waiting = Touched.objects.count()
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "qiao.config.settings"}
    merging = subprocess.Popen(
        [sys.executable, "-c", SLOW_MERGE, TODAY.isoformat(), connection.settings_dict["NAME"]],
        env=environment,
        cwd=Path(__file__).parents[3],
        stdout=subprocess.PIPE,
        text=True,
    )
    for _ in range(4):
        assert merging.stdout.readline() == "counted\n"
    merging.send_signal(signal.SIGKILL)
    merging.wait()
    assert Touched.objects.count() == waiting
    rollup.merge_all(EVERYWHERE, TODAY)
    assert rollup.verify(EVERYWHERE, TODAY) == []
    assert not Touched.objects.exists()
