# ruff: noqa: E501
"""Rosters in the layouts that communities keep, each with the truth about it."""

from roster_files import Layout
from roster_people import people, person

BASIC = ["seq", "name", "sex", "birth", "id_number", "education", "address", "phone"]
BASIC_HEAD = ["序号", "姓名", "性别", "出生年月", "身份证号", "文化程度", "家庭住址", "联系电话"]
TITLE = "东华社区下岗失业人员花名册"


def _two_levels() -> Layout:
    fields = ["seq", "name", "sex", "id_number", "street", "community", "address", "phone", "note"]
    top = ["序号", "姓名", "性别", "身份证号码", "家庭住址", "", "", "联系电话", "备注"]
    low = ["", "", "", "", "街道", "社区", "门牌号", "", ""]
    merges = [(1, c, 2, c) for c in (0, 1, 2, 3, 7, 8)] + [(1, 4, 1, 6), (0, 0, 0, 8)]
    return Layout(
        "two levels", [[TITLE, *[""] * 8], top, low, *people(fields)], (1, 2), fields, merges=merges
    )


def _three_levels() -> Layout:
    fields = [
        "seq",
        "name",
        "sex",
        "id_number",
        "state",
        "employer",
        "unemployed_since",
        "wish_occupation",
        "wish_training",
    ]
    one = ["序号", "基本情况", "", "", "就业状况", "", "", "求职及培训意向", ""]
    two = ["", "姓名", "性别", "身份证号", "就业状态", "已就业", "未就业", "求职意向", "培训意向"]
    three = ["", "", "", "", "", "就业单位", "失业时间", "", ""]
    merges = [(2, 0, 4, 0), (2, 1, 2, 3), (2, 4, 2, 6), (2, 7, 2, 8)]
    merges += [(3, c, 4, c) for c in (1, 2, 3, 4, 7, 8)] + [(0, 0, 0, 8)]
    head = [[TITLE, *[""] * 8], ["填报单位（盖章）：", *[""] * 6, "2006年6月", ""]]
    return Layout("three levels", [*head, one, two, three, *people(fields)], (2, 4), fields, merges=merges)


def _family() -> Layout:
    fields = ["household_no", "household_head", "name", "relation", "sex", "id_number", "address", "phone"]
    head = ["户号", "户主姓名", "家庭成员姓名", "与户主关系", "性别", "身份证号", "家庭住址", "电话"]
    rows = people(fields)
    merges = [(0, 0, 0, 7)]
    for first in (2, 5):
        merges += [(first, 0, first + 2, 0), (first, 1, first + 2, 1)]
        for row in (1, 2):
            rows[first - 2 + row][0] = rows[first - 2 + row][1] = ""
            rows[first - 2 + row][6] = "同上"
            rows[first - 2 + row][7] = "〃"
    return Layout(
        "families, merged downwards",
        [["家庭情况台账", *[""] * 7], head, *rows],
        (1, 1),
        fields,
        merges=merges,
    )


def _side_by_side() -> Layout:
    half = ["seq", "name", "sex", "id_number"]
    head = ["序号", "姓名", "性别", "身份证号"]
    left, right = people(half, 4), people(half, 4, start=4)
    rows = [a + b for a, b in zip(left, right, strict=True)]
    return Layout("side by side", [[TITLE], head + head, *rows], (1, 1), half + half, count=8, blocks=2)


def _side_by_side_gap() -> Layout:
    half = ["name", "id_number", "phone"]
    head = ["姓名", "身份证号", "电话"]
    rows = [[*a, "", *b] for a, b in zip(people(half, 4), people(half, 4, start=4), strict=True)]
    return Layout(
        "side by side, a gap between",
        [[*head, "", *head], *rows],
        (0, 0),
        [*half, "-", *half],
        count=8,
        blocks=2,
    )


def _headed(name: str, heads: list[str], fields: list, **options) -> Layout:
    return Layout(name, [heads, *people(fields)], (0, 0), fields, **options)


def _plain(name: str, **options) -> Layout:
    return Layout(name, [BASIC_HEAD, *people(BASIC)], (0, 0), BASIC, **options)


def _titled(name: str, above: list[list], **options) -> Layout:
    top = len(above)
    return Layout(name, [*above, BASIC_HEAD, *people(BASIC)], (top, top), BASIC, **options)


