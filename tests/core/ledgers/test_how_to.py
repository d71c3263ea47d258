"""The ledgers of docs/how-to-ledger.md are short, and work as they stand there."""

from __future__ import annotations

import re
import sys
import types
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from ledger_world import ELSEWHERE, HERE

from qiao.core.ledgers import registry

pytestmark = pytest.mark.django_db

TEXT = (Path(__file__).parents[3] / "docs" / "how-to-ledger.md").read_text("utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", TEXT, re.S)
IMPORTS = """
from django.db.models import CharField, DateField, Q, TextChoices
from django.utils.translation import gettext_lazy as _
from qiao.core.ledgers.columns import Column, Kind
from qiao.core.ledgers.filters import Filter
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.parts import Tab
from qiao.core.ledgers.registry import register
from qiao.core.records.dates import precision_field
from qiao.core.records.models import Record, level_indexes
from qiao.services.people.models import Resident
"""


@pytest.fixture
def declared(db):
    """The document's code, run as a module of an app, with its table."""
    from qiao.core.records.policies import apply_policies

    module = types.ModuleType("qiao.services.people.howto")
    sys.modules[module.__name__] = module
    exec(IMPORTS + "\n".join(BLOCKS), module.__dict__)
    with connection.schema_editor() as editor:
        editor.create_model(module.RetiredResident)
    apply_policies()
    yield module
    for code in ("retired", "training-wishes"):
        registry.unregister(code)
    apps.all_models["people"].pop("retiredresident")
    apps.clear_cache()
    del sys.modules[module.__name__]


def test_each_takes_about_thirty_lines():
    assert len(BLOCKS) == 3
    assert all(len(block.splitlines()) <= 32 for block in BLOCKS)


def test_a_new_kind_of_record_has_every_door(declared, station, stranger):
    form = {
        "name": "周退休",
        "region": HERE,
        "retired_on": "2001.5.1",
        "need": "alone",
        "birth_date": "1941.3",
    }
    assert station.post("/l/retired/new", form).status_code == 302
    made = declared.RetiredResident.objects.get()
    assert (made.birth_date, made.birth_precision, made.retired_on) == (date(1941, 3, 1), 2, date(2001, 5, 1))
    declared.RetiredResident.objects.create(region_id=ELSEWHERE, name="吴别处", retired_on=date(2000, 1, 1))
    page = station.get("/l/retired/").content.decode()
    assert "周退休" in page and "吴别处" not in page
    assert "周退休" not in station.get("/l/retired/?tab=all&age_max=50").content.decode()
    assert station.get(f"/l/retired/{made.pk}/").status_code == 200
    assert stranger.get(f"/l/retired/{made.pk}/").status_code == 404
    assert station.get("/l/retired/?tab=all&group=need").context["listing"].groups[0].count == 1
    book = b"".join(station.post("/l/retired/export?tab=all", {"columns": "all"}).streaming_content)
    assert book.startswith(b"PK")
    station.post(f"/l/retired/{made.pk}/delete")
    assert "周退休" in station.get("/l/retired/bin").content.decode()


def test_another_view_of_facts_that_are_there(declared, station, people):
    declared.Resident.objects.filter(pk=people["second"].pk).update(wish_training="电焊")
    page = station.get("/l/training-wishes/").content.decode()
    assert "王小明" in page and "刘桂芳" not in page
    assert station.get(f"/l/training-wishes/{people['first'].pk}/").status_code == 404
    assert station.post("/l/training-wishes/new", {"name": "x"}).status_code == 403
