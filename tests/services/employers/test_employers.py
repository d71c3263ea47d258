"""Employers, outlets, labour-service enterprises and bases, by their pages."""

from __future__ import annotations

import re
from datetime import date

import case_world as world
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from qiao.services.employers.models import Base, Employer, LabourEnterprise, Outlet

TODAY, HERE = world.TODAY, world.HERE
RIGHT_CODE, WRONG_CODE = "91350100M000100Y43", "91350100M000100Y44"


def employer(name: str = "石门顺达物业公司", region: int = HERE, **facts) -> Employer:
    return Employer.objects.create(name=name, region_id=region, **facts)


def act(client, ledger: str, record, action: str, **given):
    data = {"action": action, "confirmed": "1", **given}
    return client.post(f"/l/{ledger}/{record.pk}/act", data)


def posted(client, code: str, **given):
    return client.post(f"/l/{code}/new", {"region": HERE, "kind": "enterprise", **given})


def test_an_employer_is_entered_and_verified_by_the_office(at):
    assert (
        posted(at("station"), "employers", name="石门顺达物业公司", uscc=" 91350100m000100y43 ").status_code
        == 302
    )
    made = Employer.objects.get()
    assert (made.uscc, made.verification) == (RIGHT_CODE, "waiting")
    assert act(at("station"), "employers", made, "verify").status_code in (403, 404)
    assert act(at("office"), "employers", made, "verify").status_code == 302
    made.refresh_from_db()
    assert (made.verification, made.verified_on, made.verified_by.username) == ("verified", TODAY, "office")


def test_a_wrong_unified_code_is_said_beside_the_field(at):
    page = posted(at("station"), "employers", name="甲公司", uscc=WRONG_CODE)
    assert page.status_code in (200, 422)
    assert "no valid unified code" in page.content.decode()
    assert not Employer.objects.exists()


def test_refusing_needs_a_reason(at):
    made = employer()
    office = at("office")
    assert act(office, "employers", made, "refuse", because="").status_code in (200, 422)
    made.refresh_from_db()
    assert made.verification == "waiting"
    assert act(office, "employers", made, "refuse", because="查无此单位").status_code == 302
    made.refresh_from_db()
    assert (made.verification, made.refused_because) == ("refused", "查无此单位")


def test_the_same_code_twice_in_a_district_is_refused_by_the_database(staff):
    employer(uscc=RIGHT_CODE)
    with pytest.raises(IntegrityError), transaction.atomic():
        employer("另一家", world.ELSEWHERE, uscc=RIGHT_CODE)


def test_a_name_that_is_known_is_said_and_may_be_entered_all_the_same(at):
    employer(region=world.ELSEWHERE)
    first = posted(at("station"), "employers", name="石门顺达物业公司")
    assert "recorded in the district already" in first.content.decode()
    assert Employer.objects.count() == 1


def test_an_outlet_has_exactly_one_owner(staff):
    owner, firm = world.person(), employer()
    fine = {"region_id": HERE, "name": "便民店", "opened_on": date(2006, 3, 1)}
    Outlet.objects.create(**fine, resident=owner)
    Outlet.objects.create(**{**fine, "name": "有名无号的店"}, owner="赵老板")
    for wrong in ({}, {"resident": owner, "employer": firm}, {"employer": firm, "owner": "赵老板"}):
        outlet = Outlet(**{**fine, "name": "另一店"}, **wrong)
        with pytest.raises(ValidationError, match="has one owner"):
            outlet.full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            outlet.save()


def test_an_outlet_is_entered_with_words_and_its_owner_found_by_name(at):
    station, owner = at("station"), world.person("刘桂芳")
    form = station.get("/l/outlets/new").content.decode()
    assert (
        'data-fill="id_trade">Corner shop<' in form
        and "<select" not in form.split('id="div_id_trade"')[1][:900]
    )
    offered = station.get("/l/outlets/options/resident?resident=刘桂").content.decode()
    assert f"刘桂芳, {owner.birth_date.year} · " in offered and f"#{owner.pk}" in offered
    assert "刘桂芳" not in at("stranger").get("/l/outlets/options/resident?resident=刘桂").content.decode()
    given = {
        "name": "刘记便民店",
        "opened_on": "2006-03-01",
        "jobs": 2,
        "help": ["fees", "loan"],
        "licence_seen_on": "2006-03-02",
    }
    given |= {"latitude": "38.05", "longitude": "114.48"}
    wrong = posted(station, "outlets", **given, trade="飞机场", resident="无此人")
    said = wrong.content.decode()
    assert wrong.status_code == 422 and "is no word of this list" in said and "is not in the list" in said
    assert posted(station, "outlets", **given, trade="便民店", resident="刘桂芳").status_code == 302
    made = Outlet.objects.get()
    assert (made.trade, made.resident, made.help, made.latitude) == ("shop", owner, ["fees", "loan"], 38.05)
    again = station.get(f"/l/outlets/{made.pk}/edit").content.decode()
    assert f"#{owner.pk}" in again and 'value="fees"' in again


