"""Whoever signed in with a one-time password sets a password of his own before anything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.signals import password_changed, password_set
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

FREE = ("/accounts/", "/static/", "/language", "/preference/")


@receiver([password_changed, password_set], dispatch_uid="qiao.accounts.one_time")
def own_password(user: Any, **_: Any) -> None:
    if user.must_change_password:
        user.must_change_password = False
        user.save(update_fields=["must_change_password"])


class OneTimePasswordMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and user.must_change_password and not request.path.startswith(FREE):
            messages.info(request, _("Choose a password of your own first."))
            return redirect(reverse("account_change_password"))
        return self.get_response(request)
