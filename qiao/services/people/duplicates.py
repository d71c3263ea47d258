"""One person, two records: found when somebody is registered and in a sweep, settled by a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from qiao.core.regions import codes
from qiao.core.regions.codes import Level
from qiao.services.people.identity import cipher, keys
from qiao.services.people.models import DuplicatePair, Resident

Found = DuplicatePair.Found
LIKELY = {Found.ID: 1.0, Found.NAME_PHONE: 0.95, Found.NAME_BIRTH: 0.9}


@dataclass(frozen=True, slots=True)
class Alike:
    """A record that may be the same person, and why."""

    resident: Resident
    found: str


def alike(
    region_code: int,
    name: str,
    id_number: str = "",
    phone: str = "",
    birth_date: date | None = None,
    besides: int | None = None,
) -> list[Alike]:
    """Records of the district that may be this person, the surest reason first. One query.

    Looks over the whole district, so call it beyond the scope; show of a record elsewhere no more than
    its community.
    """
    district = codes.at_level(region_code, Level.DISTRICT) // codes.SPANS[Level.DISTRICT]
    same_id = Q(id_hash=cipher.blind_index(id_number)) if id_number else Q(pk=None)
    same_name = Q(pk=None)
    if name and phone:
        same_name |= Q(phone=phone) | Q(phone2=phone)
    if name and birth_date:
        same_name |= Q(birth_date=birth_date)
    namesake = Q(search_keys__contains=[name.replace(keys.DOT, "")[:2]], name=name)
    rows = (
        Resident.objects.filter(same_id | (namesake & same_name), district=district)
        .exclude(pk=besides)
        .select_related("region")[:20]
    )
    return sorted(
        (Alike(row, _why(row, name, id_number, phone)) for row in rows),
        key=lambda one: list(Found).index(Found(one.found)),
    )


def _why(row: Resident, name: str, id_number: str, phone: str) -> str:
    if id_number and row.id_hash and bytes(row.id_hash) == cipher.blind_index(id_number):
        return Found.ID
    if phone and row.name == name and phone in (row.phone, row.phone2):
        return Found.NAME_PHONE
    return Found.NAME_BIRTH
