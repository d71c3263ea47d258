# ruff: noqa: E501
"""What is made of rows together: dittos, families, people twice, what the ID number says, what was remembered."""

import io
import json
from datetime import date

import openpyxl
import pytest
from corpus import BASIC, BASIC_HEAD
from resident_vocabulary import VOCABULARY
from roster_people import id_number, people, person

from qiao.core.intake import (
    Context,
    PartialDate,
    Reading,
    Sheet,
    annotate,
    clean,
    comments,
    read_workbook,
    text,
    understand,
    where,
)
from qiao.core.intake.messages import NOTES

CONTEXT = Context(date(2006, 8, 31))
WOMAN, MAN = id_number("19620305", 2), id_number("19620305", 1)


def cleaned(rows, context=CONTEXT, reading=None, **options):
    sheet = Sheet("s", rows, **options)
    reading = reading or understand(sheet, VOCABULARY)
    return list(clean(sheet, reading, VOCABULARY, context))


def codes(row):
    return {note.code for note in row.notes}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ([], "skip_blank"),
        ([" ", None, "　"], "skip_blank"),
        (["合计", "3人"], "skip_total"),
        ([None, "小 计", None, None, 3.0], "skip_total"),
        (["总计：3人"], "skip_total"),
        (["审核人：李某", None, None, None, "填表人：王某"], "skip_signature"),
        (["单位（盖章）：", None, None, "制表日期：2006.6"], "skip_signature"),
        ([None, None, None, None, "制表人：李某"], "skip_signature"),
        (["说明：本表一式两份"], "skip_remark"),
        (["注：1、本表由社区填写，每月25日前报街道。"], "skip_remark"),
        (BASIC_HEAD, "skip_header"),
        (["二、东华西社区"], "skip_heading"),
        ([9.0], "skip_empty_number"),
        ([None, None, None, None, None, None, None, 4.0], "skip_total"),
    ],
)
def test_rows_that_are_nobodys_record(row, code):
    rows = cleaned([BASIC_HEAD, *people(BASIC, 4), list(row)])
    assert (rows[-1].status, codes(rows[-1])) == ("skipped", {code})
    assert [r.status for r in rows[:-1]] == ["ready"] * 4


def test_a_person_called_like_a_total_is_a_person():
    row = [1, "合计", "女", "1962.3.5", WOMAN, "初中", "和平路", "13903111111"]
    assert cleaned([BASIC_HEAD, *people(BASIC, 3), row])[-1].status != "skipped"


def test_hidden_rows_ask():
    rows = cleaned([BASIC_HEAD, *people(BASIC, 2)], hidden_rows=frozenset({2}))
    assert [row.status for row in rows] == ["ready", "confirm"]
    assert codes(rows[1]) == {"in_hidden_row"}


def test_the_id_number_fills_birth_and_sex_and_wins_over_them():
    head = ["姓名", "身份证号", "性别", "出生年月"]
    rows = cleaned(
        [
            head,
            ["刘芳", WOMAN, "女", "1962年3月"],
            ["王丽", MAN, "女", "1963.3.5"],
            ["张伟", id_number("19700707", 1), None, None],
        ]
    )
    assert [row.status for row in rows] == ["ready", "confirm", "ready"]
    assert rows[0].values["birth"] == PartialDate(date(1962, 3, 5), 3)
    assert codes(rows[1]) == {"sex_differs", "birth_differs"}
    assert (rows[1].values["sex"], rows[1].values["birth"].first) == ("male", date(1962, 3, 5))
    assert (rows[2].values["sex"], rows[2].values["birth"].first) == ("male", date(1970, 7, 7))


def test_the_id_number_settles_what_was_doubtful():
    head = ["姓名", "身份证号", "性别", "出生年月"]
    october = id_number("19621005", 2)
    rows = cleaned(
        [head, ["刘芳", october, "女", 1962.1], ["王丽", id_number("19700228", 2), "妇", "1970-02-30"]]
    )
    assert [row.status for row in rows] == ["fixed", "fixed"]
    assert codes(rows[0]) == {"birth_from_id"}
    assert codes(rows[1]) == {"birth_from_id", "sex_from_id"}
    assert rows[0].values["birth"] == PartialDate(date(1962, 10, 5), 3)


