"""A post in words: its pay, its terms, and the text for a group chat."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from qiao.core.glossary.dictionaries import Dictionary
from qiao.services.vacancies.models import Post

CLASSES = Dictionary("post_classes")


def class_name(code: str) -> str:
    return str(CLASSES[code]) if code in CLASSES else code


def _yuan(fen: int) -> str:
    return f"{fen / 100:,.2f}".removesuffix(".00")


def pay(post: Post) -> str:
    """800–1,000 yuan a month; "to be agreed" where nobody said."""
    if post.pay_from_fen is None and post.pay_to_fen is None:
        return _("Pay to be agreed")
    lowest, highest = post.pay_from_fen, post.pay_to_fen
    ends = [_yuan(one) for one in (lowest, highest) if one is not None]
    amount = "–".join(dict.fromkeys(ends))
    said = _("%(amount)s yuan %(unit)s") if post.pay_unit else _("%(amount)s yuan")
    return said % {"amount": amount, "unit": post.get_pay_unit_display()}


def ages(post: Post) -> str:
    """The age window as the employer stated it."""
    if post.age_from and post.age_to:
        return _("%(from)s to %(to)s years") % {"from": post.age_from, "to": post.age_to}
    if post.age_from:
        return _("%s years and over") % post.age_from
    return _("up to %s years") % post.age_to if post.age_to else ""


def asked(post: Post) -> list[str]:
    """What a post asks for, each in a few words. The stated age is not among them: it binds nobody."""
    experience = _("%s years of experience") % post.experience_years if post.experience_years else ""
    education = _("%s or higher") % post.get_education_display() if post.education else ""
    given = [education, experience, post.certificates, post.skills, post.requirements]
    return [str(one) for one in given if one]


def lines(post: Post) -> list[tuple[str, str]]:
    """The facts of a post that anybody may read, label and value."""
    time = " · ".join(filter(None, [str(post.get_shift_display()), post.hours]))
    known: list[tuple[str, Any]] = [
        (_("Employer"), post.employer),
        (_("Pay"), pay(post)),
        (_("Openings"), post.left),
        (_("Hours"), time),
        (_("Place of work"), post.address or post.region.name),
        (_("Asked for"), "; ".join(asked(post))),
        (_("Valid until"), post.valid_until.isoformat() if post.valid_until else ""),
    ]
    return [(str(label), str(value)) for label, value in known if value not in (None, "")]


def chat_text(post: Post, station: str, phone: str, link: str, today: date) -> str:
    """Plain text to paste into a group chat."""
    welfare = [_("Public-welfare post, for people recognised as in hardship")] if post.welfare else []
    told = [
        _("[Post] %(title)s") % {"title": post.title},
        *welfare,
        *(_("%(label)s: %(value)s") % {"label": label, "value": value} for label, value in lines(post)),
        _("Ask at: %(station)s %(phone)s") % {"station": station, "phone": phone},
        link,
        str(today),
    ]
    return "\n".join(line.strip() for line in told if line.strip())
