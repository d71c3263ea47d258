"""The shell around every page: keys, rail, drawer, tabs, search, posts."""


def test_slash_goes_to_the_search_field(desk, staff):
    desk.sign_in(staff("li", "station"))
    page = desk.open("/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    assert page.locator("#search").input_value() == ""
    page.keyboard.type("a/b")
    assert page.locator("#search").input_value() == "a/b"


def test_single_keys_can_be_switched_off(desk, staff):
    desk.sign_in(staff("li", "station"))
    page = desk.open("/me")
    page.locator('[name="keys"]').click()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "search"


def test_the_rail_stays_folded(desk, staff):
    desk.sign_in(staff("li", "station"))
    page = desk.open("/")
    wide = page.locator("#rail").bounding_box()["width"]
    page.locator("[data-toggle-rail]").click()
    page.reload()
    assert page.locator("#rail").bounding_box()["width"] < wide / 2


def test_the_phone_opens_the_menu_as_a_drawer(phone, staff):
    phone.sign_in(staff("li", "station"))
    page = phone.open("/")
    assert not page.locator("#rail nav").is_visible()
    page.locator('[data-bs-target="#rail"][aria-controls]').click()
    page.locator("#rail.show:not(.showing)").wait_for()
    phone.shoot("drawer")
    page.keyboard.press("Escape")
    page.locator("#rail nav").wait_for(state="hidden")


def test_the_phone_has_tabs_at_the_bottom_large_enough_to_tap(phone, staff):
    phone.sign_in(staff("li", "station"))
    page = phone.open("/")
    tabs = page.locator(".q-tabs-bottom a")
    assert tabs.count() >= 2
    for box in (tab.bounding_box() for tab in tabs.all()):
        assert box["height"] >= 44 and box["width"] >= 44
        assert box["y"] + box["height"] <= 845
    page.locator('.q-tabs-bottom a[href="/me"]').click()
    assert page.locator('.q-tabs-bottom a[href="/me"][aria-current="page"]').count() == 1


def test_sign_in_by_the_form_leads_to_the_page_asked_for(desk, staff):
    staff("li", "station")
    page = desk.open("/me")
    assert "/accounts/login/" in page.url
    desk.sign_in_by_form("li")
    page.wait_for_url("**/me")
    desk.shoot("me")


def test_a_wrong_password_is_said_beside_the_form(desk, staff):
    staff("li", "station")
    page = desk.open("/accounts/login/")
    desk.sign_in_by_form("li", "wrong")
    page.locator("[data-errors]").wait_for()
    assert page.locator('[name="login"]').input_value() == "li"


def test_who_holds_several_posts_chooses_one(desk, staff):
    desk.sign_in(staff("li", "station", "office"))
    page = desk.open("/")
    assert page.url.endswith("/appointment/")
    desk.shoot("posts")
    page.locator(".q-post", has_text="建安街道").click()
    page.wait_for_url(desk.home + "/")
    assert "建安街道" in page.locator(".q-scope").inner_text()
    page.locator(".q-scope").click()
    page.locator(".dropdown-item", has_text="阜康社区").click()
    page.locator(".q-scope", has_text="阜康社区").wait_for()


def test_who_holds_no_post_is_told_so(desk, staff):
    desk.sign_in(staff("zhou"))
    page = desk.open("/")
    assert page.locator("h1").count() == 1
    assert page.locator(".q-rail").count() == 0
    assert page.locator('form[action="/accounts/logout/"]').count() >= 1


def test_the_language_is_kept(desk, staff):
    user = staff("li", "station")
    desk.sign_in(user)
    page = desk.open("/")
    page.locator("[data-language]").click()
    page.locator('[value="en"]').first.click()
    page.wait_for_selector('html[lang="en"]')
    user.refresh_from_db()
    assert user.language == "en"


def test_large_type_is_larger_and_fits_the_phone(phone, staff):
    phone.sign_in(staff("li", "station"))
    page = phone.open("/me")
    page.locator('main [name="large"]').click()
    page.wait_for_selector("html.q-large")
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 18
    phone.shoot("large-type")
    assert not phone.scrolls_sideways()