def test_the_industry_is_of_the_edition_of_the_day(at, monkeypatch):
    station = at("station")
    page = station.get("/l/employers/new").content.decode()
    assert "H Wholesale and retail trade" in page and "F Wholesale and retail trade" not in page
    posted(station, "employers", name="百货商场", industry="批发和零售业", licence_seen_on="2006-03-02")
    firm = Employer.objects.get()
    assert (firm.industry, firm.licence_seen_on) == ("2002-H", date(2006, 3, 2))
    world.later(365 * 12)
    assert posted(station, "employers", name="新商场", industry="F51 批发业").status_code == 302
    assert Employer.objects.get(name="新商场").industry == "2017-F51"


def test_an_outlet_is_seen_and_closed(at):
    outlet = Outlet.objects.create(
        region_id=HERE, name="便民店", opened_on=date(2006, 3, 1), resident=world.person()
    )
    station = at("station")
    assert act(station, "outlets", outlet, "seen", jobs="4").status_code == 302
    early = {"closed_on": "2006-01-01", "because": "转让"}
    assert "cannot close before" in act(station, "outlets", outlet, "close", **early).content.decode()
    assert act(station, "outlets", outlet, "close", **{**early, "closed_on": "2006-08-30"}).status_code == 302
    outlet.refresh_from_db()
    assert (outlet.seen_on, outlet.jobs, outlet.closed_on, outlet.closed_because) == (
        TODAY,
        4,
        date(2006, 8, 30),
        "转让",
    )


def test_an_outlet_nobody_visited_for_a_quarter_is_owed_by_who_carries_it(at, staff):
    Outlet.objects.create(
        region_id=HERE,
        name="久未走访的店",
        opened_on=date(2006, 3, 1),
        resident=world.person(),
        carrier=staff["station"].user,
    )
    Outlet.objects.create(
        region_id=HERE, name="新开的店", opened_on=date(2006, 8, 1), resident=world.person("王")
    )
    page = at("station").get("/").content.decode()
    assert "久未走访的店" in page and "新开的店" not in page


def test_an_enterprise_below_the_sixty_percent_is_questioned(at):
    firm = employer()
    given = {"employer": firm.pk, "opened_on": "2006-02-01", "staff_at_opening": 30}
    page = posted(at("station"), "enterprises", **given, unemployed_at_opening=17)
    assert "at least 60 % are asked" in page.content.decode()
    assert posted(at("station"), "enterprises", **given, unemployed_at_opening=18).status_code == 302
    assert LabourEnterprise.objects.get().unemployed_at_opening == 18


APPLICATION = {
    "staff": 40, "hardship": 12, "contract_years": 2, "capacity": 20, "pay_above_minimum": "true", "insured": "true",
}  # fmt: skip


def decide(client, base: Base, move: str, **extra):
    given = {"decision-on": world.clock.today().isoformat(), "decision-opinion": "同意", **extra}
    return client.post(f"/cases/base/{base.pk}/take/{move}", given)


