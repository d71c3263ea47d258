# ruff: noqa: DTZ001
"""The catalogue of defects, one table a kind: what was read, what is made of it, and which notes say so."""

from datetime import date, datetime, time

import pytest
from resident_vocabulary import VOCABULARY
from roster_people import id_number

from qiao.core.intake import Context, Field, Kind, PartialDate
from qiao.core.intake.values import cleaner
from qiao.core.intake.values.dates import DAY, MONTH, YEAR, DateCleaner
from qiao.core.intake.values.id_numbers import clean_id_number, facts

AS_OF = date(2006, 8, 31)
CONTEXT = Context(AS_OF)
GOOD = id_number("19620305", 2)
WITH_X = next(n for serial in range(1, 99) if (n := id_number("19700101", serial)).endswith("X"))


def check(kind: Kind, read, made, *codes, **options):
    clean = cleaner(Field("x", kind, **options), CONTEXT)
    got, notes = clean(read)
    assert (got, [note.code for note in notes]) == (made, list(codes))


@pytest.mark.parametrize(
    ("read", "made", "codes"),
    [
        (GOOD, GOOD, []),
        (f"  {GOOD[:6]} {GOOD[6:14]} {GOOD[14:]} ", GOOD, ["id_tidied"]),
        (f"'{GOOD}", GOOD, ["id_tidied"]),
        (f"\u200b{GOOD}\n", GOOD, []),
        ("".join(chr(ord(c) + 0xFEE0) for c in GOOD), GOOD, []),
        (WITH_X, WITH_X, []),
        (WITH_X.lower(), WITH_X, []),
        (WITH_X[:-1] + "×", WITH_X, ["id_tidied"]),
        (WITH_X[:-1] + "Ｘ", WITH_X, []),
        (f"身份证：{GOOD}", GOOD, ["id_tidied"]),
        ("130103620305002", id_number("19620305", 2), ["id_from_15"]),
        (130103620305002.0, id_number("19620305", 2), ["id_from_15"]),
        (1.3010319620305e17, None, ["id_digits_lost"]),
        (int(GOOD[:15] + "000"), None, ["id_digits_lost"]),
        ("1.30103E+17", None, ["id_digits_lost"]),
        ("1.3E+17", None, ["id_digits_lost"]),
        (GOOD[:15] + "000", None, ["id_digits_lost"]),
        (GOOD[:-1] + ("0" if GOOD[-1] != "0" else "1"), None, ["id_check_digit"]),
        (GOOD[:16] + GOOD[16:][::-1], None, ["id_check_digit"]),
        (GOOD[:-1], None, ["id_length"]),
        (GOOD + "1", None, ["id_length"]),
        (id_number("19621305", 2), None, ["id_birth"]),
        (id_number("20991231", 2), None, ["id_birth"]),
        ("13010362133100" + "2", None, ["id_birth"]),
        ("00" + GOOD[2:], None, ["id_region"]),
        ("99" + GOOD[2:], None, ["id_region"]),
        ("不详", None, []),
        ("—", None, []),
        ("无身份证", None, ["id_characters"]),
        ("无", None, []),
        (None, None, []),
        (True, None, ["id_characters"]),
        (date(1962, 3, 5), None, ["id_characters"]),
        (float("nan"), None, ["id_characters"]),
        (-5.0, None, ["id_characters"]),
    ],
)
def test_id_numbers(read, made, codes):
    check(Kind.ID_NUMBER, read, made, *codes)


def test_an_id_number_that_ends_with_zeros_and_passes_is_still_doubted():
    passing = next(
        n
        for day in range(1, 29)
        for s in range(100, 1000, 100)
        if (n := id_number(f"196203{day:02}", s)).endswith("000")
    )
    assert [note.code for note in clean_id_number(passing, AS_OF)[1]] == ["id_ends_000"]


def test_lost_digits_are_never_guessed_but_the_kept_ones_are_named():
    made, (note,) = clean_id_number(float(GOOD), AS_OF)
    assert made is None
    assert note.params["first15"] == GOOD[:15]


def test_facts_of_an_id_number():
    assert facts(id_number("19620305", 2)) == (date(1962, 3, 5), "female")
    assert facts(id_number("19620305", 1)).sex == "male"


