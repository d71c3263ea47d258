"""What each policy says of one person, in words: fits, nearly, no; why; what is missing; which papers to bring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from qiao.core.glossary.dictionaries import Dictionary
from qiao.core.standards import api as standards
from qiao.core.standards.declarations import declared
from qiao.engines.rules import Answer, AnyFlag, Reason, Verdict, explain
from qiao.services.support.facts import NEVER, SCHEMA
from qiao.services.support.policies import BY_CODE, PARAMETERS, POLICIES, Said, wording

VERDICTS = {
    Verdict.FITS: (pgettext_lazy("policy", "Fits"), "good"),
    Verdict.NEARLY: (pgettext_lazy("policy", "Nearly"), "warn"),
    Verdict.NO: (pgettext_lazy("policy", "Does not fit"), ""),
}
MOST_DEFINITE_FIRST = (Verdict.FITS, Verdict.NEARLY, Verdict.NO)


@dataclass(frozen=True, slots=True)
class Line:
    """One clause: `met` None is not known; `found` is what the records or the visitor say."""

    met: bool | None
    asked: str
    found: str
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    code: str
    said: Said
    verdict: Verdict
    gives: str
    lines: tuple[Line, ...]
    papers: tuple[str, ...]

    @property
    def label(self) -> object:
        return VERDICTS[self.verdict][0]

    @property
    def tone(self) -> str:
        return VERDICTS[self.verdict][1]

    @property
    def against(self) -> list[Line]:
        """What stands against it, or is to be learnt."""
        return [line for line in self.lines if line.met is not True]


def values(region: int, on: date) -> dict[str, Any]:
    """The parameters of all policies as they hold in a region on a day."""
    return standards.values(PARAMETERS, region, on)


def answers(facts: Mapping[str, Any], region: int, on: date) -> list[Shown]:
    """Every policy in force, those that fit first."""
    held = values(region, on)
    found = explain(POLICIES, facts, on, held, SCHEMA)
    words = Filled(held)
    shown = [_shown(answer, facts, on, held, words) for answer in found]
    return sorted(shown, key=lambda one: MOST_DEFINITE_FIRST.index(one.verdict))


class Filled(Mapping[str, str]):
    """Values of parameters as people read them, for the braces of a text."""

    def __init__(self, held: Mapping[str, Any]) -> None:
        self.held = held

    def __getitem__(self, code: str) -> str:
        parameter = declared()[code]
        if code not in self.held:
            return "—"
        return parameter.shown(parameter.kind.keep(self.held[code]))

    def __iter__(self) -> Any:
        return iter(declared())

    def __len__(self) -> int:
        return len(declared())


def _shown(
    answer: Answer, facts: Mapping[str, Any], on: date, held: Mapping[str, Any], words: Filled
) -> Shown:
    said = wording().policies[answer.policy]
    return Shown(
        answer.policy,
        said,
        answer.verdict,
        str(said.gives).format_map(words),
        tuple(
            _line(reason, clause, facts, held, words)
            for reason, clause in zip(answer.reasons, BY_CODE[answer.policy].clauses, strict=True)
        ),
        tuple(str(paper) for paper in said.papers),
    )


def _line(
    reason: Reason, clause: Any, facts: Mapping[str, Any], held: Mapping[str, Any], words: Filled
) -> Line:
    known = wording()
    asked = str(known.clauses[reason.clause]).format_map(words)
    if isinstance(clause.test, AnyFlag):
        asked = _("%(clause)s: %(groups)s") % {"clause": asked, "groups": words[clause.test.named.code]}
    missing = [str(known.columns[name]) for name in reason.missing]
    if reason.met is None and reason.paper:
        missing = [str(known.papers[reason.paper])]
    read = dict.fromkeys(clause.test.columns(held))
    found = [said for name in read if (said := _fact(name, facts.get(name)))]
    return Line(reason.met, asked, _(", ").join(found), _(", ").join(missing))


def _fact(name: str, value: Any) -> str:
    known = wording()
    label = str(known.columns[name])
    if value is None or value == NEVER or (isinstance(value, bool) and not value):
        return ""
    if value is True:
        return label
    if name == "work":
        value = known.work.get(value, value)
    elif name == "trade":
        value = trades().get(value, value)
    elif name == "sex":
        return ""
    elif name == "retires":
        value = f"{value:%Y-%m}"
    return _("%(name)s: %(value)s") % {"name": label, "value": value}


def trades() -> Mapping[str, Any]:
    """The trades of outlets and those that relief leaves out, by code."""
    left_out = declared()["relief_trades_excluded"].choices
    return {**dict(Dictionary("outlet_trades").items()), **left_out}
