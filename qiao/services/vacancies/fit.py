"""Who fits a post and which posts fit a person, by simple rules that can be said aloud. People in hardship come first."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from qiao.core.accounts.scope import Scope
from qiao.core.ledgers.filters import born_between
from qiao.services.people import api as people
from qiao.services.vacancies.models import Post, Referral

EDUCATION = [one.value for one in people.Education]
SHOWN = 50


def at_least(education: str) -> Q:
    """Who has this education or a higher one; who did not say is not left out."""
    if education not in EDUCATION:
        return Q()
    return Q(education="") | Q(education__in=EDUCATION[EDUCATION.index(education) :])


def asked_at_most(education: str) -> Q:
    """Posts that ask for no more than this education."""
    if education not in EDUCATION:
        return Q()
    return Q(education="") | Q(education__in=EDUCATION[: EDUCATION.index(education) + 1])


def people_for(post: Post, scope: Scope, on: date) -> QuerySet[Any]:
    """People out of work inside a scope who fit, each with `hardship`: those in hardship first, then those who
    wished for such work, then who has been without work for longest."""
    rows = people.residents(scope).filter(state=people.State.UNEMPLOYED, able=True).exclude(willing=False)
    rows = rows.filter(at_least(post.education))
    if post.age_from or post.age_to:
        rows = rows.filter(Q(birth_date=None) | born_between("birth_date", post.age_from, post.age_to, on))
    if post.pay_from_fen is not None and post.pay_unit in ("", "month"):
        highest = post.pay_to_fen or post.pay_from_fen
        rows = rows.filter(Q(wish_pay_fen=None) | Q(wish_pay_fen__lte=highest))
    rows = rows.annotate(
        hardship=Exists(people.certified(on).filter(resident=OuterRef("pk"))),
        referred=Exists(Referral.objects.filter(resident=OuterRef("pk"), post=post)),
        wished=Case(When(_wished(post), then=Value(1)), default=Value(0), output_field=IntegerField()),
    )
    if post.welfare:
        rows = rows.filter(hardship=True)
    found: QuerySet[Any] = rows.select_related("region").order_by("-hardship", "-wished", "state_since", "pk")
    return found


def _wished(post: Post) -> Q:
    wished = Q(wish_occupation__icontains=post.title)
    if post.occupation_code:
        wished |= Q(wish_occupation_code=post.occupation_code)
    return wished


def why_called(person: Any, post: Post) -> list[str]:
    """Why somebody stands on the list to call, in words."""
    found = []
    if person.hardship:
        found.append(_("in hardship"))
    if person.wished:
        found.append(_("wished for such work"))
    if person.region_id == post.region_id:
        found.append(_("lives in this community"))
    if person.referred:
        found.append(_("referred to it already"))
    return found


def posts_for(person: people.Resident, posts: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Open posts that fit a person: those nearby first, then the newest."""
    rows = posts.filter(asked_at_most(person.education))
    age = person.age_on(on)
    if age is not None:
        rows = rows.filter(Q(age_from=None) | Q(age_from__lte=age), Q(age_to=None) | Q(age_to__gte=age))
    if not people.certified(on).filter(resident=person).exists():
        rows = rows.filter(welfare=False)
    near = Case(
        When(region=person.region_id, then=Value(0)),
        When(street=person.region_id // 1000, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    wished = Case(When(_wishes(person), then=Value(0)), default=Value(1), output_field=IntegerField())
    found: QuerySet[Any] = rows.annotate(near=near, unwished=wished).order_by("unwished", "near", "-id")
    return found


def _wishes(person: people.Resident) -> Q:
    wishes = Q(pk=None)
    if person.wish_occupation:
        wishes |= Q(title__icontains=person.wish_occupation)
    if person.wish_occupation_code:
        wishes |= Q(occupation_code=person.wish_occupation_code)
    return wishes


def why_offered(post: Any, person: people.Resident) -> list[str]:
    found = []
    if not post.unwished:
        found.append(_("wished for such work"))
    if post.near == 0:
        found.append(_("in the person's community"))
    elif post.near == 1:
        found.append(_("in the same street"))
    if post.welfare:
        found.append(_("public-welfare post"))
    return found


def narrowed(posts: Any, text: str) -> Any:
    """Posts that a typed text may mean: part of the title, the employer or the place."""
    if not text:
        return posts
    return posts.filter(
        Q(title__icontains=text) | Q(employer__name__icontains=text) | Q(address__icontains=text)
    )
