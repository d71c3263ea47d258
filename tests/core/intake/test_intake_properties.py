# ruff: noqa: DTZ001
"""What holds for every cell and every sheet."""

from datetime import date, datetime, time

from corpus import BASIC, BASIC_HEAD
from hypothesis import given, settings
from hypothesis import strategies as st
from resident_vocabulary import VOCABULARY
from roster_people import id_number, people, person
from stdnum.cn import ric

from qiao.core.intake import (
    STATUSES,
    Context,
    Field,
    Kind,
    Reading,
    Sheet,
    annotate,
    clean,
    comments,
    read_workbook,
    text,
    understand,
)
from qiao.core.intake.values import cleaner
from qiao.core.intake.words import WORDS

CONTEXT = Context(
    date(2006, 8, 31), places={"community": {"东华社区": 130103018001}, "street": {"东华街道": 130103018000}}
)
FIELDS = list(VOCABULARY.fields.values())
SPOKEN = sorted(
    {word for field in FIELDS for words in field.choices.values() for word in words}
    | set(
        map(
            str,
            WORDS["ditto"]
            + WORDS["blank"]
            + WORDS["date"]["vague"]
            + WORDS["row"]["total"]
            + WORDS["row"]["note"],
        )
    )
    | {
        "二〇〇六年五月",
        "62.3.5",
        "1.39E+10",
        "1.30103E+17",
        "2万元",
        id_number(),
        id_number()[:15] + "000",
        "130103620305002",
    }
)
digits = st.text("0123456789Xx.-/年月日 ", max_size=20)
strings = st.one_of(st.text(max_size=30), digits, st.sampled_from(SPOKEN))
cells = st.one_of(
    st.none(), strings, strings, st.booleans(), st.integers(), st.integers(0, 10**18), st.floats(),
    st.dates(), st.datetimes(), st.times(), st.dates(date(1900, 1, 1), date(2030, 1, 1)),
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(cells, st.sampled_from(FIELDS))
def test_cleaning_never_raises_and_every_note_has_a_message(cell, field):
    _, notes = cleaner(field, CONTEXT)(cell)
    assert all(text(note) for note in notes)


@settings(max_examples=400, deadline=None)
@given(cells, st.sampled_from(FIELDS))
def test_cleaning_is_idempotent(cell, field):
    clean_again = cleaner(field, CONTEXT, unit=1 if field.kind is Kind.DISTANCE else None)
    made, _ = clean_again(cell)
    if field.kind is Kind.MONEY and made is not None:
        made_again = clean_again(made / 100)[0] if made < 10**13 else made
    else:
        made_again = clean_again(made)[0]
    assert made_again == made


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        cells,
        st.text("0123456789X", min_size=15, max_size=18),
        st.from_regex(r"130103(19)?[5-8]\d[01]\d[0-3]\d{4}[\dX]?", fullmatch=True),
    )
)
def test_a_made_id_number_is_always_valid(cell):
    made, _ = cleaner(Field("id", Kind.ID_NUMBER), CONTEXT)(cell)
    assert made is None or ric.compact(made)[-1] == ric.calc_check_digit(made)


@settings(max_examples=200, deadline=None)
@given(st.dates(date(1946, 1, 1), date(1990, 12, 31)), st.integers(1, 999))
def test_valid_id_numbers_come_through_however_decorated(birth, serial):
    number = id_number(f"{birth:%Y%m%d}", serial)
    clean_it = cleaner(Field("id", Kind.ID_NUMBER), CONTEXT)
    for written in (
        number,
        f"'{number}",
        " ".join(number),
        number.lower(),
        f"{number[:6]}-{number[6:14]}-{number[14:]}",
    ):
        assert clean_it(written)[0] == number
    if birth.year < 2000:
        assert clean_it(number[:6] + number[8:17])[0] == number


@settings(max_examples=200, deadline=None)
@given(
    st.dates(date(1930, 1, 1), date(2006, 8, 31)),
    st.sampled_from(["%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日"]),
)
def test_dates_come_through_in_every_usual_form(day, form):
    made, notes = cleaner(Field("d", Kind.DATE), CONTEXT)(day.strftime(form))
    assert (made.first, made.precision, notes) == (day, 3, ())


grids = st.lists(st.lists(cells, max_size=9), max_size=12)


@settings(max_examples=150, deadline=None)
@given(grids, st.booleans())
def test_nothing_is_lost_every_row_is_in_one_bucket(grid, headed):
    rows = [[None, "标题"], list(BASIC_HEAD), *people(BASIC, 2), *grid] if headed else grid
    sheet = Sheet("s", rows)
    reading = understand(sheet, VOCABULARY)
    made = list(clean(sheet, reading, VOCABULARY, CONTEXT))
    below = list(range(reading.bottom + 2, len(rows) + 1))
    for block in range(reading.blocks):
        assert [row.number for row in made if row.block == block] == below
    assert {row.status for row in made} <= set(STATUSES)
    assert all(row.notes for row in made if row.status not in ("ready",))
    assert annotate(sheet, reading, [(row.cells, comments(row, reading)) for row in made])


@settings(max_examples=60, deadline=None)
@given(grids)
def test_a_reading_survives_json(grid):
    import json

    reading = understand(Sheet("s", [list(BASIC_HEAD), *grid]), VOCABULARY)
    assert Reading.from_dict(json.loads(json.dumps(reading.as_dict()))) == reading


printable = st.text(
    st.characters(min_codepoint=32, blacklist_categories=("Cs", "Cc", "Cf", "Zs", "Zl", "Zp", "Co", "Cn")),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(printable, min_size=3, max_size=3), min_size=1, max_size=6),
    st.sampled_from(["utf-8-sig", "gb18030", "utf-16"]),
)
def test_csv_comes_back_cell_by_cell(grid, encoding):
    import csv
    import io

    out = io.StringIO()
    grid = [["姓名", "身份证号", "联系电话"], *grid]
    csv.writer(out).writerows(grid)
    (sheet,) = read_workbook(out.getvalue().encode(encoding), "a.csv").sheets
    read = [[cell or "" for cell in row] for row in sheet.rows]
    while grid and not any(grid[-1]):
        grid.pop()
    assert read == grid


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_order_any_alias_and_any_titles_are_understood(data):
    known = [field for field in FIELDS if field.code in person(0) and field.kind is not Kind.SEQ]
    others = data.draw(
        st.lists(st.sampled_from(known), min_size=2, max_size=12, unique_by=lambda field: field.code)
    )
    fields = [VOCABULARY.fields["name"], *(field for field in others if field.code != "name")]
    fields = data.draw(st.permutations(fields))
    heads = [data.draw(st.sampled_from(field.aliases)) for field in fields]
    titles = data.draw(
        st.lists(
            st.sampled_from([["东华社区花名册"], [], ["填报单位：", None, "2006年6月"], ["附件1"]]),
            max_size=5,
        )
    )
    rows = [*titles, heads, *people([field.code for field in fields], 3)]
    reading = understand(Sheet("s", rows), VOCABULARY)
    assert (reading.top, reading.bottom) == (len(titles), len(titles))
    assert [column.field for column in reading.columns] == [field.code for field in fields]


def test_unusual_python_cells():
    for cell in (datetime(1, 1, 1), time(23, 59, 59), date.max, float("-inf"), 10**400, -0.0, "\ud800"):
        for field in FIELDS:
            cleaner(field, CONTEXT)(cell)