def _with_rows(name: str, before: list[list], after: list[list], middle: list[list] | None = None) -> Layout:
    rows = people(BASIC)
    body = rows[:3] + (middle or []) + rows[3:]
    return Layout(name, [BASIC_HEAD, *before, *body, *after], (0, 0), BASIC)


def _lost_merges() -> Layout:
    fields = ["seq", "name", "sex", "id_number", "street", "community", "phone"]
    top = ["序号", "姓名", "性别", "身份证号码", "家庭住址", "", "联系电话"]
    low = ["", "", "", "", "街道", "社区", ""]
    return Layout(
        "two levels in a CSV", [top, low, *people(fields)], (0, 1), fields, form="csv", encoding="gb18030"
    )


def _modern() -> Layout:
    heads = ["序号", "*姓名", "*公民身份号码", "民族", "*学历", "毕业院校", "毕业时间", "*户口性质", "就业创业证编号", "人员类别",
             "就业失业状态", "就业困难人员类别", "手机号码", "现居住地址"]  # fmt: skip
    fields = ["seq", "name", "id_number", "ethnicity", "education", "school", "graduated", "hukou_kind", "certificate_no",
              "kind", "state", "hardship_category", "phone", "address"]  # fmt: skip
    extra = {
        "ethnicity": "汉族",
        "school": "河北师范大学",
        "graduated": "2005年7月",
        "hardship_category": "4050",
    }
    rows = [[{**person(n), **extra}[code] for code in fields] for n in range(6)]
    guide = ["", "必填", "必填，18位", "", "从下拉列表选择", "", "格式：2006-08", "请选择", *[""] * 6]
    lists = [
        ("下拉", [["文盲", "男"], ["小学", "女"], ["初中", ""]]),
        ("填表说明", [["1、带*号为必填项"], ["2、请勿改动表头"]]),
    ]
    return Layout("modern template", [heads, guide, *rows], (0, 0), fields, others=lists)


def _no_header() -> Layout:
    fields = [None, "name", "sex", "id_number", None, "phone"]
    rows = [
        [n, p["name"], p["sex"], p["id_number"], p["address"], p["phone"]]
        for n in range(6)
        if (p := person(n))
    ]
    return Layout("no header at all", rows, None, fields)


def _unnamed_id() -> Layout:
    fields = ["seq", "name", "sex", "id_number", "phone"]
    return _headed("ID column without a name", ["序号", "姓名", "性别", "", "电话"], fields)


def _wrong_id_heading() -> Layout:
    fields = ["name", None, "id_number", "address"]
    rows = [[p["name"], "有", p["id_number"], p["address"]] for n in range(6) if (p := person(n))]
    return Layout(
        "ID numbers under another heading", [["姓名", "身份证", "号码", "地址"], *rows], (0, 0), fields
    )


def _spouse() -> Layout:
    fields = ["name", "id_number", None, None, "phone"]
    top, low = ["本人情况", "", "配偶情况", "", "联系电话"], ["姓名", "身份证号", "姓名", "身份证号", ""]
    rows = [
        [p["name"], p["id_number"], "某某", p["id_number"], p["phone"]] for n in range(6) if (p := person(n))
    ]
    merges = [(0, 0, 0, 1), (0, 2, 0, 3), (0, 4, 1, 4)]
    return Layout("spouse beside the person", [top, low, *rows], (0, 1), fields, merges=merges)


def _export(language: int) -> Layout:
    from resident_vocabulary import VOCABULARY

    fields = [code for code, item in VOCABULARY.fields.items() if code in person(0)]
    heads = [VOCABULARY.fields[code].aliases[0] if language else code for code in fields]
    return _headed(f"export with {'labels' if language else 'codes'}", heads, fields)


UNIT_ROW = ["填报单位（盖章）：东华社区", "", "", "", "", "", "填报日期：2006年6月30日", ""]
SIGNED = ["单位负责人：李某", "", "", "填表人：王某", "", "", "联系电话：0311-86012345", ""]
SHORT = ["name", "sex", "id_number", "phone"]


