"""The newest run of a district as it stands now: posts taken or withdrawn since are gone, new ones have come.

People and posts newer than the run are matched at once on its prices. Whoever was given a post that is gone, is settled
anew together with their neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, F, Func, Q, TextField, Value
from django.db.models.functions import Cast
from numpy.typing import NDArray

from qiao.core.accounts.scope import Scope
from qiao.core.records.binding import beyond_scope
from qiao.engines import matching as engine
from qiao.engines.matching import UNKNOWN, Explanation, Lists, Market, People
from qiao.engines.matching.components import components_of
from qiao.services.matching import columns
from qiao.services.matching.models import Run, Snapshot
from qiao.services.matching.packing import Packed, unpack
from qiao.services.matching.places import Codes
from qiao.services.matching.reasons import reasons_of
from qiao.services.matching.settings import Settings, settings_of
from qiao.services.people import api as people
from qiao.services.vacancies import api as vacancies

DISTRICTS_HELD = 4
AROUND = 0
"""Metres: who else is settled anew when a post is gone. The community; the nightly run does the rest."""
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """`packed` with the openings of today; new posts are its last rows, at no price. `seeking`: who of the run's people
    still looks for work."""

    run: Run
    packed: Packed
    seeking: Flags
    settings: Settings
    on: date

    @property
    def market(self) -> Market:
        return self.packed.market

    def explained(self, person: Any) -> tuple[Market, Explanation]:
        """The list of a person who seeks work (a row of `columns.read_people`), with reasons; in a market in which
        they are the last."""
        packed, one = self.packed, self._people([person])
        held = self._held(person)
        market = self.market.with_people(_joined(self.market.people, one))
        arrival = engine.Board(self.market, packed.run).arrive(one)
        given = held if held != UNKNOWN and self._may(one, held) else arrival.post
        posts = arrival.list
        if given != UNKNOWN:
            kind = self.market.offer.kind_of
            posts = np.append(given, posts[kind[posts] != kind[given]])
        run = _with(packed.run, market, one, posts, given, self._tier(person))
        return market, engine.explain(market, run, len(market.people) - 1)

    def callable(self, post: int, newcomers: list[Any], scope: Scope, most: int) -> list[Called]:
        """Whom to call for an open post: those of a scope who have nothing else from the run, or this very post; the
        highest tier first, then the best score, at most so many. `newcomers` are rows of people the run does not know as they are."""
        market, run, changed = self.market, self.packed.run, {row.id for row in newcomers}
        row = _place(market.posts.id, post)
        if row == UNKNOWN or not market.posts.openings[row]:
            return []
        free = (run.post < 0) | (run.post == row)
        here = (
            self.seeking
            & inside(self.packed, self.run, scope)
            & free
            & ~np.isin(market.people.id, list(changed))
        )
        known = np.flatnonzero(here)
        new = self._people(newcomers)
        everybody = _joined(market.people.take(known), new)
        tiers = np.append(run.tier[known], new.tier)
        given = np.append(run.post[known] == row, np.zeros(len(new), bool))
        nobody = replace(run, post=np.full(len(everybody), UNKNOWN), tier=tiers)
        asked = market.with_people(everybody)
        who, scores = engine.call_for(asked, nobody, market.posts.take([row]))
        who, scores = who[:most], scores[:most]
        why = reasons_of(asked, who, np.full(len(who), row))
        return [
            Called(int(everybody.id[one]), int(tiers[one]), int(score), bool(given[one]), int(bits))
            for one, score, bits in zip(who, scores, why, strict=True)
        ]

    def newer(self, scope: Scope) -> Q:
        """Who of a scope is not in the run, or was changed since."""
        ids = ",".join(map(str, self.market.people.id[inside(self.packed, self.run, scope)].tolist()))
        known = Cast(Value(f"{{{ids}}}", TextField()), ArrayField(BigIntegerField()))
        unknown = Func(
            F("pk"),
            Func(known, function="ALL"),
            template="%(expressions)s",
            arg_joiner=" <> ",
            output_field=BooleanField(),
        )
        return Q(changed_at__gt=self.run.read_at) | Q(unknown)

    def _people(self, rows: list[Any]) -> People:
        return columns.people_of(rows, self.packed.regions, self.packed.words, self.settings, self.on)

    def _row(self, person: Any) -> int:
        return _place(self.market.people.id, person.id)

    def _held(self, person: Any) -> int:
        """The post the run gave, as long as it has an opening."""
        at = self._row(person)
        post = int(self.packed.run.post[at]) if at != UNKNOWN else UNKNOWN
        return post if post != UNKNOWN and self.market.posts.openings[post] else UNKNOWN

    def _tier(self, person: Any) -> int:
        at = self._row(person)
        return max(int(person.in_hardship), int(self.packed.run.tier[at]) if at != UNKNOWN else 0)

    def _may(self, one: People, post: int) -> bool:
        """Whether the person, as recorded now, still meets what the post asks."""
        alone = replace(self.market, people=one, posts=self.market.posts.take([post]))
        return bool(len(engine.call_for(alone, _nobody(alone, self.packed.run), alone.posts)[0]))


@dataclass(frozen=True, slots=True)
class Called:
    resident: int
    tier: int
    score: int
    given: bool
    reasons: int


def newest(region: int) -> Run | None:
    found: Run | None = Run.objects.within(Scope(region).district).order_by("-id").first()
    return found


def board(region: int, on: date) -> Board | None:
    """None while nothing is kept of any matching of the district."""
    run = newest(region)
    if run is None:
        return None
    district = run.region_id
    settings = settings_of(district, on, run.mode)
    try:
        packed, seeking = _today(run.pk, district, on, settings, vacancies.stamp(district, on))
    except Snapshot.DoesNotExist:
        return None
    return Board(run, packed, seeking, settings, on)


@lru_cache(DISTRICTS_HELD)
def kept(run: int) -> Packed:
    """Raises Snapshot.DoesNotExist for a run so old that only its figures are kept."""
    with beyond_scope("a list is explained against all posts and people of the district"):
        return unpack(bytes(Snapshot.objects.values_list("packed", flat=True).get(run=run)))


def inside(packed: Packed, run: Run, scope: Scope) -> Flags:
    """Which people of a run lived in a scope when it was made."""
    homes = np.append(packed.regions, run.region_id)[packed.market.people.home]
    found: Flags = (homes >= scope.lo) & (homes < scope.hi)
    return found


@lru_cache(DISTRICTS_HELD)
def _today(
    run: int, district: int, on: date, settings: Settings, stamp: tuple[Any, ...]
) -> tuple[Packed, Flags]:
    """`stamp` is that of the posts: the market is laid out again when it differs."""
    with beyond_scope("who of the district still seeks work decides which openings are free"):
        ids = list(people.seekers(Scope(district), on).order_by().values_list("pk", flat=True))
    packed = _with_new_posts(kept(run), district, on, settings)
    seeking = np.isin(packed.market.people.id, ids)
    return _settled(packed, seeking), seeking


def _with_new_posts(packed: Packed, district: int, on: date, settings: Settings) -> Packed:
    posts, run = packed.market.posts, packed.run
    left = dict(vacancies.open_posts(district, on).order_by("id").values_list("pk", "left"))
    known = set(posts.id.tolist())
    rows = columns.read_posts(
        vacancies.of_district(district).filter(pk__in=[one for one in left if one not in known])
    )
    new = columns.posts_of(rows, packed.regions, packed.words, settings)
    openings = np.array([left.get(one, 0) for one in posts.id.tolist()], np.int64)
    return replace(
        packed,
        market=replace(packed.market, posts=_joined(replace(posts, openings=openings), new)),
        run=replace(run, price=np.append(run.price, np.zeros(len(new), run.price.dtype))),
    )


def _settled(packed: Packed, seeking: Flags) -> Packed:
    """Whoever seeks no longer holds nothing; holders of too few openings are settled anew."""
    market, run = packed.market, packed.run
    post, score = np.where(seeking, run.post, UNKNOWN), np.where(seeking, run.score, 0)
    held = np.bincount(post[post >= 0], minlength=len(market.posts))
    fewer = np.flatnonzero(held > market.posts.openings)
    if len(fewer):
        found = engine.close(market, replace(run, post=post, score=score), fewer, AROUND, seeking)
        post[found.people], score[found.people] = found.post, found.score
    return replace(packed, run=replace(run, post=post, score=score))


def _with(run: engine.Run, market: Market, one: People, posts: Any, given: int, tier: int) -> engine.Run:
    """The run with one person more, the last."""
    width = run.lists.post.shape[1] if run.lists.post.size else market.policy.list_rows
    row = np.full((1, width), UNKNOWN, np.int64)
    row[0, : len(posts)] = posts[:width]
    kinds = np.where(row >= 0, market.offer.kind_of[row], UNKNOWN) if len(market.posts) else row
    components = components_of(market.offer, one, kinds)
    parts = np.array(market.policy.weights.parts, np.int64)
    scores = np.where(row >= 0, components @ parts, UNKNOWN)
    lists = run.lists
    held = int(scores[0, 0]) if given != UNKNOWN else 0
    return replace(
        run,
        post=np.append(run.post, given),
        score=np.append(run.score, held),
        tier=np.append(run.tier, tier),
        lists=Lists(
            np.vstack([lists.post.reshape(-1, width), row]),
            np.vstack([lists.score.reshape(-1, width), scores]),
            np.vstack([lists.components.reshape(-1, width, components.shape[2]), components]),
        ),
    )


def _nobody(market: Market, run: engine.Run) -> engine.Run:
    return replace(
        run, post=np.full(len(market.people), UNKNOWN), tier=np.zeros(len(market.people), np.int64)
    )


def _place(ids: Codes, one: int) -> int:
    at = np.flatnonzero(ids == one)
    return int(at[0]) if len(at) else UNKNOWN


def _joined(one: Any, other: Any) -> Any:
    """Two tables of the engine, one after the other; the narrower one gets further wishes of none."""

    def both(name: str) -> Any:
        left, right = getattr(one, name), getattr(other, name)
        if left.ndim == 2:
            width = max(left.shape[1], right.shape[1])
            left, right = (np.pad(part, ((0, 0), (0, width - part.shape[1]))) for part in (left, right))
        return np.concatenate([left, right])

    return type(one)(**{column.name: both(column.name) for column in fields(one)})
