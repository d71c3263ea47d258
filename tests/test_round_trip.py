"""What a ledger writes to Excel comes back unchanged, whichever ledger it is."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from far_street import fill
from ledger_world import DISTRICT, ELSEWHERE, browser

from qiao.core.batches import actions
from qiao.core.batches.importer import importers
from qiao.core.batches.models import ImportBatch
from qiao.core.ledgers import registry

ALL = {"columns": "all", "personal": "on", "reason": "report"}
NOT_YET = {
    "registrations": "a spell names its person without the identity number, and a namesake lives next door",
    "reemployments": "the same list of spells",
    "recognitions": "a case names its person without the identity number",
    "zero_households": "a case names its household by the head alone",
    "households": "a household is read by its members, the list writes one row a household",
    "visits": "the list heads the person's name as the book heads whether person, employer or family was met",
    "relief": "the book is that of outlets, the list holds benefits of every kind",
}


@pytest.fixture
def district(db, settings, tmp_path):
    fill(tmp_path, settings)
    return browser("district", "employment_section", DISTRICT)


def sent_back(client, declared) -> ImportBatch:
    answer = client.post(f"/l/{registry.get(declared.ledger).code}/export?tab=all", ALL)
    assert answer.status_code == 200, declared.code
    file = SimpleUploadedFile(f"{declared.code}.xlsx", b"".join(answer.streaming_content))
    sent = client.post("/import/", {"as": declared.code, "region": ELSEWHERE, "file": file}, follow=True)
    assert sent.status_code == 200, declared.code
    batch = ImportBatch.objects.latest("pk")
    if batch.total:
        actions.check(batch)
    return batch


def test_what_is_written_reads_as_it_stood(district):
    """Each row names its record, and carrying the import out changes nothing that the list shows."""
    told, back = {}, 0
    for declared in importers():
        if not declared.model.everything.filter(region=ELSEWHERE).exists() or declared.checked:
            continue
        stood = list(declared.model.everything.order_by("pk").values())
        batch = sent_back(district, declared)
        new = batch.counts.get("act_insert", 0)
        if not batch.total or batch.counts.get("error") or new:
            told[declared.code] = batch.counts
            continue
        actions.merge(batch)
        unlike = [
            {name: (was[name], now[name]) for name in was if was[name] != now[name]}
            for was, now in zip(stood, declared.model.everything.order_by("pk").values(), strict=True)
        ]
        assert all(set(one) <= {"changed_at", "batch_id"} for one in unlike), (declared.code, unlike)
        back += 1
    assert told.keys() == NOT_YET.keys(), told
    assert back >= 5
