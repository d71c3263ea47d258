"""A roster's wish gets its occupation code only where the coder is sure; the rest is left for the clerk."""

from __future__ import annotations

import pytest

from qiao.engines.occupations import tree
from qiao.engines.occupations.coder import coder
from qiao.services.occupations.api import SURE
from qiao.services.people.importers import ResidentImporter


@pytest.mark.parametrize("wish, sure", [("保安", True), ("随便", False), ("", False)])
def test_a_wish_is_coded_when_the_coder_is_sure(wish, sure):
    values = {"name": "赵敏", "wish_occupation": wish}
    ResidentImporter().derive(values)
    assert ("_wish_code" in values) is sure
    if sure:
        assert values["_wish_code"] in tree()
    else:
        assert all(guess.confidence < SURE for guess in coder().guess(wish))
