"""The whole district is matched anew: read in a constant number of queries, written in one transaction."""

from __future__ import annotations

from datetime import date
from time import perf_counter
from typing import Any

from django.db import transaction
from django.utils import timezone

from qiao.core.accounts.scope import Scope
from qiao.engines import matching as engine
from qiao.engines.matching import Market
from qiao.services.matching import columns, packing, places
from qiao.services.matching.models import Run, Snapshot
from qiao.services.matching.packing import Outcome, Packed
from qiao.services.matching.places import Codes
from qiao.services.matching.settings import Settings, settings_of
from qiao.services.people import api as people
from qiao.services.vacancies import api as vacancies


def rematch(district: int, on: date, mode: str = "", by: int | None = None) -> Run:
    """Matches and keeps it. Raises UnknownParameter. Whatever stops it leaves the run before it in place."""
    began, read_at = perf_counter(), timezone.now()
    settings = settings_of(district, on, mode)
    market, regions, words = read(district, on, settings)
    chosen, other = engine.choose(market)
    if settings.policy.mode is engine.Mode.FAIR:
        chosen, other = other, chosen
    with transaction.atomic():
        run = Run.objects.create(
            region_id=district,
            created_by_id=by,
            mode=chosen.mode,
            other_mode=other.mode,
            on=on,
            read_at=read_at,
            milliseconds=0,
            weights=chosen.weights,
            inputs=chosen.inputs,
            figures=packing.figures_kept(chosen.figures),
            others=packing.figures_kept(other.figures),
        )
        packed = packing.pack(Packed(market, chosen, Outcome.of(other), regions, words))
        Snapshot.objects.create(run=run, region_id=district, packed=packed)
        _forget(district, settings.kept)
        run.milliseconds = round(1000 * (perf_counter() - began))
        run.save(update_fields=["milliseconds"])
    return run


def read(district: int, on: date, settings: Settings) -> tuple[Market, Codes, columns.Words]:
    """Everybody who seeks work and every open post of a district, as `market_of` lays them out."""
    seekers, posts = people.seekers(Scope(district), on), vacancies.open_posts(district, on)
    return market_of(seekers, posts, district, on, settings)


def market_of(
    seekers: Any, posts: Any, district: int, on: date, settings: Settings
) -> tuple[Market, Codes, columns.Words]:
    """The market of residents with their standing and of posts; the regions of the distances; the names of the bits."""
    wanting, offered = columns.read_people(seekers), columns.read_posts(posts)
    regions, words = places.regions_of(district), columns.words_of(offered)
    market = Market(
        columns.people_of(wanting, regions, words, settings, on),
        columns.posts_of(offered, regions, words, settings),
        places.ways(regions, places.centres(district, regions), settings),
        settings.policy,
    )
    return market, regions, words


def _forget(district: int, kept: int) -> None:
    """Lists and names of all but the last runs go; their figures stay."""
    runs = Run.objects.within(Scope(district)).order_by("-id").values_list("pk", flat=True)
    old = list(runs.filter(snapshot__isnull=False)[kept:])
    Snapshot.objects.filter(run__in=old).delete()