def test_a_row_of_sums_without_a_word_is_a_total():
    head = ["姓名", "身份证号", "期望月薪", "补贴"]
    rows = cleaned(
        [
            head,
            ["刘芳", WOMAN, 800.0, 12.0],
            ["张伟", MAN, 900.0, 30.0],
            [None, None, None, 42.0],
            [None, None, 5.0, None],
        ]
    )
    assert [row.status for row in rows] == ["ready", "ready", "skipped", "error"]


def test_age_is_compared_with_some_patience():
    rows = cleaned(
        [["姓名", "身份证号", "年龄"], ["刘芳", WOMAN, 46], ["刘芬", id_number("19620305", 4), 36]]
    )
    assert [codes(row) for row in rows] == [set(), {"age_differs"}]


def test_the_same_person_twice_is_told_with_the_first_row():
    head = ["姓名", "身份证号", "电话"]
    rows = cleaned([["花名册"], head, ["刘芳", WOMAN, "13903111111"], ["王丽", None, "13903112222"],
                    ["刘 芳", WOMAN[:6] + WOMAN[8:17], None], ["王丽", None, "13903112222"], ["王丽", None, None]])  # fmt: skip
    assert ["twice" in codes(row) for row in rows] == [False, False, True, True, False]
    assert [note.params["row"] for row in rows for note in row.notes if note.code == "twice"] == [3, 4]


def test_a_missing_name_is_an_error_and_nothing_else_is_required():
    rows = cleaned([["姓名", "身份证号", "电话"], [None, WOMAN, "13903111111"], ["刘芳", None, None]])
    assert [row.status for row in rows] == ["error", "ready"]
    assert codes(rows[0]) == {"missing"}


def test_a_list_without_names_is_not_taken_until_their_column_is_shown():
    sheet = Sheet("s", [["身份证号", "称呼人", "电话"], [WOMAN, "刘芳", "13903111111"]])
    reading = understand(sheet, VOCABULARY)
    assert reading.missing == ["name"]
    assert codes(next(clean(sheet, reading, VOCABULARY, CONTEXT))) == {"missing_column"}
    reading.assign(1, "name")
    assert reading.missing == []
    assert next(clean(sheet, reading, VOCABULARY, CONTEXT)).status == "ready"


DITTO_HEAD = ["户号", "姓名", "与户主关系", "身份证号", "家庭住址", "电话"]


def test_dittos_repeat_what_stands_above():
    rows = cleaned([
        DITTO_HEAD,
        ["1", "刘芳", "户主", WOMAN, "和平路1号", "86012345"],
        ["〃", "张伟", "夫", MAN, "同上", '"'],
        ["〃", "张明", "子", id_number("19900101", 1), "同 上", "″"],
        ["2", "王丽", "户主", id_number("19600101", 2), "〃", "86019999"],
    ])  # fmt: skip
    assert [row.values["household_no"] for row in rows] == ["1", "1", "1", "2"]
    assert {row.values["address"] for row in rows} == {"和平路1号"}
    assert [row.values["phone"] for row in rows] == ["86012345"] * 3 + ["86019999"]
    assert codes(rows[2]) == {"ditto"}


def test_a_ditto_never_copies_a_person_into_another_family():
    rows = cleaned([
        DITTO_HEAD,
        ["1", "刘芳", "户主", WOMAN, "和平路1号", None],
        ["1", "〃", "妻", "〃", "〃", None],
        ["2", "〃", "户主", "〃", "〃", None],
    ])  # fmt: skip
    assert (rows[1].values["name"], rows[1].status) == ("刘芳", "confirm")
    assert (rows[2].values["name"], rows[2].values["id_number"], rows[2].status) == (None, None, "error")
    assert "ditto_across" in codes(rows[2])


def test_a_ditto_in_the_first_row_has_nothing_to_repeat():
    (row,) = cleaned([["姓名", "身份证号", "住址"], ["刘芳", WOMAN, "同上"]])
    assert (row.values["address"], codes(row)) == (None, {"ditto_across"})


