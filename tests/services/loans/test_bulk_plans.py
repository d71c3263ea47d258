"""A bulk change after single ones, on one connection, grows with the number of rows and not with its square."""

from __future__ import annotations

from time import perf_counter

import case_world as world
import pytest
from django.db import connection

from qiao.services.loans.models import Bank

FEW, MANY = 1_500, 12_000


def changed(rows: int, word: str) -> float:
    chosen = Bank.objects.filter(pk__in=Bank.objects.order_by("pk")[:rows].values("pk"))
    begun = perf_counter()
    assert chosen.update(contact=word) == rows
    return perf_counter() - begun


@pytest.mark.django_db
def test_history_of_many_rows_after_one():
    world.lay()
    Bank.objects.bulk_create(Bank(name=f"{n}", region_id=world.DISTRICT) for n in range(MANY))
    first = Bank.objects.first()
    for n in range(3):
        first.contact = str(n)
        first.save()
    few, many = changed(FEW, "few"), changed(MANY, "many")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM loans_bankevent WHERE contact = 'many'")
        assert cursor.fetchone()[0] == MANY
    assert many < 20 * few, f"{few:.2f} s for {FEW}, {many:.2f} s for {MANY} rows"