def test_a_base_is_recognised_checked_each_year_and_may_lose_its_title(at):
    firm = employer()
    assert at("station").post("/cases/base/new", {"employer": firm.pk, **APPLICATION}).status_code == 302
    base = Base.objects.get()
    world.all_papers(base)
    assert "at least 20 are asked" in at("office").get(f"/cases/base/{base.pk}/").content.decode()
    assert decide(at("office"), base, "review").status_code == 302
    assert decide(at("office"), base, "recognise").status_code in (403, 404, 409)
    assert decide(at("district"), base, "recognise").status_code == 302
    base.refresh_from_db()
    assert (base.stage, base.recognised_on) == ("recognised", TODAY)
    assert base.due_on == date(2007, 8, 31)
    world.later(300)
    kept = decide(
        at("office"), base, "keep", **{"extra-staff": 44, "extra-hardship": 13, "extra-capacity": 20}
    )
    assert kept.status_code == 302
    base.refresh_from_db()
    assert (base.staff, base.checked_on) == (44, world.clock.today())
    assert base.due_on == date(2008, 6, 27), "the next check is owed a year after this one"
    assert (
        decide(at("district"), base, "withdraw", **{"decision-reason": "不再安置困难人员"}).status_code == 302
    )
    base.refresh_from_db()
    assert (base.stage, base.withdrawn_on) == ("withdrawn", world.clock.today())


def test_a_base_that_misses_a_criterion_is_not_recognised_without_a_reason(at):
    firm = employer()
    at("station").post("/cases/base/new", {"employer": firm.pk, **APPLICATION, "hardship": 3})
    base = Base.objects.get()
    world.all_papers(base)
    decide(at("office"), base, "review")
    answer = decide(at("district"), base, "recognise")
    assert answer.status_code == 409
    assert "People in hardship are 3 of 40" in answer.content.decode()


def test_a_clerk_of_another_street_sees_employers_but_writes_none(at):
    made = employer()
    stranger = at("stranger")
    assert made.name not in stranger.get("/l/employers/").content.decode()
    assert stranger.get(f"/l/employers/{made.pk}/").status_code == 404


def test_a_base_that_is_putting_right_is_handed_over_and_goes_on_doing_so(at, staff):
    at("station").post("/cases/base/new", {"employer": employer().pk, **APPLICATION})
    base = Base.objects.get()
    world.all_papers(base)
    decide(at("office"), base, "review")
    decide(at("district"), base, "recognise")
    decide(at("office"), base, "mend", **{"decision-reason": "社会保险未缴齐"})
    colleague = staff["office"].user
    given = {"decision-reason": "岗位调整", "extra-carrier": colleague.pk}
    assert decide(at("office"), base, "hand_over_mending", **given).status_code == 302
    base.refresh_from_db()
    assert (base.stage, base.carrier) == ("mending", colleague)


def test_employers_outlets_and_bases_are_found_in_the_menu(at):
    page = at("station").get("/").content.decode()
    for code in ("employers", "outlets", "bases", "enterprises"):
        assert f'href="/l/{code}/"' in page


def test_all_that_somebody_carries_is_handed_over_at_once(at, staff):
    old, new = staff["station"].user, staff["office"].user
    for number in range(30):
        Outlet.objects.create(
            region_id=HERE, name=f"便民店{number}", opened_on=TODAY, owner="赵老板", carrier=old
        )
    left = Outlet.objects.create(
        region_id=HERE, name="别人的店", opened_on=TODAY, owner="钱老板", carrier=new
    )
    office, narrowed = at("office"), f"?carrier={old.pk}"
    assert "All pages of this list" in office.get(f"/l/outlets/{narrowed}").content.decode()
    chosen = {"action": "hand_over", "every": "1", "rows": [left.pk]}
    asked = office.post(f"/l/outlets/batch{narrowed}", chosen).content.decode()
    assert "30 records" in asked and "别人的店" not in asked
    rows = list(Outlet.objects.filter(carrier=old).values_list("pk", flat=True))
    sent = {"action": "hand_over", "confirmed": "1", "rows": rows, "to": new.pk}
    assert office.post(f"/l/outlets/batch{narrowed}", sent)["Location"] == f"/l/outlets/{narrowed}"
    assert Outlet.objects.filter(carrier=new).count() == 31


def test_bases_are_handed_over_together_and_each_file_says_why(at, staff):
    new = staff["office"].user
    standing, asked = (
        Base.objects.create(
            region_id=HERE, employer=employer(name), stage=stage, stage_since=TODAY, opened_on=TODAY, recognised_on=on
        )
        for name, stage, on in (("甲厂", "recognised", TODAY), ("乙厂", "applied", None))
    )  # fmt: skip
    sent = {
        "action": "hand_over",
        "confirmed": "1",
        "rows": [standing.pk, asked.pk],
        "to": new.pk,
        "because": "分工调整",
    }
    assert at("office").post("/l/bases/batch", sent).status_code == 302
    standing.refresh_from_db()
    asked.refresh_from_db()
    assert (standing.carrier, asked.carrier) == (new, None)
    assert "分工调整" in at("office").get(f"/cases/base/{standing.pk}/").content.decode()