@pytest.mark.parametrize(
    ("read", "made", "codes"),
    [
        ("刘芳", "刘芳", []),
        ("刘 芳", "刘芳", ["name_spaces"]),
        ("王翠　捧", "王翠捧", ["name_spaces"]),
        (" 刘芳\n", "刘芳", []),
        ("买买提·艾力", "买买提·艾力", []),
        ("买买提•艾力", "买买提·艾力", []),
        ("买买提.艾力", "买买提·艾力", []),
        ("刘芳（户主）", "刘芳", ["name_remark"]),
        ("刘芳*", "刘芳", []),
        ("John  Smith", "John Smith", []),
        ("刘芳、王伟", "刘芳、王伟", ["name_several"]),
        ("13903111111", "13903111111", ["name_odd"]),
        ("刘", "刘", ["name_odd"]),
        ("", None, []),
        ("无", None, []),
        (5.0, "5", ["name_odd"]),
    ],
)
def test_names(read, made, codes):
    check(Kind.PERSON_NAME, read, made, *codes)


def on(year, month=None, day=None):
    return PartialDate(date(year, month or 1, day or 1), DAY if day else MONTH if month else YEAR)


@pytest.mark.parametrize(
    ("read", "made", "codes"),
    [
        ("1962.3.5", on(1962, 3, 5), []),
        ("1962-03-05", on(1962, 3, 5), []),
        ("1962/3/5", on(1962, 3, 5), []),
        ("1962 3 5", on(1962, 3, 5), []),
        ("1962。3。5", None, ["date_unreadable"]),
        ("1962．3．5", on(1962, 3, 5), []),
        ("1962年3月5日", on(1962, 3, 5), []),
        ("1962年3月5日生", on(1962, 3, 5), []),
        ("1962 年 3 月", on(1962, 3), []),
        ("1962年3月", on(1962, 3), []),
        ("1962年03月份", on(1962, 3), []),
        ("1962年", on(1962), []),
        ("1962", on(1962), []),
        (1962.0, on(1962), []),
        ("1962-3", on(1962, 3), []),
        ("1962.3.", on(1962, 3), []),
        ("1962年3", on(1962, 3), []),
        ("3/1962", on(1962, 3), []),
        ("19620305", on(1962, 3, 5), []),
        (19620305.0, on(1962, 3, 5), []),
        ("196203", on(1962, 3), []),
        (196203.0, on(1962, 3), []),
        ("19620300", on(1962, 3), []),
        ("1962-00-00", on(1962), []),
        ("62.3.5", on(1962, 3, 5), ["date_two_digit_year"]),
        ("62年3月", on(1962, 3), ["date_two_digit_year"]),
        ("62.3", on(1962, 3), ["date_two_digit_year"]),
        (62.3, on(1962, 3), ["date_two_digit_year"]),
        ("620305", on(1962, 3, 5), ["date_two_digit_year"]),
        ("05.6.1", on(2005, 6, 1), ["date_two_digit_year"]),
        ("07.6.1", on(1907, 6, 1), ["date_two_digit_year"]),
        (1962.3, on(1962, 3), []),
        (1962.12, on(1962, 12), []),
        (1962.1, on(1962, 1), ["date_tenth"]),
        (38000.0, on(2004, 1, 14), ["date_serial"]),
        (38000, on(2004, 1, 14), ["date_serial"]),
        ("38000", on(2004, 1, 14), ["date_serial"]),
        (datetime(1962, 3, 5, 0, 0), on(1962, 3, 5), []),
        (date(1962, 3, 5), on(1962, 3, 5), []),
        ("1962-03-05 00:00:00", on(1962, 3, 5), []),
        ("2006年5月底", on(2006, 5), ["date_vague"]),
        ("2006年初", on(2006), ["date_vague"]),
        ("约1998年", on(1998), ["date_vague"]),
        ("六月份", None, ["date_no_year"]),
        ("6月5日", None, ["date_no_year"]),
        ("5.6", None, ["date_no_year"]),
        ("二〇〇六年五月", on(2006, 5), []),
        ("二○○六年五月一日", on(2006, 5, 1), []),
        ("一九六二年十二月三十一日", on(1962, 12, 31), []),
        ("一九六二年十月廿一日", on(1962, 10, 21), []),
        ("1962年农历三月初五", None, ["date_lunar"]),
        ("3/5/1962", on(1962, 3, 5), ["date_ambiguous"]),
        ("25/5/1962", on(1962, 5, 25), []),
        ("5/25/1962", on(1962, 5, 25), []),
        ("5/5/1962", on(1962, 5, 5), []),
        ("1962-02-30", None, ["date_impossible"]),
        ("1962.13.5", None, ["date_impossible"]),
        ("2007-01-01", on(2007, 1, 1), ["date_future"]),
        ("2005.3-2006.5", None, ["date_unreadable"]),
        ("已失业", None, ["date_unreadable"]),
        ("1.39E+10", None, ["date_unreadable"]),
        ("不详", None, []),
        (None, None, []),
        (0.0, None, ["date_unreadable"]),
        (99999999.0, None, ["date_impossible"]),
        (time(3, 4), None, ["date_unreadable"]),
        (True, None, ["date_unreadable"]),
    ],
)
def test_dates(read, made, codes):
    check(Kind.DATE, read, made, *codes)


