"""The books of posts and of people placed, imported: what is sound goes in, the rest says why not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_world import HERE, browser, id_number, lay_regions
from post_world import employer
from test_import_pages import batch_of, merged, roster

from qiao.core.accounts.models import Appointment
from qiao.core.calendars import clock
from qiao.services.people.models import HardshipCase, Resident, Spell
from qiao.services.vacancies import reading
from qiao.services.vacancies.actions import referring
from qiao.services.vacancies.models import Placement, Post

A, B = id_number("19620305", 2), id_number("19640607", 4)
POSTS = [
    "用人单位",
    "岗位名称",
    "岗位类别",
    "招用人数",
    "工资",
    "年龄要求",
    "其他要求",
    "岗位来源",
    "来源名称",
    "登记日期",
]
CLEANER = [
    "北人集团",
    "保洁员",
    "三保",
    "2",
    "800-1000元/月",
    "18-45岁",
    "",
    "市场",
    "南三条市场",
    "2006.3.1",
]
PLACED = [
    "姓名",
    "身份证号",
    "用人单位",
    "岗位名称",
    "就业形式",
    "安置渠道",
    "上岗日期",
    "离岗日期",
    "离岗原因",
]
LIU = ["刘桂芳", A, "北人集团", "保洁员", "单位就业", "", "2006.5.8", "", ""]
WANG = ["王秀英", B, "北人集团", "保洁员", "单位", "自找", "2006.5.9", "", ""]


@pytest.fixture
def station(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    lay_regions()
    return browser("station", "station", HERE)


@pytest.fixture
def with_people(station):
    head = ["姓名", "身份证号", "就业状态", "失业时间"]
    merged(station, roster(["刘桂芳", A, "失业", "2005.1.1"], ["王秀英", B, "失业", "2005.1.1"], head=head))
    employer()
    return station


def take(client, kind, head, *rows):
    return batch_of(merged(client, roster(*rows, head=head), kind=kind))


def test_posts_of_a_verified_employer_are_published_and_the_others_wait(station):
    employer()
    employer("新开饭店", verification="waiting", verified_on=None)
    odd = ["北人集团", "保安", "三保", "1", "8000000", "", "限男性", "单位", "", "2006.3.1"]
    new = ["新开饭店", "服务员", "餐饮", "3", "700", "", "", "电话", "", "2006.3.1"]
    batch = take(station, "posts", POSTS, CLEANER, odd, new)
    assert batch.stage == "done", batch.counts
    cleaner = Post.objects.get(title="保洁员")
    assert (cleaner.state, cleaner.openings, cleaner.category, cleaner.source) == (
        "published",
        2,
        "sanbao",
        "market",
    )
    assert (cleaner.pay_from_fen, cleaner.pay_to_fen, cleaner.pay_unit) == (80000, 100000, "month")
    assert (cleaner.age_from, cleaner.age_to, cleaner.opened_on) == (18, 45, date(2006, 3, 1))
    assert set(Post.objects.exclude(pk=cleaner.pk).values_list("state", flat=True)) == {"draft"}
    take(station, "posts", POSTS, CLEANER)
    assert Post.objects.count() == 3
    station.post(f"/import/{batch.pk}/undo")
    assert not Post.objects.exists()


def test_a_post_has_the_occupation_that_is_stated_confirmed_or_beyond_doubt(station):
    from qiao.services.occupations import api as occupations

    employer()
    occupations.remember("万金油", "4-09-08-01", None)
    titles = ["保安员", "万金油", "随便", "理货员"]
    rows = [
        ["北人集团", title, "3", "800", "2006.3.1", "4-01-02-01" * (title == "理货员")] for title in titles
    ]
    take(station, "posts", ["用人单位", "岗位名称", "招用人数", "工资", "登记日期", "职业代码"], *rows)
    assert list(Post.objects.order_by("pk").values_list("occupation_code", flat=True)) == [
        "4-07-05-01", "4-09-08-01", "", "4-01-02-01",
    ]  # fmt: skip
    doubtful = Post.objects.get(title="随便")
    assert "随便" in station.get("/l/posts/?tab=uncoded").content.decode()
    Post.objects.filter(title="保安员").update(occupation_code="")
    rows = list(Post.objects.filter(occupation_code="").values_list("pk", flat=True))
    sent = {"action": "read_occupation", "rows": rows, "confirmed": "1"}
    told = station.post("/l/posts/batch", sent, follow=True).content.decode()
    assert "1 个岗位已确定职业。" in told and "另有 1 个岗位" in told
    doubtful.refresh_from_db()
    assert (doubtful.occupation_code, Post.objects.get(title="保安员").occupation_code) == ("", "4-07-05-01")


def test_a_post_of_an_employer_nobody_knows_waits_to_be_fixed(station):
    batch = take(station, "posts", POSTS, CLEANER)
    assert not Post.objects.exists()
    assert [note["code"] for note in batch.rows.get().notes] == ["link_unknown"]


def test_placements_take_openings_and_the_status_follows(with_people):
    take(with_people, "posts", POSTS, CLEANER)
    batch = take(with_people, "placements", PLACED, LIU, WANG)
    assert batch.stage == "done", batch.counts
    post = Post.objects.get()
    assert (post.filled, post.left) == (2, 0)
    liu, wang = Placement.objects.order_by("started_on")
    assert (liu.post, liu.employer, liu.channel, liu.channel_name) == (
        post,
        post.employer,
        "market",
        "南三条市场",
    )
    assert (wang.channel, wang.kind) == ("own", "unit")
    assert set(Resident.objects.values_list("state", flat=True)) == {"employed"}
    take(with_people, "placements", PLACED, LIU, WANG)
    assert Placement.objects.count() == 2
    with_people.post(f"/import/{batch.pk}/undo")
    post.refresh_from_db()
    assert not Placement.objects.exists() and post.left == 2
    assert set(Resident.objects.values_list("state", flat=True)) == {"unemployed"}


def test_more_people_than_openings_go_in_without_a_post(with_people):
    take(with_people, "posts", POSTS, [*CLEANER[:3], "1", *CLEANER[4:]])
    take(with_people, "placements", PLACED, LIU, WANG)
    assert Post.objects.get().left == 0
    assert [one.post is None for one in Placement.objects.order_by("started_on")] == [False, True]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ([*LIU[:7], "2006.5.1", "辞职"], "work_ends_before"),
        (["孙无名", id_number("19801231", 5), *LIU[2:]], "nobody_found"),
        ([*LIU[:6], "", "", ""], "missing"),
    ],
    ids=["ends before", "nobody", "no day"],
)
def test_a_placement_that_cannot_be_waits_to_be_fixed(with_people, row, code):
    batch = take(with_people, "placements", PLACED, row)
    assert not Placement.objects.exists()
    assert code in [note["code"] for note in batch.rows.get().notes]


def test_a_welfare_post_needs_recognition_by_then(with_people):
    """Whether the row says so or the register of posts does."""
    take(with_people, "posts", POSTS, CLEANER)
    Post.objects.update(welfare=True)
    batch = take(with_people, "placements", PLACED, LIU, [*WANG[:3], "楼长", "公益性岗位", *WANG[5:]])
    assert [note["code"] for row in batch.rows.all() for note in row.notes] == ["not_recognised"] * 2
    assert not Placement.objects.exists()
    for resident in Resident.objects.all():
        HardshipCase.objects.create(
            resident=resident,
            region_id=HERE,
            category="older_4050",
            recognised_on=date(2006, 5, 8),
            stage="assisted",
            stage_since=date(2006, 5, 8),
            opened_on=date(2006, 4, 1),
        )
    take(with_people, "placements", PLACED, LIU)
    placed = Placement.objects.get()
    assert (placed.kind, placed.post.left) == ("welfare_post", 1)
    assert Spell.objects.get(state="employed").form == "welfare_post"


def test_referrals_end_with_imported_work_and_open_when_it_is_taken_back(with_people):
    take(with_people, "posts", POSTS, CLEANER)
    someone = Resident.objects.get(name="刘桂芳")
    station = Appointment.objects.get(user__username="station")
    open_one = referring.refer(someone, Post.objects.get(), station, clock.today())
    batch = take(with_people, "placements", PLACED, LIU)
    open_one.refresh_from_db()
    assert (open_one.stage, open_one.reason) == ("lapsed", "at_work")
    with_people.post(f"/import/{batch.pk}/undo")
    open_one.refresh_from_db()
    assert open_one.stage == "referred"


def test_work_that_lasts_is_recorded_once(with_people):
    take(with_people, "placements", PLACED, LIU)
    batch = take(with_people, "placements", PLACED, [*LIU[:6], "2006.7.1", "", ""])
    assert [note["code"] for note in batch.rows.get().notes] == ["works_already"]
    assert Spell.objects.filter(state="employed").count() == 1


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("800-1000元/月", (80000, 100000, "month")),
        ("1,200", (120000, None, "month")),
        ("30元/天", (3000, None, "day")),
        ("6.5元每小时", (650, None, "hour")),
        ("面议", (None, None, "")),
        ("1000元以下", (None, 100000, "month")),
    ],
)
def test_pay_is_read_as_it_is_written(text, meant):
    assert reading.pay(text) == meant


@given(st.text(max_size=30))
def test_any_cell_of_pay_or_ages_is_read_without_harm(text):
    lowest, highest, _unit = reading.pay(text)
    assert highest is None or lowest is None or lowest <= highest
    youngest, oldest = reading.ages(text)
    assert youngest is None or oldest is None or youngest <= oldest
