"""A post is checked, published, confirmed, withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from qiao.core.procedures.refusal import Refused
from qiao.core.records.binding import beyond_scope
from qiao.services.employers import api as employers
from qiao.services.occupations import api as occupations
from qiao.services.vacancies import checks
from qiao.services.vacancies.actions import referring
from qiao.services.vacancies.models import Post
from qiao.services.vacancies.models.choices import Lapse, PostState

DATES = ["state", "checked_on", "published_on", "confirmed_on"]


def objections(post: Post, on: date) -> list[str]:
    """What stands against publishing a post, each with what to do."""
    found = [str(one) for one in checks.barred_words(post)]
    if not post.pay_confirmed and (question := checks.unusual_pay(post, on)):
        found.append(question)
    if not employers.verified(post.employer):
        found.append(_("The employer has not been verified yet. Verify it in its file first."))
    if post.expired(on):
        found.append(_("The post was valid until %s. Ask the employer and extend it.") % post.valid_until)
    return found


@transaction.atomic
def check(posts: Sequence[Post], on: date) -> None:
    """Somebody asked the employer and finds the posts true. Raises Refused."""
    for post in posts:
        _refuse_if(objections(post, on))
        post.state, post.checked_on = PostState.CHECKED, on
        post.save(update_fields=DATES)


@transaction.atomic
def publish(posts: Sequence[Post], on: date) -> None:
    """Shows posts to everybody. Raises Refused."""
    for post in posts:
        _refuse_if(objections(post, on))
        post.checked_on = post.checked_on or on
        post.state, post.published_on, post.confirmed_on = PostState.PUBLISHED, on, on
        post.save(update_fields=DATES)


def _refuse_if(found: list[str]) -> None:
    if found:
        raise Refused(" ".join(found))


@transaction.atomic
def confirm(posts: Sequence[Post], on: date, days: int = 30) -> None:
    """The employer was asked: still open. What would end sooner is valid for some days more."""
    for post in posts:
        post.confirmed_on = on
        if post.valid_until is not None:
            post.valid_until = max(post.valid_until, on + timedelta(days=days))
        post.save(update_fields=["confirmed_on", "valid_until"])


def withdraw(post: Post, because: str, on: date) -> int:
    """Takes a post back and closes the referrals to it, wherever their people live. Returns how many.

    Whoever made such a referral owes the person a word. Raises Refused.
    """
    because = because.strip()
    if not because:
        raise Refused(_("Say why the post is withdrawn."))
    with transaction.atomic():
        locked = Post.objects.select_for_update().get(pk=post.pk)
        if locked.state == PostState.WITHDRAWN:
            raise Refused(_("This post has been withdrawn already."))
        locked.state, locked.withdrawn_on, locked.withdrawn_because = PostState.WITHDRAWN, on, because[:120]
        locked.save(update_fields=["state", "withdrawn_on", "withdrawn_because"])
        with beyond_scope("people of other communities were referred to this post too"):
            return referring.close(
                referring.open_to(locked), Lapse.WITHDRAWN, on, _("The post was withdrawn: %s") % because
            )


@transaction.atomic
def read_occupations(posts: Sequence[Post]) -> int:
    """Codes the posts whose title leaves no doubt; returns how many. Titles in doubt are left for somebody to choose."""
    done = 0
    for title, code in occupations.codes({post.title for post in posts}).items():
        named = Post.objects.filter(
            pk__in=[post.pk for post in posts if post.title == title], occupation_code=""
        )
        done += int(named.update(occupation_code=code, changed_at=Now()))
    return done


def twins(post: Post) -> Any:
    """Living posts of the same employer with the same title and pay that are not withdrawn."""
    same = Post.objects.filter(
        employer=post.employer_id,
        title=post.title,
        pay_from_fen=post.pay_from_fen,
        pay_to_fen=post.pay_to_fen,
        pay_unit=post.pay_unit,
    )
    return same.exclude(state=PostState.WITHDRAWN).exclude(pk=post.pk).order_by("-id")


def pay_was_confirmed(post: Post) -> bool:
    """Somebody has confirmed this very pay of the post before."""
    pay = {name: getattr(post, name) for name in ("pay_from_fen", "pay_to_fen", "pay_unit")}
    return post.pk is not None and Post.objects.filter(pk=post.pk, pay_confirmed=True, **pay).exists()


def note_pay(post: Post, sure: bool) -> Any:
    """Somebody has seen the question about the pay and is sure."""
    Post.objects.filter(pk=post.pk).update(pay_confirmed=sure)
    post.pay_confirmed = sure