def test_a_two_digit_year_turns_by_the_kind_of_column():
    assert DateCleaner(AS_OF, future=True)("20.6")[0] == on(2020, 6)
    assert DateCleaner(AS_OF)("20.6")[0] == on(1920, 6)


def test_the_answer_about_a_column_settles_the_order():
    assert DateCleaner(AS_OF, order="dmy")("3/5/1962") == (on(1962, 5, 3), ())
    assert DateCleaner(AS_OF, order="mdy")("3/5/1962") == (on(1962, 3, 5), ())


@pytest.mark.parametrize(
    ("read", "made", "codes"),
    [
        ("13903111111", "13903111111", []),
        (13903111111.0, "13903111111", []),
        ("139 0311 1111", "13903111111", []),
        ("139-0311-1111", "13903111111", []),
        ("１３９０３１１１１１１", "13903111111", []),
        ("+86 13903111111", "13903111111", ["phone_zero"]),
        ("013903111111", "13903111111", ["phone_zero"]),
        ("手机：13903111111", "13903111111", []),
        ("0311-86012345", "0311-86012345", []),
        ("０３１１－８６０１２３４５", "0311-86012345", []),
        ("(0311)86012345", "0311-86012345", []),
        ("0311 86012345", "0311-86012345", []),
        ("031186012345", "0311-86012345", []),
        (31186012345.0, "0311-86012345", ["phone_area"]),
        ("86012345", "86012345", []),
        (86012345.0, "86012345", []),
        ("6012345", "6012345", []),
        ("0311-86012345转8012", "0311-86012345-8012", []),
        ("86012345/13903111111", "86012345/13903111111", []),
        ("13903111111、13803112222", "13903111111/13803112222", []),
        ("13903111111 13803112222", "13903111111/13803112222", []),
        ("1390311111113803112222", "1390311111113803112222", ["phone_odd"]),
        ("13903111111/13903111111", "13903111111", []),
        ("宅电86012345；手机13903111111", "86012345/13903111111", []),
        ("1390311111", "1390311111", ["phone_odd"]),
        ("1.39E+10", None, ["digits_lost"]),
        ("1.390311E+10", None, ["digits_lost"]),
        ("无", None, []),
        ("-", None, []),
        (None, None, []),
    ],
)
def test_phones(read, made, codes):
    check(Kind.PHONE, read, made, *codes)


@pytest.mark.parametrize(
    ("read", "made", "codes"),
    [
        ("√", True, []), ("是", True, []), ("有", True, []), ("Y", True, []), ("1", True, []), (1.0, True, []), (True, True, []),
        ("×", False, []), ("否", False, []), ("无", False, []), ("n", False, []), (0, False, []), ("X", False, []),
        ("不详", None, []), ("", None, []), ("可能", None, ["boolean_unknown"]), (2, None, ["boolean_unknown"]),
    ],
)  # fmt: skip
def test_booleans(read, made, codes):
    check(Kind.BOOLEAN, read, made, *codes)


@pytest.mark.parametrize(
    ("field", "read", "made", "codes"),
    [
        ("kind", "下岗", "laid_off", []),
        ("kind", "下岗人员", "laid_off", []),
        ("kind", "下岗失业人员", "laid_off", []),
        ("kind", " 下岗 职工 ", "laid_off", []),
        ("kind", "1.下岗人员", "laid_off", []),
        ("kind", "①下岗人员", "laid_off", []),
        ("kind", "下岗人员（国企）", "laid_off", []),
        ("kind", "□下岗 ☑农民工", "rural_worker", []),
        ("kind", "国有企业下岗职功", None, ["choice_unknown"]),
        ("kind", "国有企业下岗职工们", "laid_off", ["choice_similar"]),
        ("kind", "laid_off", "laid_off", []),
        ("education", "初中毕业", "junior", []),
        ("education", "大学本科", "bachelor", []),
        ("education", "中专/中技", "secondary_technical", []),
        ("sex", "男", "male", []),
        ("sex", 2.0, "female", []),
        ("hardship_category", "4050", "older_4050", []),
        ("hardship_category", 4050.0, "older_4050", []),
        ("party", "无", "masses", []),
        ("hardship_category", "/", None, []),
        ("education", "私塾", None, ["choice_unknown"]),
    ],
)
def test_choices(field, read, made, codes):
    got, notes = cleaner(VOCABULARY.fields[field], CONTEXT)(read)
    assert (got, [note.code for note in notes]) == (made, codes)


