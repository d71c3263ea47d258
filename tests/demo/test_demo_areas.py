from collections import Counter

from qiao.demo.district import areas, communities, short_name, streets


def test_nine_street_offices_one_town_fifty_nine_communities():
    assert Counter(area.level for area in areas())["street"] == 9
    assert Counter(area.level for area in areas())["town"] == 1
    assert len(communities()) == 59


def test_every_community_lies_in_a_street_of_the_district():
    known = {street.code for street in streets()}
    assert {community.street for community in communities()} == known
    assert all(code // 10**6 == 130103 for code in known)


def test_short_names_drop_the_word_for_community_even_when_doubled():
    assert short_name("棉一社区") == "棉一"
    assert short_name("东三教华城社区社区") == "东三教华城"
    assert short_name("桃园镇") == "桃园镇"
