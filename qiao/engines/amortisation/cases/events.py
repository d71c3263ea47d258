"""The events of a case: what was paid, prepaid or paid out, and what an early repayment changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from qiao.engines.amortisation.cases.values import BadCase, day, fen
from qiao.engines.amortisation.replay import After, Deed, Event

WORDS = {"reduce_term": After.TERM, "reduce_instalment": After.INSTALMENT, "re-cut": After.INSTALMENT}
DEEDS = {
    "prepay_principal": Deed.PREPAY,
    "pay": Deed.PAY,
    "payoff": Deed.PAY,
    "disburse": Deed.DISBURSE,
}


def events_of(case: Mapping[str, Any]) -> list[Event]:
    """Events in fen; `pay_due` says that a row was paid when due and needs none. Raises BadCase."""
    found = []
    for one in case.get("events") or ():
        on = day(one.get("date"), "events.date")
        if one.get("pay_due"):
            continue
        name = next((name for name in DEEDS if name in one), None)
        if name is None:
            raise BadCase(f"events: {on} has none of {', '.join(DEEDS)}, pay_due")
        amount = fen(one[name], name)
        if name == "payoff" and "interest" in one:
            amount -= fen(one["interest"], "interest")
        if not amount:
            raise BadCase(f"events: {on} moves no money")
        found.append(Event(on, DEEDS[name], amount))
    return found


def after_of(case: Mapping[str, Any]) -> After:
    words = str(case.get("after_payment", ""))
    return next((after for word, after in WORDS.items() if word in words), After.KEEP)


def seen_on(case: Mapping[str, Any], events: list[Event]) -> date | None:
    """The day a loan with payments is looked at: `as_of`, or its last payment; None when rows are paid when due."""
    if case.get("as_of"):
        return day(case["as_of"], "as_of")
    return max((event.on for event in events if event.deed is Deed.PAY), default=None)