@pytest.mark.parametrize(
    ("read", "made", "codes"),
    [
        (800, 80_000, []), (800.5, 80_050, []), ("800", 80_000, []), ("1,200.50", 120_050, []), ("800元", 80_000, []),
        ("￥800", 80_000, []), ("800元/月", 80_000, []), ("８００", 80_000, []),
        ("2万元", 2_000_000, ["money_converted"]), ("1.5万", 1_500_000, ["money_converted"]),
        ("两千元", 200_000, ["money_converted"]), ("八百", 80_000, ["money_converted"]),
        ("壹仟贰佰元整", 120_000, ["money_converted"]),
        ("二千三百余", None, ["money_unreadable"]), ("800-1000", None, ["money_unreadable"]),
        ("面议", None, ["money_unreadable"]), (-5, None, ["money_unreadable"]), ("不详", None, []), (None, None, []),
        (float("inf"), None, ["money_unreadable"]), (date(2006, 1, 1), None, ["money_unreadable"]),
    ],
)  # fmt: skip
def test_money(read, made, codes):
    check(Kind.MONEY, read, made, *codes)


def test_the_unit_of_a_heading_counts_bare_numbers_only():
    clean = cleaner(Field("x", Kind.MONEY), CONTEXT, unit=10_000)
    assert clean("1.5")[0] == clean(1.5)[0] == 1_500_000
    assert clean("800元")[0] == 80_000


@pytest.mark.parametrize(
    ("read", "made", "codes"),
    [
        (45.0, 45, []), ("45", 45, []), ("45岁", 45, []), ("４５", 45, []), ("三十七", 37, []),
        ("约45", None, ["number_unreadable"]), (45.5, None, ["number_unreadable"]), (True, None, ["number_unreadable"]),
        (250, None, ["number_range"]), (-1, None, ["number_range"]), ("", None, []),
    ],
)  # fmt: skip
def test_integers(read, made, codes):
    check(Kind.INTEGER, read, made, *codes, low=0, high=120)


@pytest.mark.parametrize(
    ("read", "made", "codes"),
    [
        (3.0, 3000, []), ("3公里", 3000, []), ("3km以内", 3000, []), ("三公里", 3000, []), ("两里地", 1000, []), ("500米", 500, []),
        ("500", 500, []), ("1.5千米左右", 1500, []), ("附近", None, ["distance_unreadable"]), (-1, None, ["distance_unreadable"]),
        ("不限", None, ["distance_unreadable"]), ("不详", None, []), (1e12, None, ["distance_unreadable"]), (None, None, []),
    ],
)  # fmt: skip
def test_distances(read, made, codes):
    check(Kind.DISTANCE, read, made, *codes)


@pytest.mark.parametrize(
    ("read", "made", "codes"),
    [
        (" 和平路\n12号\t", "和平路 12号", []), ("和平路１２号", "和平路12号", []), ("和\u200b平\x07路", "和平路", []),
        ("  ", None, []), (12.0, "12", []), ("a" * 501, "a" * 500, ["text_cut"]), ("=1+1", "=1+1", []),
    ],
)  # fmt: skip
def test_texts(read, made, codes):
    check(Kind.TEXT, read, made, *codes)


@pytest.mark.parametrize(
    ("read", "made", "codes"),
    [
        ("0012", "0012", []), ("'0012", "0012", []), (12.0, "12", []), ("1301 0300", "13010300", []),
        (1.3010319620305e17, None, ["code_digits_lost"]), ("1.30103E+17", None, ["code_digits_lost"]), ("无证", "无证", []),
    ],
)  # fmt: skip
def test_codes(read, made, codes):
    check(Kind.CODE, read, made, *codes)


PLACES = {
    "community": {
        "东华社区": 130103018001,
        "东华西社区": 130103018002,
        "三教华城社区社区": 130103018003,
        "胜利社区": [130103012003, 130103015001],
    }
}


@pytest.mark.parametrize(
    ("read", "made", "codes"),
    [
        ("东华社区", 130103018001, []), ("东华", 130103018001, []), ("东华社区居委会", 130103018001, []),
        ("东华居委会", 130103018001, []), (" 东华西 ", 130103018002, []), ("桥东区东华街道东华西社区", 130103018002, []),
        ("胜利", None, ["place_ambiguous"]), ("裕华", None, ["place_unknown"]), (130103018001, 130103018001, []),
        ("三教华城社区", 130103018003, []), ("三教华城居委会", 130103018003, []), ("", None, []),
    ],
)  # fmt: skip
def test_places(read, made, codes):
    clean = cleaner(VOCABULARY.fields["community"], Context(AS_OF, places=PLACES))
    got, notes = clean(read)
    assert (got, [note.code for note in notes]) == (made, codes)
