"""Employers, places of work, posts and who got them, before anybody writes them into a spreadsheet."""

from dataclasses import dataclass, field
from datetime import date

from qiao.demo.model import Community, Resident, Spell


@dataclass(slots=True)
class Firm:
    name: str
    kind: str
    section: str
    community: int
    licence: str
    contact: str
    phone: str
    address: str
    carrier: str = ""


@dataclass(slots=True)
class Outlet:
    """A small place of work in a community; owned by a resident or by a firm."""

    name: str
    trade: str
    community: int
    opened_on: date
    owner: Resident | None
    firm: Firm | None
    helped: tuple[str, ...]
    jobs: int
    carrier: str

    @property
    def owner_name(self) -> str:
        return self.owner.name if self.owner else self.firm.name if self.firm else ""


@dataclass(slots=True)
class Enterprise:
    """A labour-service enterprise, with its staff on the day it opened."""

    firm: Firm
    opened_on: date
    staff: int
    unemployed: int


@dataclass(slots=True)
class Base:
    firm: Firm
    recognised_on: date
    staff: int
    hardship: int
    capacity: int
    contract_years: int
    carrier: str


@dataclass(slots=True)
class Post:
    firm: Firm
    title: str
    kind: str
    source: str
    openings: int
    published_on: date
    valid_until: date
    pay: tuple[int, int]
    hours: str
    education: str
    ages: tuple[int, int] | None
    community: int
    welfare: bool = False
    officer: str = ""
    filled: int = 0

    @property
    def left(self) -> int:
        return self.openings - self.filled


@dataclass(slots=True)
class Placement:
    """One person's start of work through the offices."""

    person: Resident
    home: Community
    spell: Spell
    source: str
    post: Post | None = None
    contract: str = ""
    contract_until: date | None = None
    registered_on: date | None = None
    end_reason: str = ""

    @property
    def on(self) -> date:
        return self.spell.since


@dataclass(slots=True)
class Intention:
    person: Resident
    home: Community
    post: Post
    hired: Placement | None = None


@dataclass(slots=True)
class Work:
    firms: list[Firm] = field(default_factory=list)
    outlets: list[Outlet] = field(default_factory=list)
    enterprises: list[Enterprise] = field(default_factory=list)
    bases: list[Base] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    fair_posts: list[Post] = field(default_factory=list)
    intentions: list[Intention] = field(default_factory=list)