def layouts() -> list[Layout]:
    wide = [(0, 0, 0, 7)]
    return [
        _plain("plain xlsx"),
        _plain("plain xls", form="xls"),
        _plain("UTF-8 CSV", form="csv"),
        _plain("UTF-8 CSV with mark", form="csv", encoding="utf-8-sig"),
        _plain("GB 18030 CSV", form="csv", encoding="gb18030"),
        _plain("UTF-16 CSV", form="csv", encoding="utf-16"),
        _plain("UTF-16 without mark", form="csv", encoding="utf-16-le"),
        _plain("tabs, named xls", form="tsv", encoding="gb18030", filename="名册.xls"),
        _plain("HTML named xls", form="html", filename="名册.xls"),
        _plain("GBK HTML", form="html", encoding="gb2312", filename="名册.xls"),
        _plain("Excel 2003 XML", form="xml", filename="名册.xls"),
        _headed(
            "Big5 CSV", ["姓名", "性別", "身份證號碼", "聯繫電話"],
            ["name", "sex", "id_number", "phone"], form="csv", encoding="utf-8",
        ),
        _titled("title", [[TITLE]]),
        _titled("title, merged", [[TITLE, *[""] * 7]], merges=wide),
        _titled("title and unit row", [[TITLE, *[""] * 7], UNIT_ROW], merges=wide),
        _titled("title and unit row, xls", [[TITLE, *[""] * 7], UNIT_ROW], merges=wide, form="xls"),
        _titled("title and unit row, HTML", [[TITLE, *[""] * 7], UNIT_ROW], merges=wide, form="html"),
        _titled("annex, title, empty row", [["附件2："], [TITLE], [], UNIT_ROW]),
        _titled("ten rows of policy above", [[f"{n}、凡符合条件的下岗失业人员均应登记，须写明姓名、身份证号。"] for n in range(1, 11)]),
        _two_levels(),
        _three_levels(),
        _lost_merges(),
        _family(),
        _side_by_side(),
        _side_by_side_gap(),
        _modern(),
        _no_header(),
        _unnamed_id(),
        _wrong_id_heading(),
        _spouse(),
        _export(0),
        _export(1),
        _with_rows("numbered columns under the header", [["甲", "乙", 1, 2, 3, 4, 5, 6]], []),
        _with_rows("totals, signatures, remarks", [], [["合计", "6人"], [], SIGNED, ["说明：本表一式两份，一份报街道。"]]),
        _with_rows("header repeated on each page", [], [], [["小计", "3"], BASIC_HEAD]),
        _with_rows("sections by community", [["一、东华社区"]], [], [["二、东华西社区"]]),
        _headed("spaces and line breaks in headings", ["序\n号", "姓  名", "性 别", "身 份\n证 号 码", "联 系 电 话"],
                ["seq", "name", "sex", "id_number", "phone"]),
        _headed("marks in headings", ["*姓名", "性别（必填）", "身份证号码(18位)", "联系方式*", "月薪要求（元/月）"],
                [*SHORT, "wish_pay"]),
        _headed("2006 terms", ["编号", "下岗失业人员姓名", "性别", "身份证编号", "再就业优惠证编号", "原工作单位", "下岗时间", "就业愿望工种", "是否享受低保"],
                ["seq", "name", "sex", "id_number", "certificate_no", "former_unit", "unemployed_since", None, "low_income"]),
        _headed("filler words in headings", ["申请人姓名", "性别", "申请人身份证号码", "申请人联系电话", "现家庭住址"],
                ["name", "sex", "id_number", "phone", "address"]),
        _headed("English headings", ["No.", "Full name", "Sex", "ID number", "Phone", "Community"],
                ["seq", "name", "sex", "id_number", "phone", "community"]),
        _headed("only two columns", ["姓名", "身份证号"], ["name", "id_number"]),
        Layout("table begins at D4", [[], [], [], ["", "", "", *BASIC_HEAD], *[["", "", "", *r] for r in people(BASIC)]],
               (3, 3), ["-", "-", "-", *BASIC]),
        Layout("second sheet is the roster", [[TITLE], BASIC_HEAD, *people(BASIC)], (1, 1), BASIC, sheet=1,
               others=[("封面", [["东华社区"], ["二〇〇六年六月"]])]),
    ]  # fmt: skip
