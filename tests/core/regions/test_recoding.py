"""The source's own district: 130103 was dissolved in 2014 into 130102 and 130104, as lists of codes show."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from qiao.core.accounts.models import Appointment, User
from qiao.core.accounts.rights import Role
from qiao.core.regions import actions, codes
from qiao.core.regions.loading import load
from qiao.core.regions.models import Region, Succession
from qiao.core.regions.recoding import CannotRecode, plan
from qiao.services.people.models import Resident, Spell

pytestmark = pytest.mark.django_db

DAY = date(2014, 10, 1)
CHANGAN, QIAODONG, QIAOXI = 130102000000, 130103000000, 130104000000
STREETS = {
    130103001000: ("中山东路街道", 130102012000),
    130103002000: ("阜康街道", 130102013000),
    130103003000: ("建安街道", 130102014000),
    130103004000: ("胜北街道", 130102015000),
    130103100000: ("桃园镇", 130102103000),
    130103005000: ("彭后街道", 130104015000),
    130103006000: ("东风街道", 130104016000),
    130103007000: ("东华街道", 130104017000),
    130103008000: ("休门街道", 130104018000),
    130103009000: ("汇通街道", 130104019000),
}
MAPPING = {old: new for old, (_name, new) in STREETS.items()}


@pytest.fixture
def tree(db):
    rows = ["13,河北省", "1301,石家庄市", "130102,长安区", "130103,桥东区", "130104,桥西区"]
    for code, (name, _new) in STREETS.items():
        rows += [f"{code},{name}", f"{code + 1},{name}一社区", f"{code + 2},{name}二社区"]
    assert load("\n".join(rows).encode()).problems == []


def resident(code, name="王小明", **more):
    return Resident.objects.create(region_id=code, name=name, id_kind="unknown", **more)


def test_the_district_of_2014(tree):
    person = resident(130103001001)
    past = Spell.objects.create(
        region_id=130103001001, resident=person, state="unemployed", reason="laid_off",
        since=date(2006, 1, 1), until=date(2006, 9, 1),
    )  # fmt: skip
    present = Spell.objects.create(
        region_id=130103001001, resident=person, state="employed", form="unit", since=date(2006, 9, 1)
    )
    deleted = resident(130103009002, name="李四")
    Resident.objects.filter(pk=deleted.pk).soft_delete()

    done = actions.recode(MAPPING, DAY)

    person.refresh_from_db()
    assert person.region_id == 130102012001
    assert person.district == CHANGAN // 10**6
    assert Resident.everything.get(pk=deleted.pk).region_id == 130104019002
    past.refresh_from_db()
    assert past.region_id == 130103001001, "what ended before stays on the old tree"
    halves = list(Spell.objects.filter(resident=person, state="employed").order_by("counted_from"))
    assert [(half.region_id, half.counted_from, half.until) for half in halves] == [
        (130103001001, date(2006, 9, 1), DAY),
        (130102012001, DAY, None),
    ]
    assert all(half.since == date(2006, 9, 1) for half in halves)
    assert halves[1].pk == present.pk == person.current_spell
    assert done.records == 3


def test_the_tree_itself(tree):
    actions.recode(MAPPING, DAY)
    assert not Region.objects.under(QIAODONG).on(DAY).exists()
    assert Region.objects.under(QIAODONG).on(date(2014, 9, 30)).count() == 31, (
        "the old tree of 2006 still stands"
    )
    new = Region.objects.get(code=130102103002)
    assert (new.name, new.valid_from, new.level) == ("桃园镇二社区", DAY, codes.Level.COMMUNITY)
    heirs = Succession.objects.filter(old=QIAODONG).order_by("new")
    assert [(one.new_id, one.kind) for one in heirs] == [(CHANGAN, "split"), (QIAOXI, "split")]
    assert Succession.objects.get(old=130103001000).kind == "recode"


def test_staff_follow_and_those_of_the_dissolved_district_are_named(tree):
    user = User.objects.create(username="w", name="刘芳")
    here = {"user": user, "since": date(2005, 1, 1)}
    Appointment.objects.create(role=Role.OFFICE, region_id=130103001000, **here)
    section = Appointment.objects.create(role=Role.EMPLOYMENT_SECTION, region_id=QIAODONG, **here)
    done = actions.recode(MAPPING, DAY)
    assert [one.region_id for one in Appointment.objects.on(DAY)] == [130102012000]
    assert done.appointments == 1
    assert done.unplaced == (section,)


def test_the_guard_stands_again_afterwards(tree):
    actions.recode(MAPPING, DAY)
    person = resident(130102012001)
    with pytest.raises(IntegrityError), transaction.atomic():
        Resident.objects.filter(pk=person.pk).update(region=130102012002)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('qiao.moving', true)")
        assert cursor.fetchone()[0] != "on"


def test_one_community_merged_into_another(tree):
    done = actions.recode({130103001001: 130103001002}, DAY)
    assert Succession.objects.get().kind == "merge"
    assert done.plan.emptied == ()
    assert Region.objects.get(code=130103001000).valid_to is None


def test_all_communities_of_a_street_leave_and_the_street_ends(tree):
    done = actions.recode({130103001001: 130103002011, 130103001002: 130103002012}, DAY)
    assert [(region.code, heirs) for region, heirs in done.plan.emptied] == [(130103001000, (130103002000,))]


@pytest.mark.parametrize(
    ("mapping", "word"),
    [
        ({}, "No rows"),
        ({130103001000: 130103001000}, "stays"),
        ({130103001000: 130102012001}, "same level"),
        ({130103001000: 130102012000, 130102012000: 130102013000}, "at once"),
        ({130103000000: 130105000000, 130104015000: 130103005000}, "region that ends"),
        ({130103777000: 130102012000}, "not in use"),
        ({130103001000: 130199012000}, "above one of the new"),
        ({130103001000: 130102012000, 130103002000: 130102012000}, "row of its own"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(tree, settings, mapping, word):
    settings.LANGUAGE_CODE = "en"
    with pytest.raises(CannotRecode, match=word):
        actions.recode(mapping, DAY)
    assert not Succession.objects.exists()


def test_the_same_person_in_both_is_told_and_nothing_changes(tree, settings):
    settings.LANGUAGE_CODE = "en"
    Region.objects.create(code=130102012000, name="甲街道", level=4)
    Region.objects.create(code=130102012001, name="甲一社区", level=5)
    for code in (130102012001, 130103001001):
        person = Resident(region_id=code, name="王小明")
        person.id_number = "130103196203050027"
        person.save()
    with pytest.raises(CannotRecode, match="resident_is_recorded_once"):
        actions.recode({130103001001: 130102012001}, DAY)
    assert Region.objects.get(code=130103001001).valid_to is None
    assert Resident.objects.filter(region=130103001001).count() == 1


def test_a_plan_writes_nothing(tree, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        found = plan(MAPPING, DAY, names={130102012000: "中山东路"})
    assert len(found.moves) == 30
    assert found.moves[0].name == "中山东路"
    assert Region.objects.filter(valid_to=None).count() == 35


def test_figures_of_before_stay_with_the_old_district(tree):
    from qiao.core.accounts.scope import Scope
    from qiao.core.calendars.periods import Period
    from qiao.core.indicators import figures, registry

    for number, (start, until) in enumerate([(2006, None), (2010, 2015), (2014, None)]):
        Spell.objects.create(
            region_id=130103001001,
            resident=resident(130103001001, name=f"王{number}", birth_date=date(1970, 1, 1)),
            state="unemployed",
            reason="laid_off",
            since=date(start, 1, 1),
            until=until and date(until, 1, 1),
        )
    today = date(2014, 11, 15)

    def unemployed(code, month):
        tally = registry.get("unemployed")
        return figures.figure(tally, Scope(code), Period.parse(month), today=today).value

    before = {month: unemployed(QIAODONG, month) for month in ("2006-08", "2012-01", "2014-09")}
    assert before == {"2006-08": 1, "2012-01": 2, "2014-09": 3}
    actions.recode(MAPPING, DAY)
    assert {month: unemployed(QIAODONG, month) for month in before} == before
    assert {month: unemployed(CHANGAN, month) for month in before} == dict.fromkeys(before, 0)
    assert (unemployed(QIAODONG, "2014-10"), unemployed(CHANGAN, "2014-10")) == (0, 3)


def test_the_kept_figures_of_before_stay_with_the_old_district(tree):
    """Also of residents themselves, who carry no date of arrival."""
    from qiao.core.accounts.scope import Scope
    from qiao.core.calendars import clock
    from qiao.core.indicators import rollup
    from qiao.core.indicators.models import Rollup

    def kept(code, month):
        rows = Rollup.objects.filter(tally="residents", region=code, month=month, dimension="")
        return sum(rows.values_list("value", flat=True))

    today, before, after = date(2014, 10, 20), date(2014, 9, 1), date(2014, 10, 1)
    clock.fix(today)
    resident(130103001001)
    rollup.merge_all(Scope.everything(), today)
    resident(130103001001, name="李秀英")
    assert kept(QIAODONG, before) == 1, "one is taken in, one still waits"
    actions.recode(MAPPING, DAY)
    rollup.merge_all(Scope.everything(), today)
    assert (kept(QIAODONG, before), kept(CHANGAN, before)) == (2, 0)
    assert (kept(QIAODONG, after), kept(CHANGAN, after)) == (0, 2)
    assert kept(130100000000, before) == kept(130100000000, after) == 2
