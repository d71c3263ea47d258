"""How the five components make a score: a dated, versioned table. A run names the version it used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

COMPONENTS = ("occupation", "distance", "wage", "skills", "education")
FULL = 100


@dataclass(frozen=True, slots=True)
class Weights:
    """Each component is 0..100, the weights are percent: a score is 0..10000 without rounding.

    kinship      occupation by how many levels of the classification are shared with the wish, none to all four
    rank         percent of it that remains for the first wish, the second, …; the last serves all further wishes
    neutral      a component about which nothing is known or asked
    half_way     metres after which the distance component is halved
    wage_full    percent above the reserve at which the wage component is full
    overqualified   points lost for each step of education above what is asked
    detour       way over air line, where distances come from coordinates
    wider_commute, lower_reserve   steps tried by counterfactuals: metres more, percent less
    """

    version: str
    since: date
    occupation: int = 40
    distance: int = 20
    wage: int = 15
    skills: int = 15
    education: int = 10
    kinship: tuple[int, int, int, int, int] = (0, 25, 50, 75, 100)
    rank: tuple[int, ...] = (100, 90, 80)
    neutral: int = 50
    half_way: int = 3000
    wage_full: int = 50
    overqualified: int = 15
    detour: float = 1.3
    wider_commute: tuple[int, ...] = (1000, 2000, 5000)
    lower_reserve: tuple[int, ...] = (5, 10, 20)

    def __post_init__(self) -> None:
        if sum(self.parts) != FULL or min(self.parts) < 0:
            raise ValueError(f"weights {self.version}: the five weights are percent and make 100")
        if any(not 0 <= one <= FULL for one in (*self.kinship, *self.rank, self.neutral, self.overqualified)):
            raise ValueError(f"weights {self.version}: kinship, rank, neutral, overqualified are 0..100")
        if (
            list(self.kinship) != sorted(self.kinship)
            or not self.rank
            or min(self.half_way, self.wage_full) <= 0
        ):
            raise ValueError(f"weights {self.version}: kinship grows; half_way and wage_full are above 0")

    @property
    def parts(self) -> tuple[int, int, int, int, int]:
        return self.occupation, self.distance, self.wage, self.skills, self.education


WEIGHTS = (Weights("2006.1", date(2006, 1, 1)),)


def weights_on(day: date, table: tuple[Weights, ...] = WEIGHTS) -> Weights:
    """The version in force on that day; before the first, the first."""
    return max((one for one in table if one.since <= day), key=lambda one: one.since, default=table[0])
