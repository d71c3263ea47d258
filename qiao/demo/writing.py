"""The whole demo district into a folder: rosters, registers, staff, the truth behind them and a manifest."""

import json
import random
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from qiao.demo import formats, registers, rosters, staff
from qiao.demo.arrangements import Placed
from qiao.demo.district import district as the_district
from qiao.demo.district import streets
from qiao.demo.model import TODAY, Community
from qiao.demo.money import books as money
from qiao.demo.money.books import Money
from qiao.demo.population import District, populate
from qiao.demo.registers import Row
from qiao.demo.sheets import Sheet
from qiao.demo.truth import write_truth
from qiao.demo.words import load
from qiao.demo.work import books
from qiao.demo.work.model import Work
from qiao.demo.work.plan import plan

# Raised when other files are written, so that files of an older version are written anew.
WRITER = 3
BY_STREET = "households", "registrations", "reemployments", "recognitions", "visits"
BY_DISTRICT = "zero_households", "applications"
WORK_BY_STREET = "employers", "outlets", "posts", "placed"
WORK_BY_DISTRICT = "enterprises", "bases", "fair_book", "fair_intentions"
MONEY_BY_STREET = ("relief",)
MONEY_BY_DISTRICT = "running_loans", "bank_repayments"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: what it is for, whose it is, how it is laid out and how many people's lines it has."""

    path: str
    ledger: str
    region: int
    layout: str
    rows: int


@dataclass(slots=True)
class Manifest:
    """Every file, in the order in which it should be loaded. `counts` says what is really so on `as_of`."""

    seed: int
    scale: float
    writer: int = 0
    as_of: str = TODAY.isoformat()
    entries: list[Entry] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def of(self, ledger: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.ledger == ledger]

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        data = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        return cls(**data | {"entries": [Entry(**entry) for entry in data["entries"]]})


def write(folder: Path, seed: int = 2006, scale: float = 1.0, progress: Progress | None = None) -> Manifest:
    """Write the district into `folder`. The same seed and scale give the same bytes.

    `progress(done, total)` is called after each file. The facts go to `folder/truth/`, the list to
    `folder/manifest.json`.
    """
    district = populate(seed, scale)
    manifest = Manifest(seed, scale, WRITER, counts=_counts(district))
    by_street = *BY_STREET, *WORK_BY_STREET, *MONEY_BY_STREET
    by_district = *BY_DISTRICT, *WORK_BY_DISTRICT, *MONEY_BY_DISTRICT
    total = 1 + len(district.communities) + len(by_street) * len(streets()) + len(by_district)
    job = _Job(folder, manifest, progress or (lambda done, total: None), total)
    job.staff(district)
    job.rosters(district)
    job.registers(district)
    job.work(district)
    write_truth(folder / "truth", district, job.placed)
    listed = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
    (folder / "manifest.json").write_text(listed, encoding="utf-8")
    return manifest


