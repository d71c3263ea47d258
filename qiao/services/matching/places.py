"""Where people live and where posts are, and how far that is apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qiao.core.accounts.scope import Scope
from qiao.core.records.binding import beyond_scope
from qiao.core.regions.codes import SPANS, Level, level_of
from qiao.core.regions.models import Region
from qiao.engines.matching import UNKNOWN, Distances
from qiao.services.employers import api as employers
from qiao.services.matching.settings import Settings
from qiao.services.vacancies import api as vacancies

Codes = NDArray[np.int64]
Degrees = NDArray[np.float64]


def regions_of(district: int) -> Codes:
    """Every street and community of a district, those of former days too."""
    return np.array(Region.objects.under(district).order_by("code").values_list("code", flat=True), np.int64)


def centres(district: int, regions: Codes) -> Degrees:
    """Latitude and longitude of each region: the middle of the employers, outlets and posts in it whose place is
    known; NaN where none is."""
    sums: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    with beyond_scope("where communities lie is no secret; nobody's name is read"):
        scope = Scope(district)
        for region, many, north, east in [*employers.located(scope), *vacancies.located(scope)]:
            sums[region] = [had + new for had, new in zip(sums[region], (many, north, east), strict=True)]
    found = np.full((len(regions), 2), np.nan)
    for at, region in enumerate(regions.tolist()):
        if many := sums.get(region, [0.0])[0]:
            found[at] = sums[region][1] / many, sums[region][2] / many
    return found


def ways(regions: Codes, middles: Degrees, settings: Settings) -> Distances:
    """Metres between regions: within one community none; between `middles` where both are known; else what the
    district has set for the same street and for another one."""
    street = regions // SPANS[Level.STREET]
    near = np.where(street[:, None] == street[None, :], settings.way_street, settings.way_district)
    known = np.flatnonzero(~np.isnan(middles).any(axis=1))
    near[np.ix_(known, known)] = Distances.between(middles[known], middles[known]).metres
    near[regions[:, None] == regions[None, :]] = 0
    return Distances.of(near.reshape(len(regions), len(regions)))


def places(regions: Codes, codes: Sequence[int]) -> Codes:
    """Rows of the distances; unknown for a region that is not among them or is a whole district."""
    asked = np.array(codes, np.int64).reshape(-1)
    at = np.searchsorted(regions, asked)
    there = at < len(regions)
    there[there] = regions[at[there]] == asked[there]
    there &= np.array([level_of(int(code)) > Level.DISTRICT for code in asked], bool)
    return np.where(there, at, UNKNOWN)
