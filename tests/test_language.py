"""Every word a user may read is translated, once, and none is written into the code."""

from __future__ import annotations

from qiao.config.messages import PACKAGE
from qiao.config.wording import problems


def test_the_wording_is_complete() -> None:
    assert not list(problems(PACKAGE))
