"""A small district in which it is known who should have what."""

from __future__ import annotations

from datetime import date

from case_world import ELSEWHERE, HERE, NEXT, out_of_work, person
from post_world import employer, post

from qiao.services.people.models import HardshipCase

CLEANER, GUARD = "4-09-08-01", "4-07-05-01"


def jobless(name: str, region: int = HERE, wish: str = CLEANER, **facts):
    someone = person(name, region, wish_occupation_code=wish, education="junior", **facts)
    out_of_work(someone, date(2005, 9, 1))
    return someone


def recognised(resident) -> None:
    HardshipCase.objects.create(
        resident=resident, region_id=resident.region_id, category="older_4050", recognised_on=date(2006, 5, 1),
        stage="assisted", stage_since=date(2006, 5, 1), opened_on=date(2006, 4, 1),
    )  # fmt: skip


def lay_market():
    """One cleaner's post, which two want and the one in hardship gets; one guard's post for the third."""
    firm = employer()
    people = {
        "helped": jobless("刘桂芳", NEXT, phone="13903111111"),
        "other": jobless("王秀英", HERE, phone="13903112222"),
        "guard": jobless("张建国", HERE, GUARD, sex="M"),
        "far": jobless("孙远方", ELSEWHERE, GUARD, phone="13988887777"),
    }
    recognised(people["helped"])
    posts = {
        "cleaning": post("保洁员", HERE, employer=firm, occupation_code=CLEANER),
        "guarding": post("保安员", HERE, employer=firm, occupation_code=GUARD),
    }
    return people, posts
