"""The story of every duty: the records it arises from, who owes it, the record that closes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import case_world as world

from qiao.core.batches.models import ImportBatch, ImportRow, SourceFile
from qiao.core.duties.declaration import Viewer
from qiao.core.duties.worklist import worklist
from qiao.core.procedures.moves import take
from qiao.core.regions.models import Region
from qiao.services.people import zero_employment
from qiao.services.people.actions import merging, transfer, willingness
from qiao.services.people.models import DuplicatePair, HardshipCase, Resident, ZeroEmploymentCase
from qiao.services.visits import actions as visits
from qiao.services.visits.models import Visit

TODAY = world.TODAY
LONG_AGO = date(2005, 9, 1)


def unemployed(name: str = "刘桂芳", since: date = LONG_AGO, region: int = world.HERE, **facts) -> Resident:
    made = world.person(name, region, **facts)
    world.out_of_work(made, since)
    return made


def owed(who, code: str, today: date | None = None) -> int:
    groups = worklist(Viewer(who, today or world.clock.today()))
    return next((group.count for group in groups if group.duty.code == code), 0)


@dataclass(frozen=True)
class Story:
    """`arises` makes the facts and returns what `closes` needs; `by` owes it."""

    code: str
    by: str
    arises: Callable
    closes: Callable
    overseer: str = ""


def at_stage(model, code: str, **facts):
    def arise(staff):
        if model is HardshipCase:
            case = world.applied(staff["station"])
        else:
            someone = unemployed()
            world.family(someone)
            zero_employment.sweep(world.DISTRICT, TODAY)
            case = ZeroEmploymentCase.objects.get()
        model.objects.filter(pk=case.pk).update(
            **{"stage": code, "due_on": TODAY - timedelta(days=1), "stage_since": TODAY, **facts}
        )
        case.refresh_from_db()
        world.all_papers(case)
        return case

    return arise


def taking(name: str, who: str, **given):
    def close(staff, case):
        extra = {"helper": staff["station"].user, "measures": ""}
        if name in ("confirm_stable", "clear"):
            resident = Resident.objects.get()
            world.at_work(resident, date(2005, 10, 1) if name == "confirm_stable" else TODAY)
        take(case, name, staff[who], opinion="同意", reason="属实", extra=extra, **given)

    return close


def visited(staff, resident: Resident) -> None:
    visits.record(
        Visit(
            resident=resident,
            region_id=resident.region_id,
            by=staff["station"].user,
            outcome="met",
            visited_on=world.clock.today(),
        )
    )


def in_help(staff):
    return at_stage(HardshipCase, "assisted", due_on=None, recognised_on=LONG_AGO)(staff)


def moved_here(staff):
    far = unemployed("孙远", region=world.ELSEWHERE)
    here = Region.objects.get(pk=world.HERE)
    return transfer.propose(far, here, date(2006, 7, 1), "搬家", staff["stranger"].user, date(2006, 7, 1))


def asked_for(staff):
    someone = unemployed()
    there = Region.objects.get(pk=world.ELSEWHERE)
    on = date(2006, 7, 1)
    return transfer.propose(someone, there, on, "搬家", staff["stranger"].user, on, requested=True)


def unwilling(staff):
    return willingness.ask(unemployed(), "unwilling", "回家带孙子", staff["station"].user, date(2006, 7, 1))


def roster_with_errors(staff):
    file = SourceFile.objects.create(name="阜康花名册.xls", size=1, path="x", sha256="0" * 64)
    batch = ImportBatch.objects.create(
        region_id=world.HERE,
        importer="residents",
        file=file,
        scope_code=world.HERE,
        stage="done",
        created_by=staff["station"].user,
    )
    ImportBatch.objects.update(created_at="2006-08-01T00:00Z")
    ImportRow.objects.create(batch=batch, number=3, status="error")
    return batch


def pair(staff):
    first, second = unemployed(), unemployed("刘桂芳")
    made = DuplicatePair.objects.create(
        resident=first,
        other=second,
        region_id=world.HERE,
        other_region_id=world.HERE,
        found="name_birth",
        created_by=staff["station"].user,
    )
    DuplicatePair.objects.update(created_at="2006-07-01T00:00Z")
    return made


STORIES = [
    Story(
        "hardship.applied", "station", at_stage(HardshipCase, "applied"), taking("check", "station"), "office"
    ),
    Story(
        "hardship.community_checked",
        "station",
        at_stage(HardshipCase, "community_checked"),
        taking("publicise", "station"),
        "office",
    ),
    Story(
        "hardship.publicised",
        "office",
        at_stage(HardshipCase, "publicised", due_on=TODAY - timedelta(days=20)),
        taking("review", "office"),
        "district",
    ),
    Story(
        "hardship.street_reviewed",
        "district",
        at_stage(HardshipCase, "street_reviewed"),
        taking("recognise", "district"),
    ),
    Story(
        "hardship.reviewed_on_appeal",
        "district",
        at_stage(HardshipCase, "reviewed_on_appeal"),
        taking("grant", "district"),
    ),
    Story(
        "hardship.recognised",
        "station",
        at_stage(HardshipCase, "recognised"),
        taking("assist", "station"),
        "office",
    ),
    Story(
        "hardship.employed_unstable",
        "station",
        at_stage(HardshipCase, "employed_unstable", employed_on=date(2005, 10, 1), recognised_on=TODAY),
        taking("confirm_stable", "station"),
        "office",
    ),
    Story(
        "hardship.employed_stable",
        "office",
        at_stage(HardshipCase, "employed_stable"),
        taking("end_stable", "office"),
        "district",
    ),
    Story(
        "zero_employment.found",
        "station",
        at_stage(ZeroEmploymentCase, "found"),
        taking("check", "station"),
        "office",
    ),
    Story(
        "zero_employment.checked",
        "station",
        at_stage(ZeroEmploymentCase, "checked"),
        taking("publicise", "station"),
        "office",
    ),
    Story(
        "zero_employment.publicised",
        "office",
        at_stage(ZeroEmploymentCase, "publicised", due_on=TODAY - timedelta(days=20)),
        taking("recognise", "office"),
        "district",
    ),
    Story(
        "zero_employment.recognised",
        "station",
        at_stage(ZeroEmploymentCase, "recognised"),
        taking("clear", "station"),
        "office",
    ),
    Story(
        "visit_in_assistance",
        "station",
        in_help,
        lambda staff, case: visited(staff, case.resident),
        "office",
    ),
    Story(
        "long_spell",
        "station",
        lambda staff: unemployed(),
        lambda staff, who: world.at_work(who, TODAY),
        "office",
    ),
    Story("confirm_unemployed", "station", lambda staff: unemployed(), visited, "office"),
    Story(
        "turns_4050",
        "station",
        lambda staff: unemployed(),
        lambda staff, who: world.applied(staff["station"], who),
        "office",
    ),
    Story(
        "accept_transfer",
        "station",
        moved_here,
        lambda staff, one: transfer.answer(one, True, staff["station"].user, TODAY),
        "office",
    ),
    Story(
        "release_transfer",
        "station",
        asked_for,
        lambda staff, one: transfer.answer(one, False, staff["station"].user, TODAY),
        "office",
    ),
    Story(
        "confirm_willingness",
        "office",
        unwilling,
        lambda staff, one: willingness.answer(one, False, staff["office"].user, TODAY),
        "district",
    ),
    Story(
        "fix_import_rows",
        "station",
        roster_with_errors,
        lambda staff, batch: batch.rows.update(status="skipped"),
    ),
    Story(
        "settle_duplicate",
        "station",
        pair,
        lambda staff, one: merging.settle(one, False, staff["station"].user),
    ),
]
