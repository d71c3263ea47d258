"""People and posts: the list, a person, an invitation, an appointment and its end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from qiao.core.accounts import staffing
from qiao.core.accounts.access import requires
from qiao.core.accounts.forms import AppointForm, InviteForm
from qiao.core.accounts.models import Appointment, User
from qiao.core.accounts.rights import Right, Role
from qiao.core.regions.models import Region

SIZE = 50


def _people(request: Any) -> Any:
    return User.objects.filter(staffing.staff_of(request.scope)).distinct()


def _own_people(request: Any) -> Any:
    """Those whose whole account one may change: nobody with a post outside the scope."""
    scope = request.scope
    outside = Appointment.objects.on(request.today).exclude(region__gte=scope.lo, region__lt=scope.hi)
    return _people(request).exclude(pk__in=outside.values("user"))


def _held(request: Any) -> Prefetch:
    scope = request.scope
    inside = Appointment.objects.filter(region__gte=scope.lo, region__lt=scope.hi)
    return Prefetch("appointments", inside.select_related("region").order_by("-since", "-id"), "posts")


@requires(Right.MANAGE_ACCOUNTS)
@require_GET
def people(request: Any) -> HttpResponse:
    found = _people(request).prefetch_related(_held(request)).order_by("id")
    wanted, role = request.GET.get("q", "").replace("\0", "").strip(), request.GET.get("role", "")
    if wanted:
        found = found.filter(Q(name__icontains=wanted) | Q(username__icontains=wanted))
    if role in Role.values:
        found = found.filter(pk__in=Appointment.objects.on(request.today).filter(role=role).values("user"))
    after = request.GET.get("after", "")
    if after.isdecimal() and len(after) < 19:
        found = found.filter(pk__gt=int(after))
    rows = list(found[: SIZE + 1])
    query = request.GET.copy()
    query["after"] = str(rows[SIZE - 1].pk) if len(rows) > SIZE else ""
    for person in rows:
        person.current = [post for post in person.posts if _current(post, request.today)]
    context = {
        "people": rows[:SIZE],
        "following": f"?{query.urlencode()}" if len(rows) > SIZE else "",
        "q": wanted,
        "role": role,
        "roles": Role.choices,
    }
    return render(request, "accounts/staff.html", context)


def _current(post: Appointment, today: Any) -> bool:
    return post.since <= today and (post.until is None or post.until > today)


@requires(Right.MANAGE_ACCOUNTS)
@never_cache
def invite(request: Any) -> HttpResponse:
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user, secret = staffing.invite(**form.cleaned_data)
        except ValidationError as wrong:
            form.add_error(None, wrong) if not hasattr(wrong, "error_dict") else _spread(form, wrong)
        else:
            return render(request, "accounts/password_once.html", {"person": user, "secret": secret})
    return render(request, "accounts/invite.html", {"form": form})


def _spread(form: Any, wrong: ValidationError) -> None:
    """Each message to its field; those of fields the form has not, on top."""
    for name, errors in wrong.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


@requires(Right.MANAGE_ACCOUNTS)
def person(request: Any, pk: int) -> HttpResponse:
    found = get_object_or_404(_people(request).prefetch_related(_held(request)), pk=pk)
    form = AppointForm(
        request.POST or None, scope=request.scope, day=request.today, initial={"since": request.today}
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = staffing.appoint(found, data["role"], data["region"].code, data["since"], by=request.user)
        except staffing.CannotAppoint as refused:
            form.add_error(None, str(refused))
        except ValidationError as wrong:
            form.add_error(None, wrong.messages)
        else:
            messages.success(request, _("%(name)s is appointed: %(post)s") % {"name": found, "post": made})
            return redirect("settings_person", pk)
    context = {
        "person": found,
        "form": form,
        "posts": [
            (post, _current(post, request.today) or post.since > request.today) for post in found.posts
        ],
        "oneself": found.pk == request.user.pk,
        "regions": Region.objects.on(request.today).filter(
            code__gte=request.scope.lo, code__lt=request.scope.hi
        )[:200],
    }
    return render(request, "accounts/person.html", context)


@requires(Right.MANAGE_ACCOUNTS)
@require_POST
def end_appointment(request: Any, pk: int) -> HttpResponse:
    scope = request.scope
    post = get_object_or_404(Appointment.objects.filter(region__gte=scope.lo, region__lt=scope.hi), pk=pk)
    user_id = post.user_id
    try:
        staffing.end(post, request.today, by=request.user)
    except (staffing.CannotAppoint, ValidationError) as refused:
        text = " ".join(refused.messages) if isinstance(refused, ValidationError) else str(refused)
        messages.error(request, text)
    else:
        messages.success(request, _("The appointment has ended."))
    return redirect("settings_person", user_id)


@requires(Right.MANAGE_ACCOUNTS)
@require_POST
@never_cache
def renew_password(request: Any, pk: int) -> HttpResponse:
    found = get_object_or_404(_own_people(request), pk=pk)
    try:
        secret = staffing.renew_password(found, request.user)
    except staffing.CannotAppoint as refused:
        messages.error(request, str(refused))
        return redirect("settings_person", pk)
    return render(request, "accounts/password_once.html", {"person": found, "secret": secret})


@requires(Right.MANAGE_ACCOUNTS)
@require_POST
def set_active(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_own_people(request), pk=pk)
    try:
        staffing.set_active(found, request.POST.get("active") == "1", request.user)  # type: ignore[arg-type]
    except staffing.CannotAppoint as refused:
        messages.error(request, str(refused))
    return redirect("settings_person", pk)
