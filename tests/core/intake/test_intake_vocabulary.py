"""Vocabularies: what they refuse, and what the product's own one knows."""

import pytest
from resident_vocabulary import VOCABULARY

from qiao.core.intake import Context, Kind, Vocabulary
from qiao.core.intake.headings import SURE, meaning
from qiao.core.intake.values import cleaner


def test_one_heading_cannot_name_two_fields():
    with pytest.raises(ValueError, match="names both"):
        Vocabulary.from_dict(
            {
                "fields": {
                    "a": {"kind": "text", "aliases": ["姓 名"]},
                    "b": {"kind": "text", "aliases": ["姓名"]},
                }
            }
        )


def test_one_word_cannot_mean_two_choices():
    with pytest.raises(ValueError, match="means both"):
        Vocabulary.from_dict({"fields": {"a": {"kind": "choice", "choices": {"x": ["是"], "y": ["是 "]}}}})


def test_every_alias_of_the_residents_names_its_field():
    for code, field in VOCABULARY.fields.items():
        for alias in (code, *field.aliases):
            best = meaning((alias,), VOCABULARY)[0]
            assert (best.field, best.confidence) == (code, 1.0)


def test_every_word_of_the_residents_is_understood():
    from datetime import date

    for field in VOCABULARY.fields.values():
        clean = cleaner(field, Context(date(2006, 8, 31)))
        for value, words in field.choices.items():
            assert all(clean(word) == (value, ()) for word in (value, *words))


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("配偶姓名", None), ("联系人电话", None), ("毕业院校及专业", None), ("家庭人口", None), ("失业人数", None), ("身份证复印件", None),
        ("年龄段", None), ("个人编号", None), ("单位地址", None), ("参加工作时间", None), ("就业困难人员", None),
        ("手机/座机", "phone"), ("家庭住址及门牌号", "address"), ("★姓名（必填）", "name"), ("身份证号码：", "id_number"),
        ("性别(男/女)", "sex"), ("现居住社区", "community"), ("失业时间（年月）", "unemployed_since"),
        ("再就业优惠证编号", "certificate_no"), ("就业创业证号", "certificate_no"), ("文化程度（学历）", "education"),
    ],
)  # fmt: skip
def test_headings_are_taken_or_left(heading, field):
    best = [match.field for match in meaning((heading,), VOCABULARY)[:1] if match.confidence >= SURE]
    assert best == ([field] if field else [])


def test_fields_of_the_contract_are_there():
    expected = """seq name sex age birth id_number ethnicity education school graduated major marital party health disability
    hukou_kind hukou_address address phone street community household_no household_head relation kind certificate_no skill
    former_unit state registered registered_on unemployed_since unemployed_reason employer employment_form employed_on
    hardship_category recognised_on able willing wish_occupation wish_pay wish_hours wish_distance wish_training low_income
    owner note"""
    assert set(expected.split()) <= set(VOCABULARY.fields)
    assert VOCABULARY.fields["id_number"].kind is Kind.ID_NUMBER
