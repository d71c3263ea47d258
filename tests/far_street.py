"""A person in another street with everything that can hang on one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from ledger_world import DISTRICT, ELSEWHERE, browser, id_number, lay_regions, out_of_work, person
from test_import_pages import roster

from qiao.core.records.models import Record

TODAY = date(2006, 8, 31)
NUMBER, PHONE = id_number("19650505", 4), "13988887777"
MARKS = (
    "孙秘密",
    "孙密",
    NUMBER,
    NUMBER[:14],
    PHONE,
    "139****7777",
    "远方路",
    "机密备注",
    "FAR-CERT-1",
    "秘密厂",
)


def count_alike() -> None:
    """Every kind of record numbers from one start: then a handful of numbers opens any of them, whatever ran before."""
    from django.db import connection

    with connection.cursor() as cursor:
        for model in apps.get_models():
            if issubclass(model, Record):
                cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [model._meta.db_table])
                cursor.execute(f"ALTER SEQUENCE {cursor.fetchone()[0]} RESTART 7001")


def fill(folder: Path, settings: Any) -> dict[str, Any]:
    """The person, and a browser of the street. What is uploaded goes to `folder`."""
    from qiao.core.procedures.models import Paper
    from qiao.core.procedures.moves import opened
    from qiao.services.employers.models import Employer
    from qiao.services.matching.rematch import rematch
    from qiao.services.people.actions import transfer, willingness
    from qiao.services.people.models import (
        DuplicatePair,
        HardshipCase,
        Household,
        Membership,
        PatternFlag,
        ZeroEmploymentCase,
    )
    from qiao.services.reports.models import Story
    from qiao.services.support.models import Benefit, Entitlement, Line
    from qiao.services.vacancies.models import Placement, Post, Referral
    from qiao.services.visits.models import HelperPair, Visit

    settings.MEDIA_ROOT = folder
    count_alike()
    lay_regions()
    home = browser("home", "office", 130103002000)
    clerk = home.get("/").wsgi_request.user
    facts = {"region": ELSEWHERE, "sex": "F", "birth_date": date(1965, 5, 5)}
    someone = person(
        "孙秘密", id_number=NUMBER, phone=PHONE, address="远方路99号", note="机密备注", certificate_no="FAR-CERT-1",
        former_unit="秘密厂", willing=True, **facts,
    )  # fmt: skip
    twin = person("孙秘密", phone=PHONE, **facts)
    out_of_work(someone, date(2005, 1, 1))
    household = Household.objects.create(
        region_id=ELSEWHERE, number="远方路99号", address="远方路99号", head=someone
    )
    Membership.objects.create(region_id=ELSEWHERE, household=household, resident=someone, relation="head")
    case = opened(
        HardshipCase(resident=someone, region_id=ELSEWHERE, category="low_income", ground="机密备注"),
        clerk,
        TODAY,
    )
    Paper.objects.create(
        procedure="hardship",
        case_id=case.pk,
        kind="identity",
        received_on=TODAY,
        region_id=ELSEWHERE,
        note="机密备注",
    )
    opened(ZeroEmploymentCase(household=household, region_id=ELSEWHERE, found_on=TODAY), None, TODAY)
    willingness.ask(someone, "unwilling", "机密备注", clerk, TODAY)
    DuplicatePair.objects.create(
        region_id=ELSEWHERE, other_region_id=ELSEWHERE, resident=someone, other=twin, found="name_phone"
    )
    PatternFlag.objects.create(
        region_id=ELSEWHERE,
        pattern="one_phone",
        key=PHONE,
        resident_ids=[someone.pk, twin.pk],
        people=2,
        found_on=TODAY,
    )
    firm = Employer.objects.create(region_id=ELSEWHERE, name="远方劳务")
    vacancy = Post.objects.create(
        region_id=ELSEWHERE,
        employer=firm,
        title="保洁员",
        occupation_code="4-09-08-01",
        opened_on=TODAY,
        state="published",
        published_on=TODAY,
    )
    moves_of = Referral(resident=someone, post=vacancy, region_id=ELSEWHERE, note="机密备注")
    opened(moves_of, clerk, TODAY)
    Placement.objects.create(
        region_id=ELSEWHERE,
        resident=someone,
        kind="unit",
        started_on=TODAY,
        employer_name="秘密厂",
        note="机密备注",
    )
    Visit.objects.create(
        region_id=ELSEWHERE, resident=someone, visited_on=TODAY, note="机密备注", by=clerk, needs=["post"]
    )
    HelperPair.objects.create(
        region_id=ELSEWHERE, resident=someone, helper="远方", since=TODAY, plan="机密备注"
    )
    subsidy = opened(
        Benefit(kind="insurance", resident=someone, region_id=ELSEWHERE, note="机密备注"), clerk, TODAY
    )
    Line.objects.create(
        region_id=ELSEWHERE, benefit=subsidy, item="pension", month=TODAY.replace(day=1), amount_fen=100,
        given_on=TODAY, note="机密备注",
    )  # fmt: skip
    Story.objects.create(region_id=ELSEWHERE, resident=someone, happened_on=TODAY, told="孙秘密在秘密厂")
    Entitlement.objects.create(
        region_id=ELSEWHERE,
        resident=someone,
        policy="training",
        state="fits",
        changed_on=TODAY,
        answer="机密备注",
    )
    file = SimpleUploadedFile("孙秘密.csv", roster(["孙秘密", NUMBER, "下岗", PHONE, "失业", "2005.1", "有"]))
    home.post("/import/", {"as": "residents", "region": ELSEWHERE, "file": file})
    assert transfer
    rematch(DISTRICT, TODAY)
    return {"someone": someone, "home": home}
