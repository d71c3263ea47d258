"""From the words of a wish to the trade it means, one by one and in the database."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml
from django.db.models import Case, Value, When

from qiao.services.training.choices import Trade


@cache
def words() -> dict[str, list[str]]:
    loaded: dict[str, list[str]] = yaml.safe_load(
        (files("qiao.services.training") / "trades.yml").read_text("utf-8")
    )
    return loaded


def meant(wish: str) -> str:
    """The trade that a wish names; "" where nothing is wished."""
    found = next((trade for trade, known in words().items() if any(word in wish for word in known)), "")
    return found or (Trade.OTHER.value if wish.strip() else "")


def expression(path: str) -> Case:
    """The same over a column of wishes; NULL where nothing is wished."""
    known = [When(**{f"{path}__regex": "|".join(said)}, then=Value(trade)) for trade, said in words().items()]
    return Case(When(**{path: ""}, then=None), *known, default=Value(Trade.OTHER.value))
