from collections import Counter
from datetime import date

import pytest

from qiao.demo.district import communities, streets
from qiao.demo.words import load
from qiao.demo.work.placed import FAIR_DAY
from qiao.demo.work.plan import plan


@pytest.fixture(scope="module")
def work(district):
    known = {person.key for person in district.residents if person.key % 20}
    return plan(2006, district, known, {street.code: ["a", "b", "c"] for street in streets()})


def reported(code: str) -> int:
    return load("report")[code]["value"]


def test_as_many_of_each_as_the_work_report_says(work):
    sources = Counter(placement.source for placement in work.placements)
    assert len(work.placements) == reported("people_placed")
    assert sources["community"] == reported("placed_in_community_posts")
    assert sources["market"] == reported("placed_in_market")
    assert sum(post.openings for post in work.posts + work.fair_posts) == reported("posts_created")
    assert sum(post.openings for post in work.fair_posts) == reported("fair_posts")
    officers = [post for post in work.posts if post.source == "officer"]
    assert sum(post.openings for post in officers) == reported("posts_from_information_officers")
    assert len({post.firm.name for post in officers}) == 2
    assert len(work.intentions) == reported("fair_intentions")
    assert len(work.outlets) == reported("outlets_new")
    assert len(work.enterprises) == reported("labour_service_enterprises_new")
    assert len(work.bases) == reported("reemployment_bases")


def test_each_person_is_placed_once_when_the_spell_of_work_began(work):
    assert len({placement.person.key for placement in work.placements}) == len(work.placements)
    for placement in work.placements:
        assert placement.spell in placement.person.spells
        assert placement.spell.state == "employed"
        if placement.source == "community":
            assert placement.on >= date(2006, 1, 1)


def test_a_post_has_room_for_those_who_got_it(work):
    taken = Counter(id(placement.post) for placement in work.placements if placement.post)
    for post in work.posts + work.fair_posts:
        assert taken[id(post)] == post.filled <= post.openings
        assert post.published_on <= post.valid_until
    for placement in work.placements:
        assert (placement.post is None) == (placement.spell.form == "self")
        assert placement.post is None or placement.post.published_on <= placement.on
    offered = [(post.firm.name, post.title, post.published_on) for post in work.posts + work.fair_posts]
    assert len(set(offered)) == len(offered)


def test_people_at_the_fair_were_without_work_that_day(work):
    assert len({one.person.key for one in work.intentions}) == len(work.intentions)
    for one in work.intentions:
        assert any(s.state == "unemployed" and s.covers(FAIR_DAY) for s in one.person.spells)
        assert one.hired is None or (one.hired.on > FAIR_DAY and one.hired.post is one.post)


def test_places_of_work_meet_their_rules(work):
    known = {area.code for area in communities()}
    for enterprise in work.enterprises:
        assert enterprise.unemployed >= 0.6 * enterprise.staff
    for base in work.bases:
        assert base.staff >= 20 and (base.hardship >= 10 or base.hardship >= 0.3 * base.staff)
    for outlet in work.outlets:
        assert (outlet.owner is None) != (outlet.firm is None) and outlet.community in known
    assert (
        len({firm.name for firm in work.firms})
        == len({firm.licence for firm in work.firms})
        == len(work.firms)
    )


def test_the_same_seed_gives_the_same_work(district, work):
    known = {person.key for person in district.residents if person.key % 20}
    again = plan(2006, district, known, {street.code: ["a", "b", "c"] for street in streets()})
    assert again == work
