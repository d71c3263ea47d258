"""Forms: nothing that was typed is lost, nothing is sent twice."""

import pytest

NAME = 'form[data-edit="styleguide"] [name="name"]'


@pytest.fixture
def form(desk, staff, style_guide):
    desk.sign_in(staff("li", "station"))
    return desk.open(style_guide)


def test_ctrl_s_saves(form):
    form.fill(NAME, "王小明")
    with form.expect_request(lambda request: request.method == "POST"):
        form.keyboard.press("Control+s")


def test_errors_stand_on_top_and_what_was_typed_stays(form):
    form.fill('form[data-edit="styleguide"] [name="phone"]', "13911111111")
    form.locator(NAME).press("Enter")
    form.locator("[data-errors]").wait_for()
    assert form.evaluate("document.activeElement.dataset.errors") == ""
    assert form.locator('[name="phone"]').last.input_value() == "13911111111"
    form.locator("[data-errors] a").first.click()
    assert form.evaluate("document.activeElement.name") == "name"


def test_a_form_is_sent_once(form):
    sent = []
    form.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    form.route("**/styleguide", lambda route: None if route.request.method == "POST" else route.continue_())
    form.fill(NAME, "王小明")
    form.evaluate("""async () => {
      const form = document.querySelector("form[data-edit]");
      for (let time = 0; time < 3; time++) {
        form.requestSubmit();
        await new Promise((done) => setTimeout(done, 200));
      }
    }""")
    assert len(sent) == 1


def test_leaving_unsaved_work_asks(form):
    form.locator(NAME).press_sequentially("王")
    asked = []
    form.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    form.evaluate("location.href = '/me'")
    form.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    assert form.locator(NAME).input_value() == "王"


def test_an_expired_session_keeps_what_was_typed(desk, form):
    form.locator(NAME).press_sequentially("王小明")
    form.locator('form[data-edit="styleguide"] [name="willing"]').check()
    form.locator(".q-job[hx-get]").wait_for(state="detached")
    desk.end_session()
    form.keyboard.press("Control+s")
    form.wait_for_url("**/accounts/login/**")
    desk.sign_in_by_form("li")
    form.wait_for_url("**/styleguide")
    assert form.locator(NAME).input_value() == "王小明"
    assert form.locator('form[data-edit="styleguide"] [name="willing"]').is_checked()
    desk.shoot("draft-restored")
    form.locator(".q-draft button").click()
    assert form.locator(NAME).input_value() == ""


def test_a_saved_form_leaves_no_draft(desk, form):
    form.locator(NAME).press_sequentially("王小明")
    form.keyboard.press("Control+s")
    form.locator(".q-toast").wait_for()
    desk.open("/styleguide")
    assert form.locator(".q-draft").count() == 0
    assert form.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('draft'))") == []


def test_another_person_at_the_same_window_sees_no_draft(desk, form, staff):
    form.locator(NAME).press_sequentially("王小明")
    form.wait_for_timeout(500)
    desk.sign_in(staff("zhao", "station"))
    form.on("dialog", lambda dialog: dialog.accept())
    desk.open("/styleguide")
    assert form.locator(NAME).input_value() == ""
    assert form.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('draft'))") == []


def test_enter_goes_to_the_next_cell_of_a_grid(form):
    cells = form.locator("[data-grid] input")
    cells.nth(0).focus()
    form.keyboard.press("Enter")
    assert cells.nth(1).evaluate("cell => cell === document.activeElement")
