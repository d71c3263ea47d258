"""The work report: its numbers come from the records, none is typed; it opens in Word."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from io import BytesIO
from zipfile import ZipFile

import pytest
from case_world import DISTRICT, HERE, TODAY
from django.core.management import CommandError, call_command
from docx import Document
from match_world import CLEANER, jobless
from post_world import post

from qiao.core.accounts.scope import Scope
from qiao.core.documents.quoting import REFERENCE, BadReference, changed, parsed, references, written
from qiao.core.indicators import figures, registry
from qiao.core.indicators.declarations import Ratio
from qiao.core.regions.models import Region
from qiao.services.people.models import Resident
from qiao.services.reports import templates
from qiao.services.reports.composing import composed
from qiao.services.reports.models import Kind, Story


@pytest.fixture
def district(staff):
    jobless("刘桂芳", HERE, CLEANER)
    post("保洁员", HERE, occupation_code=CLEANER, openings=7, opened_on=date(2006, 3, 1))
    return Region.objects.get(code=DISTRICT)


def told(path) -> str:
    document = Document(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_the_command_writes_a_word_file_with_the_numbers_of_the_records(district, tmp_path, capsys):
    out = tmp_path / "report.docx"
    call_command("report", "work", region="130103", as_of="2006-08-31", out=out)
    text = told(out)
    assert "开发就业岗位7个" in text and "桥东区" in text and "尚未结账" in text
    assert "{" not in text and "2006年8月31日" in text
    assert str(out) in capsys.readouterr().out


def test_it_keeps_to_the_layout_of_official_documents(district, tmp_path):
    out = tmp_path / "report.docx"
    call_command("report", "work", region="130103", out=out)
    section = Document(out).sections[0]
    margins = section.top_margin, section.bottom_margin, section.left_margin, section.right_margin
    assert [round(one.mm) for one in margins] == [37, 35, 28, 26]
    inside = ZipFile(BytesIO(out.read_bytes()))
    body, footer = inside.read("word/document.xml").decode(), inside.read("word/footer1.xml").decode()
    for font in ("方正小标宋简体", "仿宋_GB2312", "黑体"):
        assert f'w:eastAsia="{font}"' in body
    assert 'w:linePitch="579"' in body and "PAGE" in footer


def test_every_number_is_its_figure(district):
    made = composed("work", district, TODAY)
    assert len(made.quotes) > 20
    for reference, quote in made.quotes.items():
        indicator = registry.get(reference.code)
        counted = figures.figure(indicator, Scope(DISTRICT), quote.period, TODAY).amount
        text = written(counted, reference.divisor, isinstance(indicator, Ratio))
        assert (quote.value, quote.text) == (counted, text)


@pytest.mark.parametrize("kind", Kind.values)
def test_no_template_types_a_number_and_every_reference_exists(district, kind):
    given = templates.template(kind)
    for _level, text in given.passages:
        assert not re.search(r"\d", REFERENCE.sub("", text)), text
    for text in (given.title, given.signed, given.open, *(one["title"] for one in given.tables)):
        assert not re.search(r"\d", REFERENCE.sub("", text))
    made = composed(kind, district, TODAY)
    assert made.quotes and "{" not in str([made.title, made.passages])
    assert all(len(row) == len(one.head) for one in made.tables for row in one.rows)


def test_a_monthly_report_compares_with_the_month_and_the_year_before(district):
    for n, day in enumerate((date(2006, 8, 3), date(2006, 8, 4), date(2006, 8, 5), date(2006, 7, 9))):
        post(f"门卫{n}", HERE, openings=1, opened_on=day)
    text = str(composed("month", district, TODAY).passages)
    assert "开发岗位3个，比上月增长200%" in text and "2006年8月" in composed("month", district, TODAY).title
    assert "开发岗位1个，比上月下降" not in text


@pytest.mark.parametrize(
    ("now", "before", "rate", "said"),
    [
        (3, 1, False, "增长200%"),
        (2, 3, False, "下降33.3%"),
        (5, 5, False, "持平"),
        (0, 0, False, "持平"),
        (4, 0, False, "无可比数"),
        (None, 3, False, "无可比数"),
        (Fraction(917, 10), Fraction(905, 10), True, "上升1.2个百分点"),
        (Fraction(0), Fraction(5), True, "下降5个百分点"),
        (Fraction(150, 100), Fraction(1), False, "增长50%"),
    ],
)
def test_a_change_is_said_in_words(now, before, rate, said):
    assert changed(now, before, rate) == said


def test_only_a_story_with_consent_is_told_until_it_is_withdrawn(district, at):
    person = Resident.objects.get(name="刘桂芳")
    said = {"resident": person, "region_id": HERE, "happened_on": date(2006, 5, 1)}
    Story.objects.create(told="没有同意的事。", **said)
    told = Story.objects.create(
        told="刘桂芳下岗三年，经社区推荐到物业公司做保洁。",
        consented_on=date(2006, 6, 1),
        consent="书面签字",
        **said,
    )
    for kind, expected in (("work", True), ("year", True), ("month", False)):
        text = str(composed(kind, district, TODAY).passages)
        assert ("做保洁" in text) is expected and "没有同意" not in text
    assert "做保洁" not in str(composed("work", district, date(2006, 5, 20)).passages)
    told.withdrawn_on = date(2006, 8, 1)
    told.save()
    assert "做保洁" not in str(composed("work", district, TODAY).passages)
    assert "没有同意的事" in at("station").get(f"/l/stories/{told.pk - 1}/").content.decode()


def test_a_reference_to_nothing_is_told(district):
    for text in ("{no_such_figure:year}", "{people_placed:never}"):
        with pytest.raises(BadReference):
            composed("work", district, TODAY, [(0, text)])


def test_text_with_braces_that_are_no_references_stays():
    text = "{ } {A:b} {people placed} 100%"
    assert list(parsed(text)) == [text] and references([text]) == []


@pytest.mark.parametrize(
    ("region", "as_of", "said"),
    [
        ("13010x", "", "no region"),
        ("999999", "", "no region"),
        ("130103", "soon", "no day"),
        ("130103", "2030-01-01", "lies ahead"),
    ],
)
def test_bad_arguments_are_refused_in_words(district, tmp_path, region, as_of, said):
    with pytest.raises(CommandError, match=said):
        call_command("report", "work", region=region, as_of=as_of, out=tmp_path / "x.docx")


def test_a_folder_that_is_none_is_told(district, tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("report", "work", region="130103", out=tmp_path / "none" / "x.docx")
