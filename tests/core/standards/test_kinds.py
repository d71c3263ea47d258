from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiao.core.standards.kinds import KINDS, BadValue

TYPED = {
    "int": st.integers(0, 10**9).map(str),
    "workdays": st.integers(0, 400).map(str),
    "money": st.decimals(0, 10**8, places=2).map(str),
    "share": st.decimals(0, 100, places=2).map(lambda share: f"{share}%"),
    "decimal": st.decimals(-1000, 1000, places=4).map(str),
    "text": st.text("abc年月", min_size=1),
    "list": st.lists(st.sampled_from(["a", "b", "c"]), min_size=1).map("、".join),
}


@pytest.mark.parametrize("code", sorted(TYPED))
def test_kept_and_read_back(code):
    kind = KINDS[code]

    @given(TYPED[code])
    def check(text):
        value = kind.parse(text)
        assert kind.read(kind.keep(value)) == value
        assert kind.parse(kind.typed(value)) == value
        assert kind.shown(value)

    check()


@pytest.mark.parametrize(
    ("text", "share"), [("95%", "0.95"), ("0.95", "0.95"), ("2/3", "0.666667"), ("100％", "1")]
)
def test_shares(text, share):
    assert KINDS["share"].parse(text) == Decimal(share)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("int", "x"), ("int", "-1"), ("int", "1.5"), ("share", "150%"), ("share", "1/0"), ("share", "x/y"),
        ("money", "1.005"), ("money", "-5"), ("money", "1e999999"), ("int", "9" * 40), ("decimal", "NaN"),
        ("decimal", "Infinity"), ("text", ""), ("list", " , "),
    ],
)  # fmt: skip
def test_what_is_no_value_is_said(kind, text):
    with pytest.raises(BadValue):
        KINDS[kind].parse(text)
