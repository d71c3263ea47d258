"""The demo district's files, loaded through the doors that every district uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path

from qiao.core.accounts import staff_list
from qiao.core.accounts.models import Appointment, User
from qiao.core.accounts.rights import Right, Role
from qiao.core.accounts.scope import Scope
from qiao.core.batches import actions, importer
from qiao.core.batches.models import ImportBatch
from qiao.core.calendars import clock
from qiao.core.indicators import rollup
from qiao.core.regions import codes, loading
from qiao.demo import fair_day, loan_desk
from qiao.demo.writing import Entry, Manifest
from qiao.services.matching.rematch import rematch
from qiao.services.people import zero_employment
from qiao.services.people.sweeps import duplicates, patterns

IMPORTERS = {
    "applications": "recognitions",
    "placed": "placements",
    "fair_book": "fair-book",
    "fair_intentions": "fair-intentions",
    "running_loans": "running-loans",
    "bank_repayments": "repayments",
}
SHOWN = (Role.STATION, Role.OFFICE, Role.EMPLOYMENT_SECTION, Role.LOAN_SECTION, Role.LEADER, Role.SYSTEM_ADMIN,
         Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)  # fmt: skip
Progress = Callable[[str], None]


def is_loaded() -> bool:
    return ImportBatch.everything.filter(stage=ImportBatch.Stage.DONE).exists()


def load(folder: Path, manifest: Manifest, password: str, done: Progress) -> Iterator[ImportBatch]:
    """Regions, staff, then each file as its own office imports it. Yields every finished batch."""
    as_of = date.fromisoformat(manifest.as_of)
    clock.fix(as_of)
    loading.load((files("qiao.demo.data") / "district.csv").read_bytes())
    for entry in manifest.of("staff"):
        staff_list.take(folder / entry.path, as_of.replace(year=as_of.year - 3), password)
        done(entry.path)
    for entry in manifest.entries:
        if entry.ledger == "fair_book":
            fair_day.hold(codes.at_level(entry.region, codes.Level.DISTRICT))
        if entry.ledger == "running_loans":
            loan_desk.set_up(entry.region)
        if entry.ledger != "staff" and not _imported(entry):
            batch = _import(folder, entry)
            done(entry.path)
            yield batch


def finish(manifest: Manifest) -> None:
    """What the nightly work would do: households without work, possible duplicates, patterns, figures kept ready."""
    as_of = date.fromisoformat(manifest.as_of)
    district = next(entry.region for entry in manifest.of("staff"))
    zero_employment.sweep(district, as_of)
    duplicates.sweep(district, as_of)
    patterns.sweep(district, as_of)
    rematch(district, as_of)
    rollup.merge_all(Scope(district), as_of)


def _imported(entry: Entry) -> bool:
    """A file that went in before an interruption is not read again."""
    name = Path(entry.path).name
    return ImportBatch.objects.filter(
        file__name=name, region_id=entry.region, stage=ImportBatch.Stage.DONE
    ).exists()


def _import(folder: Path, entry: Entry) -> ImportBatch:
    path, kind = folder / entry.path, IMPORTERS.get(entry.ledger, entry.ledger)
    clerks = clerks_of(entry.region, kind)
    with path.open("rb") as file:
        chunks = iter(lambda: file.read(1 << 20), b"")
        batch = actions.take_in(kind, path.name, chunks, entry.region, Scope(entry.region), clerks[0])
    actions.read(batch)
    actions.check(batch)
    actions.imported_by(batch, clerks[-1] if importer.get(kind).checked else clerks[0])
    actions.merge(batch)
    return batch


def clerks_of(region: int, kind: str) -> list[User | None]:
    """Who imports what belongs to a region: its station, its office, the district's employment or loan section."""
    role = {codes.Level.COMMUNITY: Role.STATION, codes.Level.STREET: Role.OFFICE}.get(
        codes.level_of(region), Role.EMPLOYMENT_SECTION
    )
    if importer.get(kind).right == Right.REVIEW_LOANS:
        role = Role.LOAN_SECTION
    posts = Appointment.objects.filter(region_id=region, role=role).select_related("user").order_by("id")
    return [post.user for post in posts] or [None]


def sign_ins() -> Iterator[tuple[str, str, str, str]]:
    """One person of each role: role, region, name, sign-in name."""
    for role in SHOWN:
        one = (
            Appointment.objects.filter(role=role)
            .select_related("user", "region")
            .order_by("region_id", "id")
            .first()
        )
        if one:
            yield str(role.label), one.region.name, one.user.name, one.user.username
