"""A draft on its pages: numbers open, words are changed and kept, what changed is marked, the final file stays."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from case_world import DISTRICT, HERE, TODAY
from docx import Document
from match_world import CLEANER, jobless
from post_world import employer, post

from qiao.services.reports.models import Passage, Report


@pytest.fixture
def drafted(at):
    jobless("刘桂芳", HERE, CLEANER)
    post("保洁员", HERE, employer=employer(), occupation_code=CLEANER, openings=7, opened_on=date(2006, 3, 1))
    answer = at("district").post("/reports/", {"kind": "work", "as_of": "2006-08-31"})
    assert answer.status_code == 302
    return Report.objects.get()


def page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def told(answer) -> str:
    return "\n".join(one.text for one in Document(BytesIO(answer.content)).paragraphs)


def put(client, report, place: int, text: str):
    return client.post(f"/reports/{report.pk}/{place}", {"text": text})


def test_numbers_open_to_their_names(at, drafted):
    client = at("district")
    shown = page(client, f"/reports/{drafted.pk}/")
    address = re.search(r'<a href="([^"]+posts_created[^"]+)"[^>]*>7</a>', shown)[1].replace("&amp;", "&")
    assert "保洁员" in page(client, address)
    assert "not closed" in shown


def test_words_are_changed_and_kept_when_drafted_anew(at, drafted):
    client = at("district")
    assert put(client, drafted, 2, "今年推荐{referrals_made:year}人次。").status_code == 302
    post("绿化工", HERE, employer=employer("园林"), openings=3, opened_on=TODAY)
    shown = page(client, f"/reports/{drafted.pk}/")
    assert "今年推荐" in shown and ">10</a><mark" in shown.replace("\n", "") and "(7)" in shown
    client.post(f"/reports/{drafted.pk}/again")
    shown = page(client, f"/reports/{drafted.pk}/")
    assert "今年推荐" in shown and "<mark" not in shown and ">10</a>" in shown


@pytest.mark.parametrize(
    ("text", "said"), [("   ", "needs words"), ("{no_figure:year}", "no_figure"), ("字" * 5000, "4000")]
)
def test_what_cannot_be_kept_is_told_and_stays_typed(at, drafted, text, said):
    answer = put(at("district"), drafted, 2, text)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert said in shown and text.strip() in shown
    assert not Passage.objects.filter(edited=True).exists()


def test_the_final_report_stays_as_it_is(at, drafted):
    client = at("district")
    client.post(f"/reports/{drafted.pk}/finish")
    before = client.get(f"/reports/{drafted.pk}/file.docx")
    post("绿化工", HERE, employer=employer("园林"), openings=3, opened_on=TODAY)
    after = client.get(f"/reports/{drafted.pk}/file.docx")
    assert before.content == after.content and "开发就业岗位7个" in told(after)
    shown = page(client, f"/reports/{drafted.pk}/")
    assert "Final since" in shown and ">7</a>" in shown and "(10)" in shown
    put(client, drafted, 2, "改")
    client.post(f"/reports/{drafted.pk}/again")
    assert "Begin another one" in page(client, f"/reports/{drafted.pk}/")
    assert not Passage.objects.filter(edited=True).exists()


def test_others_read_or_do_not_see_it(at, drafted):
    assert at("station").get(f"/reports/{drafted.pk}/").status_code == 404
    assert at("office").get(f"/reports/{drafted.pk}/file.docx").status_code == 404
    assert at("station").post("/reports/", {"kind": "work", "as_of": "2006-08-31"}).status_code == 404
    assert drafted.region_id == DISTRICT


def test_a_day_ahead_is_refused(at):
    answer = at("district").post("/reports/", {"kind": "work", "as_of": "2031-01-01"})
    assert answer.status_code == 422 and "lies ahead" in answer.content.decode()
    assert not Report.objects.exists()
