from datetime import date

import pytest

from qiao.core.accounts.models import Appointment
from qiao.core.regions.models import Region, Succession
from qiao.services.people.models import Resident

DISTRICT, STREET, COMMUNITY = 130103000000, 130103001000, 130103001001
PATH = f"/settings/regions/{STREET}/"
TODAY = date(2006, 8, 31)


@pytest.fixture
def admin(sign_in):
    return sign_in("system_admin")


@pytest.fixture
def city(sign_in):
    return sign_in("system_admin", 130100000000)


def test_the_tree_begins_at_one_s_own_region(sign_in):
    page = sign_in("office", STREET).get("/settings/regions/", follow=True)
    text = page.content.decode()
    assert "栗康街南社区" in text and "长安区" not in text and 'name="verb"' not in text


@pytest.mark.parametrize("code", [130102000000, 130100000000, 130103009000, 10**15])
def test_regions_outside_do_not_exist(admin, code):
    assert admin.get(f"/settings/regions/{code}/").status_code == 404


def test_a_unit_of_one_s_own(admin):
    sent = {"verb": "add", "add-code": "130103001901", "add-name": "市场工作点", "add-since": "2006-08-01"}
    assert admin.post(PATH, sent).status_code == 302
    unit = Region.objects.get(code=130103001901)
    assert (unit.kind, unit.initials, unit.valid_from) == ("internal", "scgzd", date(2006, 8, 1))
    again = admin.post(PATH, sent)
    assert again.status_code == 200 and again.context["forms"]["add"].errors["code"]


@pytest.mark.parametrize("code", ["130103002901", "x", "130103001000", ""])
def test_a_unit_elsewhere_is_refused(admin, code):
    sent = {"verb": "add", "add-code": code, "add-name": "某", "add-since": "2006-08-01"}
    assert admin.post(PATH, sent).context["forms"]["add"].errors["code"]


def test_rename_keeps_the_former_name(admin):
    sent = {"verb": "rename", "rename-name": "中山路街道", "rename-on": "2006-08-31"}
    assert admin.post(PATH, sent).status_code == 302
    region = Region.objects.get(code=STREET)
    assert region.name == "中山路街道"
    assert [(one.name, one.until) for one in region.former_names.all()] == [("中山东路街道", TODAY)]
    assert "中山东路街道" in admin.get(PATH).content.decode()
    assert admin.post(PATH, sent).context["forms"]["rename"].errors


def test_a_region_ends_when_nothing_is_left_in_it(admin):
    empty, full = f"/settings/regions/{COMMUNITY + 1}/", f"/settings/regions/{COMMUNITY}/"
    Resident.objects.create(region_id=COMMUNITY, name="王小明", id_kind="unknown")
    sent = {"verb": "end", "end-on": "2006-09-01"}
    assert "still in use" in str(admin.post(PATH, sent).context["forms"]["end"].errors)
    assert "still kept" in str(admin.post(full, sent).context["forms"]["end"].errors)
    assert admin.post(empty, sent).status_code == 302
    assert Region.objects.get(code=COMMUNITY + 1).valid_to == date(2006, 9, 1)


@pytest.mark.parametrize("role", ["station", "employment_section", "leader", "security_admin"])
def test_others_may_not_change_the_tree(sign_in, role):
    browser = sign_in(role)
    sent = {"verb": "rename", "rename-name": "新名", "rename-on": "2006-08-31"}
    assert browser.post(PATH, sent).status_code == 403
    assert browser.get("/settings/regions/recode").status_code == 403
    assert browser.post("/settings/regions/recode", {"rows": "1,2", "on": "2006-08-31"}).status_code == 403


def test_recode_is_shown_first_and_then_done(city):
    Appointment.objects.create(
        user=city.user, role="office", region_id=COMMUNITY, since=date(2006, 1, 1), until=date(2008, 1, 1)
    )
    for name in ("王小明", "李秀英"):
        Resident.objects.create(region_id=COMMUNITY, name=name, id_kind="unknown")
    sent = {"rows": "130103001000,130102012000,中山东路", "on": "2006-08-31"}
    preview = city.post("/settings/regions/recode", sent)
    assert [(str(kind), number) for kind, number in preview.context["counts"]] == [("residents", 2)]
    assert "130102012001" in preview.content.decode() and "1 appointment follows" in preview.content.decode()
    assert not Succession.objects.exists()

    done = city.post("/settings/regions/recode", {**sent, "confirmed": "1"}, follow=True)
    assert "3 regions and 2 records have moved" in done.content.decode()
    assert set(Resident.objects.values_list("region_id", flat=True)) == {130102012001}
    assert Region.objects.get(code=130102012000).name == "中山东路"
    ended = city.get(f"/settings/regions/{DISTRICT}/?ended=1").content.decode()
    assert "130102012000" in ended


def test_the_old_staff_see_nothing_and_the_new_staff_see_all(city, sign_in):
    office = sign_in("office", STREET)
    city.post(
        "/settings/regions/recode", {"rows": f"{STREET},130102012000", "on": "2006-08-31", "confirmed": "1"}
    )
    posts = Appointment.objects.on(TODAY).filter(user=office.user)
    assert [post.region_id for post in posts] == [130102012000]


@pytest.mark.parametrize(
    ("rows", "on", "word"),
    [
        ("", "2006-08-31", "Write the rows"),
        ("abc", "2006-08-31", "No rows"),
        ("130103001000,130102012000\nx,y", "2006-08-31", "Line 2"),
        ("130103001000,130102012000", "2006-09-01", "lies ahead"),
        ("130103001000,130103001000", "2006-08-31", "stays"),
        ("130103001000,440300001000", "2006-08-31", "outside your region"),
    ],
)
def test_what_cannot_be_is_told(city, rows, on, word):
    response = city.post("/settings/regions/recode", {"rows": rows, "on": on, "confirmed": "1"})
    assert response.status_code == 200
    assert word in response.content.decode()
    assert not Succession.objects.exists()


def test_a_district_cannot_send_its_people_into_another(admin):
    sent = {"rows": "130103001000,130102012000", "on": "2006-08-31", "confirmed": "1"}
    assert "outside your region" in admin.post("/settings/regions/recode", sent).content.decode()
    assert not Succession.objects.exists()


def test_a_csv_file_does_too(city, tmp_path):
    path = tmp_path / "map.csv"
    path.write_bytes("旧,新,名称\n130103001000,130102012000,中山\n".encode("gb18030"))
    with path.open("rb") as file:
        preview = city.post("/settings/regions/recode", {"file": file, "on": "2006-08-31"})
    assert len(preview.context["plan"].moves) == 3
