"""The ledger of posts."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from qiao.core.accounts.rights import Right
from qiao.core.ledgers.columns import Column, Kind
from qiao.core.ledgers.filters import Filter
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.parts import Action, Likeness, Objection, Related, Section, Sort, Tab
from qiao.core.ledgers.registry import register
from qiao.core.ledgers.viewer import Viewer
from qiao.core.records.models import RecordQuerySet
from qiao.services.occupations import api as occupations
from qiao.services.vacancies import checks, wording
from qiao.services.vacancies.actions import posts
from qiao.services.vacancies.forms import withdraw_form
from qiao.services.vacancies.models import Post
from qiao.services.vacancies.models.choices import PostState
from qiao.services.vacancies.models.post import OPEN

STANDING = {
    "draft": gettext_lazy("Draft"),
    "checked": gettext_lazy("Checked"),
    "open": pgettext_lazy("state of a post", "Open"),
    "filled": pgettext_lazy("state of a post", "Filled"),
    "expired": pgettext_lazy("state of a post", "Expired"),
    "withdrawn": gettext_lazy("Withdrawn"),
}
TONES = {"draft": "warn", "open": "good", "expired": "warn"}
PUBLISHED = Q(state=PostState.PUBLISHED)
LIVING = ~Q(state=PostState.WITHDRAWN)


def standing(post: Post, today: date) -> str:
    """Where a post stands on a day: published ones are open, filled or expired."""
    if post.state != PostState.PUBLISHED:
        return post.state
    if post.left <= 0:
        return "filled"
    return "expired" if post.expired(today) else "open"


def lasting(viewer: Viewer) -> Q:
    return Q(valid_until=None) | Q(valid_until__gte=viewer.today)


def _told(done: str, posts_done: list[Post]) -> str:
    return done % len(posts_done)


def check(viewer: Viewer, chosen: list[Post], given: dict[str, Any]) -> object:
    posts.check(chosen, viewer.today)
    return ngettext("%d post is checked.", "%d posts are checked.", len(chosen)) % len(chosen)


def publish(viewer: Viewer, chosen: list[Post], given: dict[str, Any]) -> object:
    posts.publish(chosen, viewer.today)
    return ngettext("%d post is published.", "%d posts are published.", len(chosen)) % len(chosen)


def confirm(viewer: Viewer, chosen: list[Post], given: dict[str, Any]) -> object:
    posts.confirm(chosen, viewer.today)
    return ngettext("%d post is still open.", "%d posts are still open.", len(chosen)) % len(chosen)


def withdraw(viewer: Viewer, chosen: list[Post], given: dict[str, Any]) -> object:
    closed = sum(posts.withdraw(post, given["because"], viewer.today) for post in chosen)
    said = ngettext("%d post is withdrawn.", "%d posts are withdrawn.", len(chosen)) % len(chosen)
    if closed:
        said += " " + (
            ngettext(
                "%d open referral is closed; whoever made it is asked to tell the person.",
                "%d open referrals are closed; whoever made them is asked to tell the people.",
                closed,
            )
            % closed
        )
    return said


def read_occupations(viewer: Viewer, chosen: list[Post], given: dict[str, Any]) -> object:
    done = posts.read_occupations(chosen)
    said = ngettext("%d post has its occupation.", "%d posts have their occupation.", done) % done
    if left := len(chosen) - done:
        said += " " + (
            ngettext(
                "The title of %d leaves doubt: open it and choose.",
                "The titles of %d leave doubt: open them and choose.",
                left,
            )
            % left
        )
    return said


def not_to_read(viewer: Viewer, post: Post) -> str:
    return _("It has an occupation already.") if post.occupation_code else ""


def not_to_check(viewer: Viewer, post: Post) -> str:
    if post.state != PostState.DRAFT:
        return _("Only a draft is checked.")
    return " ".join(posts.objections(post, viewer.today))


def not_to_publish(viewer: Viewer, post: Post) -> str:
    if post.state == PostState.PUBLISHED:
        return _("Published already.")
    return " ".join(posts.objections(post, viewer.today))


def not_to_confirm(viewer: Viewer, post: Post) -> str:
    if post.state != PostState.PUBLISHED or post.left <= 0:
        return _("Only a published post with openings left is asked about.")
    return (
        _("Asked today already.")
        if post.confirmed_on == viewer.today and not post.expired(viewer.today)
        else ""
    )


def not_to_withdraw(viewer: Viewer, post: Post) -> str:
    return _("This post has been withdrawn already.") if post.state == PostState.WITHDRAWN else ""


def not_open(viewer: Viewer, post: Post) -> str:
    return "" if post.is_open(viewer.today) else _("Only an open post is made known.")


def door(name: str) -> Any:
    return lambda post: reverse(name, args=[post.pk])


SHARE = gettext_lazy("Make known")
ACTIONS = (
    Action("check", gettext_lazy("Check"), Right.EDIT_PEOPLE, run=check, why_not=not_to_check, batch=True, aside=True),
    Action("publish", gettext_lazy("Publish"), Right.EDIT_PEOPLE, run=publish, why_not=not_to_publish, batch=True),
    Action("call", gettext_lazy("List to call"), Right.EDIT_PEOPLE, url=door("post_call"), why_not=not_open, primary=True),
    Action("message", gettext_lazy("Text for a group chat"), Right.SEE_PEOPLE, url=door("post_message"), why_not=not_open, menu=SHARE),
    Action("poster", gettext_lazy("Poster"), Right.SEE_PEOPLE, url=door("post_poster"), why_not=not_open, menu=SHARE),
    Action("confirm", pgettext_lazy("vacancy", "Still open"), Right.EDIT_PEOPLE, run=confirm, why_not=not_to_confirm, batch=True),
    Action(
        "read_occupation",
        gettext_lazy("Occupation by the title"),
        Right.EDIT_PEOPLE,
        run=read_occupations,
        why_not=not_to_read,
        batch=True,
        aside=True,
    ),
    Action("occupation", gettext_lazy("Occupation"), Right.EDIT_PEOPLE, url=door("post_occupation"), aside=True),
    Action(
        "withdraw",
        gettext_lazy("Withdraw"),
        Right.EDIT_PEOPLE,
        run=withdraw,
        form=withdraw_form,
        why_not=not_to_withdraw,
        batch=True,
        danger=True,
        aside=True,
    ),
)  # fmt: skip


@register
class PostLedger(Ledger):
    code = "posts"
    model = Post
    name = pgettext_lazy("vacancy", "Posts")
    one = gettext_lazy("New post")
    icon = "briefcase"
    columns = (
        "title",
        "employer",
        Column("category", kind=Kind.CHOICE, choices=wording.CLASSES),
        "openings",
        Column("filled", definition=gettext_lazy("Placements at this post. They are counted, never typed.")),
        Column("left", gettext_lazy("Left"), Kind.NUMBER, definition=gettext_lazy("Openings not yet given.")),
        Column("pay", gettext_lazy("Pay"), source=lambda post, today: wording.pay(post)),
        Column("pay_from_fen", gettext_lazy("Pay from (yuan)"), Kind.MONEY),
        Column("pay_to_fen", gettext_lazy("Pay to (yuan)"), Kind.MONEY),
        "pay_unit",
        "hours",
        "shift",
        "region",
        "address",
        "education",
        "experience_years",
        "certificates",
        "skills",
        "requirements",
        "age_from",
        "age_to",
        Column("ages", gettext_lazy("Age as stated"), source=lambda post, today: wording.ages(post)),
        "welfare",
        "source",
        "source_name",
        "opened_on",
        "valid_until",
        "contact",
        Column("phone", kind=Kind.PHONE),
        "occupation_code",
        Column("standing", gettext_lazy("State"), Kind.CHOICE, standing, STANDING, tones=TONES),
        "published_on",
        "confirmed_on",
        "withdrawn_because",
        "note",
        Column("created_by"),
    )
    listed = (
        "title",
        "employer",
        "left",
        "openings",
        "pay",
        "region",
        "ages",
        "category",
        "source",
        "valid_until",
        "standing",
    )
    tabs = {
        "open": Tab(pgettext_lazy("state of a post", "Open"), lambda viewer: OPEN & lasting(viewer)),
        "draft": Tab(gettext_lazy("To check and publish"), Q(state__in=(PostState.DRAFT, PostState.CHECKED))),
        "expired": Tab(
            pgettext_lazy("state of a post", "Expired"), lambda viewer: OPEN & ~lasting(viewer), danger=True
        ),
        "filled": Tab(pgettext_lazy("state of a post", "Filled"), PUBLISHED & Q(left__lte=0)),
        "aged": Tab(gettext_lazy("Stated age"), Q(age_from__isnull=False) | Q(age_to__isnull=False)),
        "uncoded": Tab(gettext_lazy("Without occupation"), LIVING & Q(occupation_code="")),
        "withdrawn": Tab(gettext_lazy("Withdrawn"), Q(state=PostState.WITHDRAWN)),
        "all": Tab(gettext_lazy("All")),
    }
    filters = (
        "q",
        "region",
        "category",
        "source",
        Filter("employer", "employer__name", gettext_lazy("Employer"), "text"),
        "welfare",
        "shift",
        "education",
        "pay_unit",
        "opened_on",
        "valid_until",
    )
    sorts = {"entered": Sort(gettext_lazy("Entered last"), "id", descending=True)}
    groups = ("region", "category", "source", "shift")
    sections = (
        Section(
            pgettext_lazy("vacancy", "Post"),
            ("employer", "title", "occupation_code", "category", "openings", "left", "filled", "welfare"),
        ),
        Section(gettext_lazy("Pay and hours"), ("pay_from_fen", "pay_to_fen", "pay_unit", "shift", "hours")),
        Section(gettext_lazy("Place and contact"), ("region", "address", "contact", "phone")),
        Section(
            gettext_lazy("Asked for"),
            ("education", "experience_years", "certificates", "skills", "requirements", "age_from", "age_to"),
        ),
        Section(
            gettext_lazy("Source and time"),
            ("source", "source_name", "opened_on", "valid_until", "published_on", "confirmed_on", "withdrawn_because", "note"),
        ),
        Related(gettext_lazy("Referrals"), "referrals", "post"),
        Related(gettext_lazy("Placements"), "placements", "post"),
    )  # fmt: skip
    tags = ("standing", "category")
    frozen = ("filled", "left")
    fields = {
        "occupation_code": occupations.OccupationField("title", label=gettext_lazy("Occupation code")),
        "openings": forms.IntegerField(
            label=gettext_lazy("Openings"), min_value=1, max_value=9999, initial=1
        ),
    }
    required = ("title", "employer", "region", "opened_on", "openings", "source")
    required_when = {
        "source_name": gettext_lazy("Which market, which outlet, or who told of it."),
        "age_from": gettext_lazy("As the employer states it. It is kept, flagged, and binds nobody."),
        "opened_on": gettext_lazy("The day the employer offered the post."),
    }
    actions = ACTIONS
    intake = "posts"
    sheet_title = pgettext_lazy("vacancy", "Posts")

    def records(self, viewer: Viewer, *, deleted: bool = False) -> RecordQuerySet:
        return super().records(viewer, deleted=deleted).select_related("employer")

    def search(self, text: str, viewer: Viewer) -> Q:
        return Q(title__icontains=text) | Q(employer__name__icontains=text)

    def remark(self, record: Any, viewer: Viewer) -> object:
        if record.state == PostState.WITHDRAWN:
            return _("Withdrawn on %(day)s: %(because)s") % {
                "day": record.withdrawn_on,
                "because": record.withdrawn_because,
            }
        if record.state != PostState.PUBLISHED:
            return " ".join(posts.objections(record, viewer.today))
        return ""

    def objection(self, record: Any, viewer: Viewer) -> Objection | None:
        """Unusual pay and a post that is there already are asked about; a person may be sure."""
        question = "" if posts.pay_was_confirmed(record) else checks.unusual_pay(record, viewer.today)
        twins = [] if record.pk else list(posts.twins(record).within(viewer.scope)[:5])
        if not question and not twins:
            return None
        said = [question] if question else []
        if twins:
            said.append(_("This employer already offers this post at this pay."))
        seen = (record.title, record.employer_id, record.pay_from_fen, record.pay_to_fen, record.pay_unit)
        return Objection(
            " ".join(said),
            tuple(Likeness(f"{one} · {one.opened_on}", self.url("file", one.pk)) for one in twins),
            _("I have asked: it is meant so."),
            sha256(repr((seen, [one.pk for one in twins])).encode()).hexdigest()[:16],
        )

    def overruled(self, record: Any, viewer: Viewer, objection: Objection) -> None:
        posts.note_pay(record, bool(checks.unusual_pay(record, viewer.today)))

    def store(self, record: Any, viewer: Viewer) -> None:
        record.pay_confirmed = posts.pay_was_confirmed(record)
        chosen = occupations.settle(record, "title", "occupation_code")
        record.save()
        if chosen:
            occupations.remember(record.title, record.occupation_code, viewer.user)
