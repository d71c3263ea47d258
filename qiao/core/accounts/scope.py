"""What part of the tree a person may see. Every query that serves a person starts here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from qiao.core.regions import codes
from qiao.core.regions.codes import Level

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Scope:
    """A region's subtree as a filter. Code 0 is the nation: everything."""

    code: int

    @classmethod
    def everything(cls) -> Scope:
        return cls(codes.NATION)

    @property
    def level(self) -> Level:
        return codes.level_of(self.code)

    @property
    def lo(self) -> int:
        return self.code

    @property
    def hi(self) -> int:
        return codes.subtree(self.code).hi

    @property
    def district(self) -> Scope:
        """The whole district of a street or a community; wider scopes are what they are."""
        return Scope(codes.at_level(self.code, Level.DISTRICT)) if self.level > Level.DISTRICT else self

    def contains(self, region_code: int) -> bool:
        return codes.contains(self.code, region_code)

    def narrowed(self, region_code: int) -> Scope:
        """The scope of a region inside this one, or this one when it lies outside."""
        return Scope(region_code) if self.contains(region_code) else self

    def q(self, prefix: str = "") -> Q:
        """Records of this scope; `prefix` is the path to the record ("resident__").

        A station, an office and a district each have a column of their own, so that a list sorted by
        key reads one index in order; wider scopes use the range.
        """
        match self.level:
            case Level.NATION:
                return Q()
            case Level.COMMUNITY:
                return Q(**{f"{prefix}region": self.code})
            case Level.STREET:
                return Q(**{f"{prefix}street": self.code // codes.SPANS[Level.STREET]})
            case Level.DISTRICT:
                return Q(**{f"{prefix}district": self.code // codes.SPANS[Level.DISTRICT]})
            case _:
                return Q(**{f"{prefix}region__gte": self.lo, f"{prefix}region__lt": self.hi})

    def filter(self, rows: QuerySet[M], prefix: str = "") -> QuerySet[M]:
        return rows.filter(self.q(prefix))