def test_dittos_reach_over_the_pieces_a_long_sheet_is_cut_into():
    body = [[person(n)["name"], id_number("19700101", n % 999 + 1), "〃"] for n in range(9000)]
    body[0][2] = "和平路1号"
    rows = cleaned([["姓名", "身份证号", "住址"], *body])
    assert len(rows) == 9000
    assert {row.values["address"] for row in rows} == {"和平路1号"}


def test_unknown_columns_are_kept():
    (row,) = cleaned([["姓名", "身份证号", "门栋长", None], ["刘芳", WOMAN, "赵某", "五保"]])
    assert row.extras == {"门栋长": "赵某", "D": "五保"}


def test_columns_far_outside_are_kept_and_cost_nothing():
    row = ["刘芳", WOMAN, *[None] * 5000, "远处"]
    (made,) = cleaned([["姓名", "身份证号"], row])
    assert (made.values["name"], made.status, list(made.extras.values())) == ("刘芳", "ready", ["远处"])


def test_the_story_of_a_cell():
    sheet = Sheet("s", [["姓名", "身份证号"], ["刘 芳", WOMAN]])
    reading = understand(sheet, VOCABULARY)
    (row,) = clean(sheet, reading, VOCABULARY, CONTEXT)
    value = row.value(reading.column_of("name"))
    assert (value.read, value.made, [note.code for note in value.notes]) == ("刘 芳", "刘芳", ["name_spaces"])


def test_messages_say_what_where_and_what_to_do():
    sheet = Sheet("s", [["花名册"], ["姓名", "身份证号"], ["刘芳", 1.3010319620305e17]])
    reading = understand(sheet, VOCABULARY)
    (row,) = clean(sheet, reading, VOCABULARY, CONTEXT)
    (note,) = row.notes
    assert where(row.number, note.column, reading.columns[note.column].label) == "Row 3, column B (身份证号)"
    assert "130103196203050" in text(note)
    assert "Type it again as text" in text(note)


def test_every_message_can_be_formatted_with_odd_values():
    for _, template in NOTES.values():
        assert "{" not in template or template.format_map(dict.fromkeys(["value", "made", "count", "low", "high", "limit", "row", "field"], "{x}%s"))  # fmt: skip


def test_dates_with_the_year_last_are_asked_once_a_column():
    rows = [["姓名", "出生日期"], *[["刘芳", f"{n}/5/1962"] for n in range(1, 6)]]
    sheet = Sheet("s", rows)
    reading = understand(sheet, VOCABULARY)
    (question,) = reading.questions
    assert (question.code, question.column, question.options) == ("date_order", 1, ["mdy", "dmy"])
    reading.columns[1].order = "dmy"
    first = next(clean(sheet, reading, VOCABULARY, CONTEXT))
    assert (first.values["birth"].first, first.status) == (date(1962, 5, 1), "ready")


def test_one_clear_date_decides_for_its_column():
    reading = understand(
        Sheet("s", [["姓名", "出生日期"], ["刘芳", "3/5/1962"], ["王丽", "25/5/1962"]]), VOCABULARY
    )
    assert (reading.questions, reading.columns[1].order) == ([], "dmy")


def test_money_in_units_of_the_heading():
    rows = cleaned([["姓名", "身份证号", "期望月薪（百元）"], ["刘芳", WOMAN, 8], ["张伟", MAN, "八百元"]])
    assert [row.values["wish_pay"] for row in rows] == [80_000, 80_000]


def test_metres_when_the_heading_says_so():
    (row,) = cleaned([["姓名", "身份证号", "期望距离（米）"], ["刘芳", WOMAN, 50.0]])
    assert row.values["wish_distance"] == 50


