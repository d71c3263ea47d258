"""Who works here and in which post: invite, appoint, end, a new password. Nobody appoints himself."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from qiao.core.accounts.models import Appointment, User
from qiao.core.accounts.rights import Role
from qiao.core.accounts.scope import Scope
from qiao.core.regions import codes

APART = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
EASY_TO_READ = "abcdefghjkmnpqrstuvwxyz23456789"


class CannotAppoint(ValueError):
    """The message says why and what to do."""


def one_time_password() -> str:
    """Fifteen characters without those that look alike, in groups of five."""
    return "-".join("".join(secrets.choice(EASY_TO_READ) for _ in range(5)) for _ in range(3))


def staff_of(scope: Scope) -> Q:
    """People with any appointment in the scope, and those who hold none at all."""
    return Q(appointments__region__gte=scope.lo, appointments__region__lt=scope.hi) | Q(appointments=None)


def serving(region: int, on: date, roles: Iterable[str]) -> QuerySet[User]:
    """People who work for a region on a day in one of these roles: at the place itself, its office or its district."""
    held = Appointment.objects.on(on).filter(
        Q(region=region) | Q(region__in=codes.ancestors(region)), role__in=roles
    )
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("name", "pk")


@transaction.atomic
def invite(
    username: str, name: str, phone: str = "", password: str = "", encoded: str = ""
) -> tuple[User, str]:
    """The new account and its password, which is shown once and changed at the first sign-in; a password
    that is given stays. `encoded` is that password's hash, when one serves many. Raises ValidationError."""
    user = User(username=username.strip(), name=name.strip(), phone=phone.strip())
    if not user.name:
        raise ValidationError({"name": _("Write the person's name.")})
    user.must_change_password = not password
    if password:
        validate_password(password, user)
    secret = password or one_time_password()
    user.password = encoded or make_password(secret)
    user.full_clean()
    user.save()
    return user, secret


def renew_password(user: User, by: User) -> str:
    """A one-time password in place of the forgotten one. Raises CannotAppoint."""
    if user.pk == by.pk:
        raise CannotAppoint(_("Change your own password on the page “My account”."))
    secret = one_time_password()
    user.set_password(secret)
    user.must_change_password = True
    user.save()
    return secret


@transaction.atomic
def appoint(user: User, role: str, region_code: int, since: date, by: User | None = None) -> Appointment:
    """Raises CannotAppoint or ValidationError."""
    if by is not None and user.pk == by.pk:
        raise CannotAppoint(_("Nobody appoints himself. Ask another security administrator."))
    User.objects.select_for_update().get(pk=user.pk)
    if role in APART:
        others = Appointment.objects.filter(
            Q(until=None) | Q(until__gt=since), user=user, role__in=APART - {Role(role)}
        )
        if held := others.first():
            raise CannotAppoint(
                _(
                    "%(name)s already is “%(held)s”. The system, security and audit administrators "
                    "must be three different people: end that appointment first, or choose somebody else."
                )
                % {"name": user, "held": held.get_role_display()}
            )
    appointment = Appointment(user=user, role=role, region_id=region_code, since=since)
    appointment.full_clean()
    appointment.save()
    return appointment


@transaction.atomic
def end(appointment: Appointment, on: date, by: User | None = None) -> None:
    """The appointment holds no longer from the day on; one that has not begun is taken back.
    Raises CannotAppoint."""
    if by is not None and appointment.user_id == by.pk:
        raise CannotAppoint(_("You cannot end your own appointment. Ask another security administrator."))
    if appointment.since >= on:
        appointment.delete()
        return
    appointment.until = on
    appointment.full_clean()
    appointment.save()


def set_active(user: User, active: bool, by: User) -> None:
    if user.pk == by.pk:
        raise CannotAppoint(_("You cannot close your own account."))
    user.is_active = active
    user.save()
