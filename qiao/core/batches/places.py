"""Which community a row belongs to, among those of the district and within reach of who imports."""

from __future__ import annotations

from typing import Any

from qiao.core.batches.models import ImportBatch
from qiao.core.intake import Note
from qiao.core.regions import codes
from qiao.core.regions.models import Region


class Places:
    """Which community a row belongs to: its own word, else the community the roster is imported into."""

    def __init__(self, batch: ImportBatch) -> None:
        district = codes.at_level(batch.region_id, codes.Level.DISTRICT)
        regions = list(
            Region.objects.under(district).filter(valid_to=None).values_list("code", "name", "level")
        )
        self.names = {code: name for code, name, _level in regions}
        self.by_field = {
            "community": _index(regions, Region.Level.COMMUNITY),
            "street": _index(regions, Region.Level.STREET),
        }
        whole = codes.level_of(batch.region_id) == codes.Level.COMMUNITY
        self.default = batch.region_id if whole else None
        self.allowed = codes.subtree(batch.scope_code)

    def region_of(self, values: dict[str, Any]) -> tuple[int | None, Note | None]:
        said = values.get("community")
        region = said if isinstance(said, int) else self.default
        if region is None:
            return None, Note("community_missing")
        if region not in self.allowed:
            return None, Note("outside_area", {"community": self.names.get(region, str(region))})
        return region, None


def _index(regions: list[tuple[int, str, int]], level: int) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for code, name, at in regions:
        if at == level:
            index.setdefault(name, []).append(code)
    return index
