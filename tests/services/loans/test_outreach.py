"""From sessions, leaflets and doors to the loan: every step opens to its people, also when all of it comes in files."""

from __future__ import annotations

from datetime import date

import case_world as world
import pytest
from ledger_world import id_number
from test_from_ledger import roster
from test_import_pages import batch_of, merged

from qiao.core.indicators import registry
from qiao.core.indicators.windows import Window
from qiao.services.loans.models import Application, Publicity
from qiao.services.visits.models import Campaign, Visit

AUGUST = Window(date(2006, 8, 1), date(2006, 9, 1), world.TODAY)
BOOK = ["姓名", "社区", "走访日期", "走访方式", "走访结果", "走访发现", "宣传活动", "走访对象", "走访人"]


def met(staff, who, on: date, **facts) -> Visit:
    given = {"outcome": "met", "why": "outreach", "by": staff["station"].user, **facts}
    return Visit.objects.create(resident=who, region_id=world.HERE, visited_on=on, **given)


def applied(who, on: date, **reached) -> Application:
    return Application.objects.create(
        resident=who,
        region_id=who.region_id,
        business="早点",
        amount_fen=2_000_000,
        term_months=24,
        stage="applied",
        stage_since=on,
        opened_on=on,
        **reached,
    )


@pytest.fixture
def told(staff):
    """Four with a business of their own and one without; two apply, one of them before she was visited."""
    runs = {"findings": ["runs_business"]}
    by_register = world.person("刘登记")
    world.spell(by_register, "employed", date(2005, 1, 1), form="self")
    found, keen, early = (world.person(name) for name in ("王铺子", "李意向", "赵早来"))
    none = world.person("孙无店")
    met(staff, by_register, date(2006, 8, 3))
    met(staff, by_register, date(2006, 8, 20))
    met(staff, found, date(2006, 8, 4), **runs)
    met(staff, keen, date(2006, 8, 5), findings=["runs_business", "interested"])
    met(staff, early, date(2006, 8, 9), **runs)
    met(staff, none, date(2006, 8, 6), findings=["interested"])
    met(staff, none, date(2006, 8, 7), outcome="not_met", **runs)
    applied(found, date(2006, 8, 10), recommended_on=date(2006, 8, 15))
    applied(early, date(2006, 8, 1))
    return {"registered": by_register, "found": found, "keen": keen, "early": early}


def whom(code: str) -> set[str]:
    return {visit.resident.name for visit in registry.get(code).rows(AUGUST)}


def test_each_step_holds_the_people_of_the_step_before_narrowed(told):
    assert whom("self_employed_visited") == {"刘登记", "王铺子", "李意向", "赵早来"}
    assert whom("self_employed_interested") == {"王铺子", "李意向"}
    assert whom("self_employed_loan_applications") == {"王铺子"}
    assert whom("self_employed_recommended") == {"王铺子"}
    assert whom("self_employed_lent") == set()
    assert registry.get("self_employed_visited").rows(AUGUST).count() == 4


def test_the_page_shows_the_steps_and_opens_each_to_its_people(told, at):
    Publicity.objects.create(
        region_id=world.HERE, held_on=date(2006, 8, 2), kind="session", place="文化广场", leaflets=150
    )
    Publicity.objects.create(
        region_id=world.HERE, held_on=date(2006, 8, 2), kind="leaflets", place="早市", leaflets=80
    )
    page = at("district").get("/loans/outreach/")
    assert [step["value"] for step in page.context["steps"]] == [4, 2, 1, 1, 0]
    assert [one["value"] for one in page.context["reached"]] == [1, 230, 0, 0]
    assert [one["value"] for one in page.context["applied"]] == [2, 1]
    assert page.context["steps"][1]["of_before"] == 50
    listed = at("district").get(page.context["steps"][2]["url"]).content.decode()
    assert "王*子" in listed and "李*向" not in listed
    (street,) = [row for row in page.context["rows"] if row["name"] == "建安街道"]
    assert [cell["value"] for cell in street["cells"]] == [4, 2, 1, 1, 0]
    assert at("stranger").get("/loans/outreach/").context["steps"][0]["value"] == 0
    assert at("stranger").get(f"/loans/outreach/?region={world.HERE}").status_code == 404
    assert at("bank").get("/loans/outreach/").status_code == 403
    assert at("station").get("/loans/outreach/?period=2007").status_code == 400


def test_all_of_it_comes_in_from_files(at, staff):
    station = at("station")
    events = roster(
        ["地点", "举办日期", "类别", "场次", "宣传单份数", "社区"],
        ["文化广场", "2006.8.2", "政策宣讲会", "1", "150", "阜康社区"],
        ["早市", "2006-08-03", "发放宣传单", "", "80", "阜康社区"],
    )
    batch = batch_of(merged(station, events, name="宣传.csv", kind="loan-publicity"))
    assert batch.counts.get("act_insert") == 2, [(row.notes, row.values) for row in batch.rows.all()]
    assert {(one.kind, one.leaflets) for one in Publicity.objects.all()} == {
        ("session", 150),
        ("leaflets", 80),
    }
    campaign = Campaign.objects.create(
        region_id=world.DISTRICT, name="政策进万家", starts_on=date(2006, 8, 1), ends_on=date(2006, 8, 31)
    )
    home = world.family(world.person("刘桂芳"), world.person("王强"))
    book = roster(
        BOOK,
        ["刘桂芳", "阜康社区", "2006.8.10", "上门", "见到本人", "个体户、有意向", "政策进万家", "本人", ""],
        ["王强", "阜康社区", "2006.8.11", "上门", "见到本人", "个体户 想开分店", "", "家属", ""],
        ["王强", "阜康社区", "2006.8.12", "上门", "见到本人", "", "从没办过", "本人", ""],
    )
    batch = batch_of(merged(station, book, name="走访.csv", kind="visits"))
    assert batch.counts.get("error") == 1, [row.notes for row in batch.rows.all()]
    assert "link_unknown" in [note["code"] for row in batch.rows.all() for note in row.notes]
    first, second = Visit.objects.order_by("visited_on")
    assert (first.why, first.campaign, first.household) == ("outreach", campaign, home)
    assert (first.findings, first.next_on) == (["runs_business", "interested"], date(2006, 9, 9))
    assert (second.why, second.target, second.findings) == ("other", "family", ["runs_business"])
    assert second.note == "想开分店"
    assert registry.get("households_reached").rows(AUGUST).count() == 1


def test_a_number_names_who_was_visited(at, staff):
    """The same book by identity numbers, as other offices keep it."""
    number = id_number("19620305", 2)
    station = at("station")
    merged(station, roster(["姓名", "身份证号", "就业状态"], ["刘桂芳", number, "失业"]), name="a.csv")
    book = roster(["姓名", "身份证号", "走访日期", "走访结果", "还款能力"],
                  ["刘桂芳", number, "2006.8.10", "见到本人", "有困难"])  # fmt: skip
    merged(station, book, name="b.csv", kind="visits")
    assert [(one.why, one.repayment) for one in Visit.objects.all()] == [("loan", "strained")]