def test_choices_are_decided_once_and_remembered_for_the_next_file():
    head = ["姓名", "身份证号", "人员类别", "门栋长"]
    sheet = Sheet("s", [head, ["刘芳", WOMAN, "协解", "赵某"], ["张伟", MAN, "协 解", "钱某"]])
    reading = understand(sheet, VOCABULARY)
    assert [codes(row) for row in clean(sheet, reading, VOCABULARY, CONTEXT)] == [{"choice_unknown"}] * 2
    reading.fixes["kind"] = {"协解": "laid_off"}
    reading.assign(3, "owner")
    memory = json.loads(json.dumps({reading.fingerprint: reading.memory()}))

    again = Sheet(
        "t",
        [
            ["七月花名册"],
            [f"*{h}" if h == "姓名" else h for h in head],
            ["王丽", id_number("19600101", 2), "协解", "赵某"],
        ],
    )
    assert understand(again, VOCABULARY, memory).column_of("owner") is None  # another header: "*姓名"
    again.rows[1] = head
    reading = understand(again, VOCABULARY, memory)
    assert (reading.column_of("owner").source, reading.column_of("owner").confidence) == ("remembered", 1.0)
    (row,) = clean(again, reading, VOCABULARY, CONTEXT)
    assert (row.values["kind"], row.values["owner"], codes(row)) == ("laid_off", "赵某", {"remembered"})


def test_a_fix_can_leave_a_field_empty():
    context = Context(CONTEXT.as_of, fixes={"kind": {"待查": None}})
    (row,) = cleaned([["姓名", "身份证号", "人员类别"], ["刘芳", WOMAN, "待查"]], context)
    assert (row.values["kind"], row.status) == (None, "fixed")


def test_places_are_checked_against_each_other():
    places = {
        "street": {"东华街道": 130103018000, "汇通街道": 130103019000},
        "community": {"东华社区": 130103018001, "汇通社区": 130103019001},
    }
    head = ["姓名", "身份证号", "街道", "社区"]
    rows = cleaned(
        [head, ["刘芳", WOMAN, "东华", "东华"], ["张伟", MAN, "东华街道办事处", "汇通"]],
        Context(CONTEXT.as_of, places),
    )
    assert (rows[0].values["street"], rows[0].values["community"], rows[0].status) == (
        130103018000,
        130103018001,
        "ready",
    )
    assert codes(rows[1]) == {"place_differs"}


def test_a_person_may_point_at_the_header():
    sheet = Sheet("s", [["姓名", "身份证号"], BASIC_HEAD, *people(BASIC, 2)])
    reading = understand(sheet, VOCABULARY, header=(1, 1))
    assert (reading.top, reading.bottom, len(reading.columns)) == (1, 1, 8)


def test_a_sheet_about_something_else_is_not_usable():
    assert not understand(Sheet("s", [["商品", "单价"], ["苹果", 3.0]]), VOCABULARY).usable
    assert not understand(Sheet("s", []), VOCABULARY).usable


def test_error_rows_go_out_as_the_original_sheet_and_come_back():
    rows = [
        ["东华社区花名册", None, None],
        ["姓名", "身份证号", "电话"],
        ["刘芳", WOMAN, "=1+1"],
        ["张伟", 1.3010319620305e17, 13903111111.0],
    ]
    sheet = Sheet("s", rows)
    reading = understand(sheet, VOCABULARY)
    bad = [row for row in clean(sheet, reading, VOCABULARY, CONTEXT) if row.status in ("error", "confirm")]
    data = annotate(sheet, reading, [(row.cells, comments(row, reading)) for row in bad])
    page = openpyxl.load_workbook(io.BytesIO(data)).active
    assert [cell.value for cell in page[1]][:1] == ["东华社区花名册"]
    assert [cell.value for cell in page[2]] == ["姓名", "身份证号", "电话", "What to put right"]
    assert (page["C3"].value, page["C3"].data_type) == ("=1+1", "s")
    assert page["D4"].value.startswith("B 身份证号: The spreadsheet turned the ID number")
    page["B4"], page["C3"] = MAN, "13903111112"
    out = io.BytesIO()
    page.parent.save(out)
    (again,) = read_workbook(out.getvalue(), "fixed.xlsx").sheets
    reading = understand(again, VOCABULARY)
    assert [column.label for column in reading.columns] == ["姓名", "身份证号", "电话"]
    assert [row.status for row in clean(again, reading, VOCABULARY, CONTEXT)] == ["ready", "ready"]


def test_a_reading_is_plain_json():
    reading = understand(Sheet("s", [BASIC_HEAD, *people(BASIC, 2)]), VOCABULARY)
    assert Reading.from_dict(json.loads(json.dumps(reading.as_dict()))) == reading
