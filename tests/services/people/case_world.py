"""A district with two streets, the people who decide there, and residents to decide about."""

from __future__ import annotations

from datetime import date, timedelta

from django.test import Client

from qiao.core.accounts.models import Appointment, User
from qiao.core.calendars import clock
from qiao.core.procedures.models import Paper
from qiao.core.regions.codes import level_of
from qiao.core.regions.models import Region
from qiao.services.people import hardship
from qiao.services.people.models import HardshipCase, Household, Membership, Resident, Spell

TODAY = date(2006, 8, 31)
DISTRICT, STREET, HERE, NEXT = 130103000000, 130103001000, 130103001001, 130103001002
OTHER_STREET, ELSEWHERE = 130103002000, 130103002001
NAMES = {
    DISTRICT: "桥东区",
    STREET: "建安街道",
    HERE: "阜康社区",
    NEXT: "光华社区",
    OTHER_STREET: "东华街道",
    ELSEWHERE: "长征社区",
}
STAFF = {
    "station": ("station", HERE),
    "station2": ("station", HERE),
    "office": ("office", STREET),
    "district": ("employment_section", DISTRICT),
    "stranger": ("station", ELSEWHERE),
    "stranger_office": ("office", OTHER_STREET),
    "leader": ("leader", DISTRICT),
}


def lay() -> dict[str, Appointment]:
    Region.objects.bulk_create(
        [Region(code=code, name=name, level=level_of(code)) for code, name in NAMES.items()]
    )
    clock.fix(TODAY)
    return {name: appoint(name, role, region) for name, (role, region) in STAFF.items()}


def appoint(name: str, role: str, region: int) -> Appointment:
    user = User.objects.create(username=name, name=name, phone="031186100000")
    return Appointment.objects.create(user=user, role=role, region_id=region, since=date(2000, 1, 1))


def browser(appointment: Appointment) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.cookies["django_language"] = "en"
    client.force_login(appointment.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def person(
    name: str = "刘桂芳", region: int = HERE, born: date = date(1962, 3, 5), sex: str = "F", **facts
) -> Resident:
    return Resident.objects.create(
        name=name, region_id=region, id_kind="unknown", birth_date=born, sex=sex, **{"willing": True, **facts}
    )


def spell(resident: Resident, state: str, since: date, **facts) -> Spell:
    Spell.objects.filter(resident=resident, until=None).update(until=since)
    made = Spell.objects.create(
        resident=resident, region_id=resident.region_id, state=state, since=since, counted_from=since, **facts
    )
    resident.refresh_from_db()
    return made


def out_of_work(resident: Resident, since: date) -> Spell:
    return spell(resident, "unemployed", since)


def at_work(resident: Resident, since: date) -> Spell:
    return spell(resident, "employed", since, form="unit", employer="建安超市")


def family(*members: Resident, region: int = HERE, **facts) -> Household:
    home = Household.objects.create(region_id=region, head=members[0], address="建安路1号", **facts)
    for member in members:
        Membership.objects.create(household=home, resident=member, region_id=region, since=date(2000, 1, 1))
    return home


def applied(
    who: Appointment, resident: Resident | None = None, category: str = "older_4050", on: date = TODAY
) -> HardshipCase:
    if resident is None:
        resident = person()
        out_of_work(resident, date(2005, 9, 1))
    return hardship.apply(resident, category, who, on)


def all_papers(case: HardshipCase) -> None:
    from qiao.core.procedures.declaration import procedure_of

    declared = procedure_of(case)
    for kind in declared.papers_asked(case):
        Paper.objects.create(
            region_id=case.region_id,
            procedure=declared.code,
            case_id=case.pk,
            kind=kind.code,
            received_on=clock.today(),
        )


def later(days: int) -> date:
    """The business date moves on."""
    clock.fix(clock.today() + timedelta(days=days))
    return clock.today()
