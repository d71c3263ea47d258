"""What a person sees when something goes wrong: their language, what happened, what to do."""

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from qiao.core.accounts.models import User
from qiao.web import errors

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "找不到"), ("en", "not here")])
def test_a_missing_page_speaks_the_language(client, language, words):
    client.cookies["django_language"] = language
    client.force_login(User.objects.create_user("li", name="李敏"))
    answer = client.get("/no/such/page")
    assert answer.status_code == 404
    assert words in answer.content.decode()


def test_a_form_that_is_too_old_leads_back_to_itself():
    client = Client(enforce_csrf_checks=True)
    page = "http://testserver/accounts/login/"
    answer = client.post("/accounts/login/", {"login": "li"}, headers={"Referer": page})
    assert answer.status_code == 403
    assert f'href="{page}"' in answer.content.decode()
    assert "data-keep-drafts" in answer.content.decode()


def test_a_form_from_elsewhere_is_not_led_back():
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/accounts/login/", {}, headers={"Referer": "http://example.org/trap"})
    assert answer.status_code == 403
    assert "example.org" not in answer.content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_the_page_for_a_fault_needs_nothing(language, django_assert_num_queries):
    with translation.override(language), django_assert_num_queries(0):
        answer = errors.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert f'lang="{language}"' in answer.content.decode()


def test_nobody_signs_up(client):
    assert 'name="password1"' not in client.get("/accounts/signup/").content.decode()


def test_the_account_is_locked_after_five_wrong_passwords(client):
    User.objects.create_user("li", password="an-honest-bridge", name="李敏")
    for _time in range(5):
        answer = client.post("/accounts/login/", {"login": "li", "password": "wrong"})
    assert answer.status_code in (403, 429)
    assert "15" in answer.content.decode()
    right = client.post("/accounts/login/", {"login": "li", "password": "an-honest-bridge"})
    assert right.status_code in (403, 429)
