"""What is really so in the demo district, before anybody writes it into a spreadsheet."""

from dataclasses import dataclass, field
from datetime import date

TODAY = date(2006, 8, 31)
WINDOW = date(2004, 1, 1)


@dataclass(slots=True)
class Spell:
    """One stretch of one status, [since, until). `precision`: 1 year, 2 month, 3 day, of `since`."""

    state: str
    since: date
    until: date | None = None
    precision: int = 3
    reason: str = ""
    form: str = ""
    employer: str = ""
    trade: str = ""
    registered_on: date | None = None
    cancelled_on: date | None = None
    cancel_reason: str = ""

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    def registered_at(self, day: date) -> bool:
        return (
            self.registered_on is not None
            and self.registered_on <= day
            and (self.cancelled_on is None or day < self.cancelled_on)
        )


@dataclass(slots=True)
class Recognition:
    """Hardship recognised. `applied_on` <= `recognised_on`; pending while `recognised_on` is None."""

    category: str
    applied_on: date
    stage: str = ""
    recognised_on: date | None = None
    exited_on: date | None = None
    exit_reason: str = ""

    def holds(self, day: date) -> bool:
        return (
            self.recognised_on is not None
            and self.recognised_on <= day
            and (self.exited_on is None or day < self.exited_on)
        )


@dataclass(slots=True)
class Visit:
    """Somebody from the station at the door or on the phone; the codes are those of words.yml."""

    on: date
    way: str
    outcome: str
    situation: str = ""
    needs: tuple[str, ...] = ()


@dataclass(slots=True)
class Resident:
    key: int
    community: int
    household: int
    relation: str
    sex: str
    birth: date
    name: str = ""
    id_number: str = ""
    ethnicity: str = ""
    education: str = "junior"
    school: str = ""
    major: str = ""
    graduated: date | None = None
    marital: str = "married"
    party: str = "masses"
    health: str = "healthy"
    disability: str = ""
    hukou_kind: str = "urban"
    hukou_address: str = ""
    address: str = ""
    mobile: str = ""
    landline: str = ""
    kind: str = "other"
    certificate_no: str = ""
    skill: str = ""
    former_unit: str = ""
    former_trade: str = ""
    able: bool = True
    willing: bool = True
    wish_occupation: str = ""
    wish_pay: int = 0
    wish_hours: str = ""
    wish_distance: str = ""
    wish_training: str = ""
    note: str = ""
    out_reason: str = ""
    spells: list[Spell] = field(default_factory=list)
    recognitions: list[Recognition] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)

    @property
    def active(self) -> bool:
        """Of the labour force by ability and will."""
        return not self.out_reason

    @property
    def now(self) -> Spell:
        return self.spells[-1]

    def age(self, day: date = TODAY) -> int:
        return day.year - self.birth.year - ((day.month, day.day) < (self.birth.month, self.birth.day))

    @property
    def hardship(self) -> Recognition | None:
        """The recognition that holds today."""
        return next((r for r in reversed(self.recognitions) if r.holds(TODAY)), None)

    @property
    def registered(self) -> bool:
        return self.now.state == "unemployed" and self.now.registered_at(TODAY)


@dataclass(slots=True)
class ZeroEmployment:
    """A time in which nobody of the household who can and wants to work had work."""

    since: date
    found_on: date
    recognised_on: date
    helper: str
    cleared_on: date | None = None
    cleared_by: int | None = None
    way: str = ""


@dataclass(slots=True)
class Household:
    key: int
    number: str
    community: int
    address: str
    landline: str
    low_income: bool = False
    minors: int = 0
    members: list[Resident] = field(default_factory=list)
    zero: ZeroEmployment | None = None

    @property
    def head(self) -> Resident:
        return self.members[0]

    @property
    def active(self) -> list[Resident]:
        return [member for member in self.members if member.active]


@dataclass(slots=True)
class Community:
    code: int
    name: str
    short: str
    street: str
    station_worker: str
    good: bool
    households: list[Household] = field(default_factory=list)

    @property
    def residents(self) -> list[Resident]:
        return [member for household in self.households for member in household.members]
