"""What training residents wish, against what the open posts ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Sum, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.http import urlencode

from qiao.core.accounts.scope import Scope
from qiao.core.indicators.choosing import code_text
from qiao.core.indicators.dimensions import Text
from qiao.core.ledgers import registry
from qiao.core.ledgers.viewer import Viewer
from qiao.services.people import api as people
from qiao.services.training import api as training
from qiao.services.vacancies import api as vacancies


@dataclass(frozen=True, slots=True)
class Skill:
    """A trade: residents of the scope who wish to learn it, openings left in the district that ask for it."""

    name: Text
    wished: int
    asked: int
    wished_url: str
    asked_url: str


def asking(region: int, on: Any) -> Any:
    """The open posts of the district of a region, each with the `trade` that its words name."""
    words = Concat(F("title"), Value(" "), F("skills"), Value(" "), F("certificates"))
    return vacancies.open_posts(region, on).annotate(words=words).annotate(trade=training.trade_in("words"))


def compared(viewer: Viewer, scope: Scope) -> list[Skill]:
    """One line a trade, the most wished first; posts that name none are left out."""
    wishes = (
        people.residents(scope).exclude(wish_training="").annotate(trade=training.trade_in("wish_training"))
    )
    wished = dict(wishes.order_by().values_list("trade").annotate(many=Count("pk")))
    posts = asking(scope.code, viewer.today).order_by()
    asked = dict(posts.values_list("trade").annotate(many=Sum("left")))
    demand = registry.get("training-demand").url()

    def skill(trade: str, name: Text) -> Skill:
        query = urlencode({"tab": "all", "trade": trade, "region": code_text(scope.code)})
        return Skill(
            name,
            wished.get(trade, 0),
            asked.get(trade, 0),
            f"{demand}?{query}",
            reverse("market_posts", args=[trade]),
        )

    lines = [skill(trade, name) for trade, name in training.TRADES.items() if trade != training.OTHER]
    return sorted(
        (one for one in lines if one.wished or one.asked), key=lambda one: (-one.wished, -one.asked)
    )
