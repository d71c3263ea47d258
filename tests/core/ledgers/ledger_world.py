"""Two neighbouring streets, their people, and browsers of those who work there."""

from __future__ import annotations

from datetime import date

from django.test import Client

from qiao.core.accounts.models import Appointment, User
from qiao.core.calendars import clock
from qiao.core.intake.values.id_numbers import check_digit
from qiao.core.regions.codes import level_of
from qiao.core.regions.models import Region
from qiao.services.people.models import Resident, Spell

TODAY = date(2006, 8, 31)
DISTRICT, STREET, HERE, NEXT, ELSEWHERE = 130103000000, 130103001000, 130103001001, 130103001002, 130103002001
NAMES = {
    130000000000: "河北省",
    130100000000: "石家庄市",
    DISTRICT: "桥东区",
    STREET: "建安街道",
    130103002000: "东华街道",
    HERE: "阜康社区",
    NEXT: "光华社区",
    ELSEWHERE: "长征社区",
}


def lay_regions() -> None:
    Region.objects.bulk_create(
        [Region(code=code, name=name, level=level_of(code)) for code, name in NAMES.items()]
    )
    clock.fix(TODAY)


def id_number(birth: str, serial: int, place: str = "130103") -> str:
    first = f"{place}{birth}{serial:03d}"
    return first + check_digit(first)


def person(name: str, region: int = HERE, **facts) -> Resident:
    number = facts.pop("id_number", "")
    made = Resident(name=name, region_id=region, id_kind="unknown", **facts)
    made.id_number = number
    made.save()
    return made


def out_of_work(resident: Resident, since: date) -> Spell:
    return Spell.objects.create(
        resident=resident, region_id=resident.region_id, state="unemployed", since=since, counted_from=since
    )


def populate() -> dict[str, Resident]:
    """Three here, one in the next community, one in another street."""
    first = person(
        "刘桂芳", sex="F", birth_date=date(1962, 3, 5), id_number=id_number("19620305", 2),
        phone="13903111111", kind="laid_off", education="junior",
    )  # fmt: skip
    second = person("王小明", sex="M", birth_date=date(1981, 6, 1), phone="13903112222", education="college")
    third = person("赵敏", sex="F")
    near = person("钱二", NEXT, sex="M", birth_date=date(1970, 1, 1))
    far = person(
        "孙秘密", ELSEWHERE, sex="F", birth_date=date(1965, 5, 5), id_number=id_number("19650505", 4),
        phone="13988887777", address="远方路99号", note="机密备注", certificate_no="FAR-CERT-1",
    )  # fmt: skip
    out_of_work(first, date(2005, 9, 1))
    out_of_work(second, date(2006, 7, 1))
    out_of_work(far, date(2005, 1, 1))
    return {"first": first, "second": second, "third": third, "near": near, "far": far}


def staff(username: str, role: str, region: int) -> User:
    user = User.objects.create(username=username, name=username)
    Appointment.objects.create(user=user, role=role, region_id=region, since=date(2000, 1, 1))
    return user


def browser(username: str, role: str, region: int) -> Client:
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(staff(username, role, region), backend="django.contrib.auth.backends.ModelBackend")
    return client