@dataclass(slots=True)
class _Job:
    folder: Path
    manifest: Manifest
    progress: Progress
    total: int
    placed: dict[str, list[Placed]] = field(default_factory=dict)
    office_rows: list[Row] = field(default_factory=list)

    def save(self, entry: Entry, sheets: list[Sheet], writer: formats.Writer = formats.xlsx) -> None:
        path = self.folder / entry.path
        path.parent.mkdir(parents=True, exist_ok=True)
        writer(path, sheets)
        self.manifest.entries.append(entry)
        self.progress(len(self.manifest.entries), self.total)

    def staff(self, district: District) -> None:
        self.office_rows = staff.staff(self.manifest.seed, district.communities)
        sheet = staff.sheet(self.office_rows)
        self.save(_entry(load("staff")["file"], "staff", the_district().code, sheet), [sheet])

    def rosters(self, district: District) -> None:
        seed, folder = self.manifest.seed, load("registers")["rosters_folder"]
        plan = rosters.layout_plan(seed, [home.code for home in district.communities])
        guests = rosters.visitors(seed, district)
        for home in district.communities:
            rng = random.Random(f"{seed}:roster:{home.code}")
            made = rosters.roster(rng, plan[home.code], home, guests[home.code])
            path = folder.format(street=home.street, file=made.file_name)
            self.placed[path] = made.placed
            writer = formats.writer(load("layouts")["layouts"][made.layout])
            self.save(Entry(path, "residents", home.code, made.layout, len(made.placed)), made.sheets, writer)

    def registers(self, district: District) -> None:
        for kind in BY_STREET:
            for street in streets():
                homes = [home for home in district.communities if home.code // 1000 * 1000 == street.code]
                self._register(kind, street.code, homes, street.name)
        for kind in BY_DISTRICT:
            self._register(kind, the_district().code, district.communities, None)

    def _register(self, kind: str, region: int, homes: list[Community], place: str | None) -> None:
        sheet = registers.book(kind, homes, place)
        path = load("registers")["registers"][kind]["file"].format(place=place)
        self.save(_entry(path, kind, region, sheet), [sheet])

    def work(self, district: District) -> None:
        sure = {line.key for lines in self.placed.values() for line in lines if not _unsure(line)}
        known = sure & known_by_number(district)
        made = plan(
            self.manifest.seed, district, known, staff.of_offices(self.office_rows), self.manifest.scale
        )
        for kind in WORK_BY_STREET:
            for street in streets():
                self._book(kind, made, street.code, street.name)
        for kind in WORK_BY_DISTRICT:
            self._book(kind, made, None, None)
        self.money(money.plan(self.manifest.seed, made, self.manifest.scale))

    def money(self, made: Money) -> None:
        for kind in MONEY_BY_STREET:
            for street in streets():
                self._save_book(
                    kind, money.book(kind, made, street.code, street.name), street.code, street.name
                )
        for kind in MONEY_BY_DISTRICT:
            self._save_book(kind, money.book(kind, made, None, None), the_district().code, None)

    def _book(self, kind: str, made: Work, street: int | None, place: str | None) -> None:
        region = load("work")["fair"]["community"] if kind == "fair_book" else street or the_district().code
        self._save_book(kind, books.book(kind, made, street, place), region, place)

    def _save_book(self, kind: str, sheet: Sheet, region: int, place: str | None) -> None:
        path = load("registers")["registers"][kind]["file"].format(place=place)
        self.save(_entry(path, kind, region, sheet), [sheet])


def known_by_number(district: District) -> set[int]:
    """Keys of residents whose number does not look like one that a spreadsheet has cut off."""
    return {person.key for person in district.residents if not person.id_number.endswith("000")}


LOST = {
    "id_number:wrong_check_digit", "id_number:numeric", "id_number:missing", "id_number:digit_missing",
    "id_number:swapped_digits", "id_number:scientific_text", "row:hidden", "row:in_two_communities",
}  # fmt: skip


def _unsure(line: Placed) -> bool:
    """Whether the registry may not know the person by number after the roster went in."""
    return not LOST.isdisjoint(line.defects)


def _entry(path: str, ledger: str, region: int, sheet: Sheet) -> Entry:
    return Entry(path, ledger, region, "register", len(sheet.rows) - sheet.header.stop)


def _counts(district: District) -> dict[str, int]:
    residents, houses = list(district.residents), list(district.households)
    zero = [house.zero for house in houses if house.zero]
    return {
        "residents": len(residents),
        "households": len(houses),
        "able_and_willing": sum(person.active for person in residents),
        "employed": sum(person.now.state == "employed" for person in residents),
        "unemployed": sum(person.now.state == "unemployed" for person in residents),
        "registered_unemployed": sum(person.registered for person in residents),
        "visits": sum(len(person.visits) for person in residents),
        "in_hardship": sum(person.hardship is not None for person in residents),
        "zero_households": len(zero),
        "zero_households_open": sum(spell.cleared_on is None for spell in zero),
        "good_communities": sum(home.good for home in district.communities),
    }
