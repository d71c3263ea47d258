"""The parts of pages: rows and their actions, dialogs, messages, progress."""

import pytest


@pytest.fixture
def guide(desk, staff, style_guide):
    desk.sign_in(staff("li", "station"))
    return desk.open(style_guide)


def test_the_batch_bar_follows_the_chosen_rows(guide):
    bar = guide.locator("[data-batch]")
    assert bar.is_hidden()
    guide.locator("[data-select-row]").nth(0).check()
    assert guide.locator("[data-batch-count]").inner_text() == "1"
    guide.locator("[data-select-all]").check()
    assert guide.locator("[data-batch-count]").inner_text() == "3"
    guide.locator("[data-select-none]").click()
    assert bar.is_hidden()


def test_a_disabled_action_says_why(guide):
    guide.locator("[data-select-row]").first.check()
    guide.locator('[data-batch] [value="export"]').click(force=True)
    assert guide.locator("[data-batch-reason]").inner_text().strip() != ""
    assert guide.url.endswith("/styleguide")


def test_a_dangerous_action_asks_first(guide):
    sent = []
    guide.on("request", lambda request: request.method == "POST" and sent.append(request.post_data))
    guide.locator("[data-select-row]").first.check()
    guide.locator('[data-batch] [value="delete"]').click()
    dialog = guide.locator("#confirm")
    dialog.wait_for(state="visible")
    dialog.locator('[value=""]').click()
    guide.wait_for_timeout(200)
    assert sent == []
    guide.locator('[data-batch] [value="delete"]').click()
    with guide.expect_request(lambda request: request.method == "POST"):
        dialog.locator('[value="yes"]').click()
    assert "action=delete" in sent[0] and "rows=1" in sent[0]


def test_messages_carry_undo_and_errors_stay(desk, guide):
    page = desk.open("/styleguide?toasts=1")
    assert page.locator('.q-toast form[action="/styleguide"]').count() == 1
    assert page.locator(".q-toast-error").get_attribute("data-seconds") is None
    page.locator(".q-toast-error [data-dismiss-toast]").click()
    assert page.locator(".q-toast-error").count() == 0
    desk.shoot("messages")


def test_the_progress_bar_asks_until_the_work_is_over(guide):
    guide.locator(".q-job[hx-get]").wait_for(state="detached")
    assert guide.locator(".q-job progress").get_attribute("value") == "10"


def test_all_filters_open_from_the_edge(desk, guide):
    guide.locator('[href="#all-filters"]').click()
    guide.locator("#all-filters").wait_for(state="visible")
    guide.wait_for_timeout(400)
    desk.shoot("all-filters")


def test_a_table_becomes_cards_on_a_phone(phone, staff, style_guide):
    phone.sign_in(staff("li", "station"))
    page = phone.open(style_guide)
    row = page.locator(".q-table tbody tr").first
    assert row.evaluate("row => getComputedStyle(row).display") == "flex"
    assert row.locator("td").nth(2).get_attribute("data-label") == "性别"
    assert not phone.scrolls_sideways()
