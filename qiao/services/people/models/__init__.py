from qiao.services.people.models.cases import HardshipCase, ZeroEmploymentCase
from qiao.services.people.models.household import Household, Membership
from qiao.services.people.models.resident import Resident
from qiao.services.people.models.review import (
    Answer,
    DuplicatePair,
    Merger,
    PatternFlag,
    Transfer,
    WillingnessChange,
)
from qiao.services.people.models.spell import Spell

__all__ = [
    "Answer",
    "DuplicatePair",
    "HardshipCase",
    "Household",
    "Membership",
    "Merger",
    "PatternFlag",
    "Resident",
    "Spell",
    "Transfer",
    "WillingnessChange",
    "ZeroEmploymentCase",
]