def test_a_base_is_not_handed_to_somebody_who_has_left(at, staff):
    base = Base.objects.create(
        region_id=HERE, employer=employer(), stage="recognised", stage_since=TODAY, opened_on=TODAY, recognised_on=TODAY
    )  # fmt: skip
    left = world.appoint("gone", "office", world.STREET)
    left.until = date(2006, 6, 1)
    left.save()
    sent = {
        "action": "hand_over",
        "confirmed": "1",
        "rows": [base.pk],
        "because": "分工调整",
        "to": left.user_id,
    }
    answer = at("office").post("/l/bases/batch", sent)
    page = answer.content.decode()
    assert answer.status_code == 422 and "is not one of the available choices" in page
    assert f'value="{left.user_id}"' not in page
    base.refresh_from_db()
    assert base.carrier is None


def test_whoever_has_left_is_found_and_kept_but_not_offered(at, staff):
    left = world.appoint("gone", "station", HERE)
    left.until = date(2006, 6, 1)
    left.save()
    shop = employer("建安超市", carrier=left.user)
    other = employer("北人集团")
    offered = f'value="{left.user_id}"'
    office = at("office")
    assert offered in office.get("/l/employers/narrow").content.decode()
    assert offered in office.get(f"/l/employers/{shop.pk}/edit").content.decode()
    assert offered not in office.get(f"/l/employers/{other.pk}/edit").content.decode()


def test_a_base_counts_who_was_placed_there_while_it_held_the_title(at, staff):
    from qiao.core.accounts.scope import Scope
    from qiao.core.calendars.periods import Period
    from qiao.core.indicators import figures, registry, rollup
    from qiao.services.vacancies.models import Placement

    shop = employer()
    base = Base.objects.create(
        region_id=HERE, employer=shop, stage="recognised", stage_since=TODAY, opened_on=TODAY, recognised_on=TODAY
    )  # fmt: skip
    for name, region, day in (
        ("刘桂芳", HERE, date(2006, 5, 31)),
        ("王秀英", HERE, date(2006, 6, 1)),
        ("李娜", world.ELSEWHERE, date(2006, 7, 3)),
    ):
        Placement.objects.create(
            resident=world.person(name, region), region_id=region, employer=shop, kind="unit", started_on=day
        )
    everywhere, year = Scope.everything(), Period.of("year", TODAY)
    rollup.merge_all(everywhere, TODAY)
    Base.objects.filter(pk=base.pk).update(recognised_on=date(2006, 6, 1))
    rollup.merge_all(everywhere, TODAY)
    assert rollup.verify(everywhere, TODAY) == [], "other communities that sent people are counted again"
    placed = figures.figure(registry.get("placed_at_bases"), Scope(world.DISTRICT), year, TODAY)
    assert placed.value == 2
    page = at("station").get(f"/cases/base/{base.pk}/").content.decode()
    assert re.search(r"Placed since recognition</dt>\s*<dd[^>]*>\s*2\s*</dd>", page), "of the whole district"
    assert "王秀英" in at("station").get(f"/l/employers/{shop.pk}/").content.decode()


def test_an_employer_of_another_district_is_named_nowhere_here(staff):
    from qiao.core.regions.models import Region
    from qiao.services.fairs.models import Booth, Fair
    from qiao.services.vacancies.models import Placement

    far = employer("远方厂", Region.objects.create(code=130102001001, name="他区社区", level=5).code)
    case = {"stage": "planned", "stage_since": TODAY, "opened_on": TODAY}
    fair = Fair.objects.create(region_id=HERE, title="洽谈会", held_on=TODAY, followed_on=TODAY, **case)
    someone = world.person("刘桂芳")
    for model, facts in (
        (Outlet, {"name": "分店", "opened_on": TODAY}),
        (LabourEnterprise, {"opened_on": TODAY, "staff_at_opening": 2, "unemployed_at_opening": 2}),
        (Base, case),
        (Booth, {"fair": fair, "number": "1"}),
        (Placement, {"resident": someone, "kind": "unit", "started_on": TODAY}),
    ):
        with pytest.raises(IntegrityError, match="another district"), transaction.atomic():
            model.objects.create(region_id=HERE, employer=far, **facts)
