"""Who sees which applications: the guarantee centre and the bank only what was sent to them, the bank its own."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from qiao.core.accounts.rights import Role
from qiao.services.loans.models import Bank


def seen(role: str, user_id: int, path: str = "") -> Q:
    """The part of a scope's applications that a person sees; `path` leads to the application ("application__")."""
    if role == Role.BANK:
        return Q(
            **{
                f"{path}guaranteed_on__isnull": False,
                f"{path}bank__in": Bank.objects.filter(clerks=user_id),
            }
        )
    return Q(**{f"{path}sent_on__isnull": False}) if role == Role.GUARANTEE_CENTRE else Q()


def of_bank(role: str, user_id: int, path: str = "") -> Q:
    """A bank's clerk sees the loans of that bank, everybody else those of their scope; `path` leads to the loan."""
    return Q(**{f"{path}bank__clerks": user_id}) if role == Role.BANK else Q()


def case_url(application: int) -> str:
    return reverse("case", args=["loan", application])
