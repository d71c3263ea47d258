"""A list explained in words that a clerk can say aloud."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from qiao.engines.matching import UNKNOWN, Counterfactual, Explanation, Fit, Market, Rule
from qiao.engines.occupations import code_of, tree
from qiao.services.matching.columns import Words
from qiao.services.matching.reasons import Reason
from qiao.services.people.api import Education

WISHES = gettext_lazy("first wish"), gettext_lazy("second wish"), gettext_lazy("third wish")
TIERS = (
    gettext_lazy("no hardship recognised"),
    gettext_lazy("in hardship"),
    gettext_lazy("household without work"),
)
WHOLE, GROUP = 4, 2  # levels of the classification in common
LADDER = ("", *Education.labels)


@dataclass(frozen=True, slots=True)
class Said:
    """One of the five parts of a fit: its name, what is said, and how full it is (0..100)."""

    name: str
    text: str
    value: int


def parts(market: Market, i: int, fit: Fit) -> list[Said]:
    texts = {
        "occupation": (_("Wish"), _wish(market, i, fit)),
        "distance": (_("Way"), way(fit.metres)),
        "wage": (_("Pay"), _pay(int(market.people.reserve[i]), int(market.posts.pay[fit.post]))),
        "skills": (_("Skills"), _skills(market, i, fit.post)),
        "education": (_("Education"), _education(market, i, fit.post)),
    }
    return [Said(*texts[bar.component], bar.value) for bar in fit.bars]


def way(metres: int) -> str:
    if metres == UNKNOWN:
        return _("way not known")
    return _("about %s km") % f"{metres / 1000:.1f}" if metres else _("in the person's community")


def yuan(fen: int) -> str:
    return f"{fen / 100:,.0f}"


def _wish(market: Market, i: int, fit: Fit) -> str:
    if not market.people.wishes[i].any():
        return _("no wish recorded")
    if not market.posts.occupation[fit.post]:
        return _("kind of work not known")
    if fit.wish == UNKNOWN:
        return _("not what was wished")
    named = {"work": tree().name(code_of(int(market.people.wishes[i][fit.wish]))), "wish": WISHES[fit.wish]}
    if fit.shared == WHOLE:
        return _("matched: %(work)s (%(wish)s)") % named
    if fit.shared >= GROUP:
        return _("related to %(work)s (%(wish)s)") % named
    return _("other work than %(work)s (%(wish)s)") % named


def _pay(reserve: int, pay: int) -> str:
    if not pay:
        return _("pay not stated")
    if not reserve:
        return _("%s yuan a month; no pay wished") % yuan(pay)
    return _("%(pay)s yuan a month, %(wish)s wished") % {"pay": yuan(pay), "wish": yuan(reserve)}


def _skills(market: Market, i: int, post: int) -> str:
    wanted, held = int(market.posts.skills[post]), int(market.people.skills[i])
    if not wanted:
        return _("none asked for")
    return _("%(held)s of %(asked)s asked for") % {
        "held": (wanted & held).bit_count(),
        "asked": wanted.bit_count(),
    }


def _education(market: Market, i: int, post: int) -> str:
    asked, own = int(market.posts.education[post]), int(market.people.education[i])
    if own >= len(LADDER):
        return _("not recorded: ask")
    if not asked:
        return _("none asked for")
    return _("enough") if own == asked else _("more than asked for")


def rivals(fit: Fit) -> str:
    others = fit.rivals
    if others <= 0:
        return _("nobody else has it in the list")
    if others < 1:
        return _("more openings than people who have it in the list")
    return ngettext(
        "about %d other for each opening", "about %d others for each opening", round(others)
    ) % round(others)


def last(fit: Fit) -> str:
    """Who has it, where somebody with a claim does not."""
    if fit.last is None:
        return ""
    tier = TIERS[min(fit.last.tier, len(TIERS) - 1)]
    return _("All openings are meant for others; the last of them: %(tier)s, fit %(score)s of 100.") % {
        "tier": tier,
        "score": fit.last.score // 100,
    }


def why_not_more(explained: Explanation, market: Market, words: Words) -> Iterator[str]:
    """What one step less strict would open, one sentence a step."""
    for one in explained.counterfactuals:
        said = _step(one, words)
        if said:
            opens = ngettext("opens %d post", "opens %d posts", one.opens) % one.opens
            yield f"{said}: {opens}"


def _step(one: Counterfactual, words: Words) -> str:
    match one.rule:
        case Rule.COMMUTE:
            return _("A way of %(then)s instead of %(now)s km") % {
                "now": f"{one.now / 1000:g}",
                "then": f"{one.then / 1000:g}",
            }
        case Rule.WAGE:
            return _("%(then)s instead of %(now)s yuan a month") % {
                "now": yuan(one.now),
                "then": yuan(one.then),
            }
        case Rule.EDUCATION if 0 < one.then < len(LADDER):
            return _("Education one step higher (%s)") % LADDER[one.then]
        case Rule.AGE_FROM:
            return _("Only the age stated by the employer is in the way; ask the employer")
        case Rule.WELFARE:
            return _("Recognition as in hardship")
        case Rule.CERTIFICATE if one.then < len(words.certificates):
            return _("The certificate “%s”") % words.certificates[one.then]
    return ""


RULES = {
    Rule.EDUCATION: gettext_lazy("education"),
    Rule.EXPERIENCE: gettext_lazy("experience"),
    Rule.AGE_FROM: gettext_lazy("stated age (too young)"),
    Rule.AGE_TO: gettext_lazy("stated age (too old)"),
    Rule.WAGE: gettext_lazy("pay below the wish"),
    Rule.COMMUTE: gettext_lazy("way too long"),
    Rule.WELFARE: gettext_lazy("public-welfare posts only for people in hardship"),
    Rule.CERTIFICATE: gettext_lazy("certificate"),
}


def failed(counts: dict[Rule, int]) -> list[tuple[Any, int]]:
    """Rules with how many posts they rule out, the heaviest first."""
    return sorted(((RULES[rule], many) for rule, many in counts.items()), key=lambda one: -one[1])


def reasons(bits: int) -> list[str]:
    return [str(one.label) for one in Reason if bits & one]


__all__ = ["failed", "last", "parts", "reasons", "rivals", "way", "why_not_more", "yuan"]
