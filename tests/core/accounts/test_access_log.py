from datetime import UTC, datetime
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from qiao.core.accounts.models import Disclosure, User

INSIDE, OUTSIDE = 130103001001, 130102000000


@pytest.fixture
def entries(small_tree):
    user = User.objects.create(username="seer", name="赵敏")
    for region, whose, day in [(INSIDE, "王*明", 30), (130103002001, "李*", 31), (OUTSIDE, "钱*", 30)]:
        Disclosure.objects.create(
            at=datetime(2006, 8, day, 1, tzinfo=UTC), user=user, role="station", region_id=region,
            ledger="residents", whose=whose, what="id_number", why="=1+1 visit",
        )  # fmt: skip


def test_the_log_shows_one_s_own_region_only(entries, sign_in):
    page = sign_in("audit_admin").get("/settings/access-log/").content.decode()
    assert "王*明" in page and "李*" in page and "钱*" not in page
    station = sign_in("station", INSIDE).get("/settings/access-log/").content.decode()
    assert "王*明" in station and "李*" not in station


def test_filters(entries, sign_in):
    browser = sign_in("audit_admin")
    assert "王*明" not in browser.get("/settings/access-log/?whose=李").content.decode()
    assert "王*明" not in browser.get("/settings/access-log/?first=2006-08-31").content.decode()
    assert "王*明" in browser.get("/settings/access-log/?last=2006-08-30&who=赵").content.decode()
    assert browser.get("/settings/access-log/?first=nonsense&before=x").status_code == 200


def test_pages_by_key(small_tree, sign_in):
    browser = sign_in("audit_admin")
    for number in range(60):
        Disclosure.objects.create(
            user=browser.user,
            role="station",
            region_id=INSIDE,
            ledger="l",
            whose=f"n{number:02}",
            what="x",
            why="y",
        )
    first = browser.get("/settings/access-log/")
    assert "n59" in first.content.decode() and "n09" not in first.content.decode()
    second = browser.get("/settings/access-log/" + first.context["following"]).content.decode()
    assert "n09" in second and "n10" not in second


def test_export_holds_text_not_formulas(entries, sign_in):
    response = sign_in("audit_admin").get("/settings/access-log/export.xlsx?whose=王")
    rows = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 2
    assert rows[1][6] == "=1+1 visit"


@pytest.mark.parametrize(
    ("role", "log", "export"), [("station", 200, 403), ("bank", 200, 403), ("leader", 403, 403)]
)
def test_who_may(small_tree, sign_in, role, log, export):
    browser = sign_in(role, INSIDE)
    assert browser.get("/settings/access-log/").status_code == log
    assert browser.get("/settings/access-log/export.xlsx").status_code == export


def test_who_does_not_see_residents_sees_only_what_was_shown_to_them(entries, sign_in):
    page = sign_in("bank", INSIDE).get("/settings/access-log/").content.decode()
    assert "王" not in page
