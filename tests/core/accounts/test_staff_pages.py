from datetime import date

import pytest

from qiao.core.accounts.models import Appointment, User

STREET, COMMUNITY = 130103001000, 130103001001


@pytest.fixture
def admin(sign_in):
    return sign_in("security_admin")


def invited(admin, username="wang", name="王小明"):
    page = admin.post("/settings/staff/new", {"username": username, "name": name}).content.decode()
    user = User.objects.get(username=username)
    secret = page.split('<code class="fs-2">')[1].split("</code>")[0]
    return user, secret


def appoint(admin, user, role="station", region=COMMUNITY, since="2006-08-01"):
    return admin.post(f"/settings/staff/{user.pk}/", {"role": role, "region": region, "since": since})


@pytest.mark.parametrize(
    "path",
    ["staff/", "staff/new", "staff/1/", "parameters/", "calendar/", "glossary/", "regions/", "access-log/"],
)
def test_a_stranger_is_led_to_sign_in(client, small_tree, path):
    response = client.get(f"/settings/{path}")
    assert response.status_code == 302 and "login" in response["Location"]


@pytest.mark.parametrize("role", ["station", "office", "employment_section", "system_admin", "audit_admin"])
def test_only_the_security_administrator_keeps_staff(sign_in, role):
    browser = sign_in(role)
    assert browser.get("/settings/staff/").status_code == 403
    assert browser.post("/settings/staff/new", {"username": "x", "name": "x"}).status_code == 403
    assert not User.objects.filter(username="x").exists()


def test_invite_and_appoint(admin):
    user, secret = invited(admin)
    assert user.check_password(secret)
    assert appoint(admin, user).status_code == 302
    post = Appointment.objects.get(user=user)
    assert (post.role, post.region_id, post.since) == ("station", COMMUNITY, date(2006, 8, 1))
    listed = admin.get("/settings/staff/?q=王小明").content.decode()
    assert "栗康街南社区" in listed
    assert "刘芳" not in listed.split("<main")[1]


def test_a_one_time_password_is_changed_before_anything_else(admin, client):
    user, _secret = invited(admin)
    appoint(admin, user)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/settings/parameters/").url == "/accounts/password/change/"
    user.set_password("first-one-time")
    user.save()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    sent = {"oldpassword": "first-one-time", "password1": "a-bridge-of-2006", "password2": "a-bridge-of-2006"}
    assert client.post("/accounts/password/change/", sent).status_code == 302
    assert client.get("/settings/parameters/").status_code == 200


def test_nobody_appoints_himself(admin):
    response = appoint(admin, admin.user, role="employment_section", region=130103000000)
    assert response.status_code == 200
    assert "Nobody appoints himself" in response.content.decode()
    assert Appointment.objects.filter(user=admin.user).count() == 1
    own = Appointment.objects.get(user=admin.user)
    admin.post(f"/settings/staff/appointment/{own.pk}/end")
    own.refresh_from_db()
    assert own.until is None


def test_the_three_administrators_are_three_people(admin):
    user, _secret = invited(admin)
    appoint(admin, user, role="system_admin", region=130103000000)
    response = appoint(admin, user, role="audit_admin", region=130103000000)
    assert "three different people" in response.content.decode()
    assert [post.role for post in user.appointments.all()] == ["system_admin"]


def test_ending_an_appointment_takes_the_role_away_at_once(admin, sign_in):
    office = sign_in("office", STREET)
    assert office.get("/settings/parameters/").status_code == 200
    post = Appointment.objects.get(user=office.user)
    admin.post(f"/settings/staff/appointment/{post.pk}/end")
    post.refresh_from_db()
    assert post.until == date(2006, 8, 31)
    assert office.get("/settings/parameters/").status_code == 403


@pytest.mark.parametrize("region", ["130102000000", "999", "abc", "", "99999999999999999999"])
def test_no_appointment_outside_or_nowhere(admin, region):
    user, _secret = invited(admin)
    assert appoint(admin, user, region=region).status_code == 200
    assert not user.appointments.exists()


def test_staff_of_another_district_do_not_exist_here(admin, sign_in):
    other = sign_in("station", 130102000000)
    post = Appointment.objects.get(user=other.user)
    assert admin.get(f"/settings/staff/{other.user.pk}/").status_code == 404
    assert admin.post(f"/settings/staff/{other.user.pk}/password").status_code == 404
    assert admin.post(f"/settings/staff/appointment/{post.pk}/end").status_code == 404
    assert str(other.user) not in admin.get("/settings/staff/").content.decode()


def test_an_account_with_a_post_above_is_not_taken_over(admin, sign_in):
    chief = sign_in("leader", 130100000000)
    Appointment.objects.create(user=chief.user, role="leader", region_id=130103000000, since=date(2006, 1, 1))
    before = User.objects.get(pk=chief.user.pk).password
    assert admin.post(f"/settings/staff/{chief.user.pk}/password").status_code == 404
    assert User.objects.get(pk=chief.user.pk).password == before


def test_the_same_sign_in_name_is_refused_beside_the_field(admin):
    invited(admin)
    response = admin.post("/settings/staff/new", {"username": "wang", "name": "另一人"})
    assert response.status_code == 200
    assert response.context["form"].errors["username"]


def test_a_closed_account_cannot_work(admin, sign_in):
    office = sign_in("office", STREET)
    admin.post(f"/settings/staff/{office.user.pk}/active", {"active": "0"})
    assert office.get("/settings/parameters/").status_code == 302
    admin.post(f"/settings/staff/{admin.user.pk}/active", {"active": "0"})
    assert User.objects.get(pk=admin.user.pk).is_active


@pytest.mark.parametrize("path", ["?q=%00", "?after=x&role=y", "?after=99999999999999999999", f"{10**30}/"])
def test_odd_addresses_are_answered(admin, path):
    assert admin.get(f"/settings/staff/{path}").status_code in (200, 404)
