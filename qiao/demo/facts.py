"""What a roster could say about a resident: plain values under the codes of people/vocabulary.yml."""

from datetime import date
from typing import NamedTuple

from qiao.demo.model import TODAY, Community, Household, Resident, Spell


class Day(NamedTuple):
    """A date and how exactly it is known: 1 year, 2 month, 3 day."""

    on: date
    precision: int = 3


Fact = str | int | bool | Day | None


def present(person: Resident, house: Household, home: Community) -> dict[str, Fact]:
    """Everything true of the resident today; None for what does not apply."""
    now, hardship = person.now, person.hardship
    seeks = now.state == "unemployed"
    return {
        "name": person.name,
        "sex": person.sex,
        "age": person.age(),
        "birth": Day(person.birth),
        "id_number": person.id_number,
        "ethnicity": person.ethnicity,
        "education": person.education,
        "school": person.school,
        "graduated": Day(person.graduated.replace(day=1), 2) if person.graduated else None,
        "major": person.major,
        "marital": person.marital,
        "party": person.party,
        "health": person.health,
        "disability": person.disability,
        "hukou_kind": person.hukou_kind,
        "hukou_address": person.hukou_address,
        "address": person.address,
        "phone": person.mobile or person.landline,
        "street": home.street,
        "community": home.name,
        "household_no": house.number,
        "household_head": house.head.name,
        "relation": person.relation,
        "kind": person.kind,
        "certificate_no": person.certificate_no,
        "skill": person.skill,
        "former_unit": person.former_unit,
        "able": person.able,
        "willing": person.willing,
        "low_income": house.low_income,
        "owner": home.station_worker,
        "note": person.note,
        "state": now.state,
        "inactive_reason": now.reason if now.state == "not_in_labour_force" else None,
        **(_wishes(person) if seeks else {}),
        **_work(now),
        "registered": person.registered if seeks else None,
        "hardship_category": hardship.category if hardship else None,
        "recognised_on": Day(hardship.recognised_on) if hardship and hardship.recognised_on else None,
    }


def _wishes(person: Resident) -> dict[str, Fact]:
    return {
        "wish_occupation": person.wish_occupation,
        "wish_pay": person.wish_pay,
        "wish_hours": person.wish_hours,
        "wish_distance": person.wish_distance,
        "wish_training": person.wish_training,
    }


def _work(now: Spell) -> dict[str, Fact]:
    since = Day(now.since, now.precision)
    if now.state == "employed":
        return {"employer": now.employer, "employment_form": now.form, "employed_on": since}
    if now.state != "unemployed":
        return {}
    registered = now.registered_on if now.registered_at(TODAY) else None
    return {
        "unemployed_since": since,
        "unemployed_reason": now.reason,
        "registered_on": Day(registered) if registered else None,
    }
