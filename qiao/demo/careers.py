"""Lives in work: spells of employment, unemployment and others that touch and never overlap."""

import random
from datetime import date, timedelta

from qiao.demo.model import TODAY, WINDOW, Resident, Spell
from qiao.demo.words import load, weighted

FORMS = {"unit": 46.0, "flexible": 30.0, "self": 16.0, "welfare_post": 8.0}
LATER_FORMS = {"unit": 34.0, "flexible": 34.0, "self": 18.0, "welfare_post": 14.0}
YOUNG_FORMS = {"unit": 66.0, "flexible": 22.0, "self": 12.0}
LOSSES = {"contract_ended": 40.0, "dismissed": 26.0, "left": 22.0, "other": 7.0, "bankrupt": 5.0}
MILL_LOSSES = {"laid_off": 70.0, "bankrupt": 20.0, "contract_ended": 10.0}
REMOVALS = {"other": 60.0, "refused": 40.0}

MARKET_OPENED = date(1990, 1, 1)
"""Before, work meant a state unit; stalls, odd jobs and private firms came later."""
THIS_YEAR = date(2006, 1, 9), date(2006, 8, 25)
EARLIER_YEARS = date(2004, 2, 9), date(2005, 12, 25)


def day_between(rng: random.Random, first: date, last: date) -> date:
    return first + timedelta(rng.randrange(max(1, (last - first).days + 1)))


def entry_date(rng: random.Random, person: Resident) -> date:
    """When schooling ended. A year is all that older people remember."""
    if person.graduated:
        return person.graduated
    return date(person.birth.year + rng.choice((16, 17, 17, 18, 18, 19, 20)), 1, 1)


def left_school(person: Resident) -> date | None:
    """When somebody left school, if that is so lately that no work came before the window."""
    return person.graduated if person.graduated and person.graduated.year >= 2003 else None


def precision_of(since: date) -> int:
    return 1 if since.year < 1995 else 2 if since < date(2003, 1, 1) else 3


def known(since: date) -> date:
    """The day as far as papers know it: a year before 1995, a month before 2003."""
    return {1: since.replace(month=1, day=1), 2: since.replace(day=1), 3: since}[precision_of(since)]


def job(rng: random.Random, person: Resident, since: date, forms: dict[str, float] | None = None) -> Spell:
    if forms is None:
        forms = YOUNG_FORMS if person.age(since) < 32 else LATER_FORMS if since >= WINDOW else FORMS
    form = "unit" if since < MARKET_OPENED else weighted(rng, forms)
    employers = load("places")["employers"]["standing" if since < MARKET_OPENED else form]
    employer = rng.choice(list(employers))
    return Spell(
        "employed", known(since), precision=precision_of(since),
        form=form, employer=employer, trade=rng.choice(employers[employer]),
    )  # fmt: skip


def old_job(person: Resident, since: date) -> Spell:
    return Spell(
        "employed", known(since), precision=precision_of(since), form="unit",
        employer=person.former_unit, trade=person.former_trade,
    )  # fmt: skip


def jobless(rng: random.Random, person: Resident, since: date, first: bool) -> Spell:
    if person.graduated == since:
        reason = "graduated"
    elif person.kind == "rural_worker":
        reason = weighted(rng, {"contract_ended": 45.0, "returned": 30.0, "left": 25.0})
    else:
        reason = weighted(rng, MILL_LOSSES if person.kind == "laid_off" and first else LOSSES)
    return Spell("unemployed", known(since), precision=precision_of(since), reason=reason)


def chained(*spells: Spell) -> list[Spell]:
    """Each spell ends where the next begins; one that would begin too early gives way."""
    kept: list[Spell] = []
    for spell in spells:
        while kept and kept[-1].since >= spell.since:
            kept.pop()
        if kept:
            _end(kept[-1], spell)
        kept.append(spell)
    return kept


def _end(last: Spell, following: Spell) -> None:
    """Work ends a registration."""
    last.until = following.since
    if last.registered_on and not last.cancelled_on and following.state == "employed":
        close(last, following.since, "own_business" if following.form == "self" else "hired")


def before(rng: random.Random, person: Resident, loss: date) -> list[Spell]:
    """Life up to the loss of work (or to the end of school) at `loss`."""
    entry = entry_date(rng, person)
    if person.graduated and entry >= loss:
        return [Spell("not_in_labour_force", date(person.birth.year + 16, 9, 1), reason="student")]
    if person.kind == "laid_off":
        return [old_job(person, entry)]
    return [job(rng, person, entry, YOUNG_FORMS if person.graduated else FORMS)]


def register(rng: random.Random, spell: Spell, until: date) -> None:
    """The person registers as unemployed some days after the loss of work."""
    first = max(spell.since + timedelta(2), date(1999, 1, 5))
    latest = min(until - timedelta(1), first + timedelta(75))
    spell.registered_on = weekday(day_between(rng, first, max(first, latest)), until)


def weekday(day: date, before: date) -> date:
    """`day`, moved off a weekend but kept before `before`."""
    moved = day + timedelta({5: 2, 6: 1}.get(day.weekday(), 0))
    return moved if moved < before else day


def close(spell: Spell, on: date, reason: str) -> None:
    if spell.registered_on:
        spell.cancelled_on, spell.cancel_reason = on, reason


def steady(rng: random.Random, person: Resident) -> list[Spell]:
    """Somebody with work through the whole window, though perhaps not always the same."""
    entry = entry_date(rng, person)
    spells = []
    if person.graduated and entry >= date(2003, 1, 1):
        spells = before(rng, person, entry)
    if person.kind == "laid_off":
        loss = date(rng.randrange(1996, 2003), rng.randrange(1, 13), 1)
        again = day_between(rng, loss + timedelta(60), date(2003, 11, 30))
        spells = [old_job(person, entry), jobless(rng, person, loss, True), job(rng, person, again)]
    else:
        spells.append(job(rng, person, entry))
    if rng.random() < 0.18 and spells[-1].since < date(2005, 1, 1):
        spells.append(job(rng, person, day_between(rng, WINDOW, TODAY - timedelta(10))))
    return chained(*spells)


def loss_date(rng: random.Random, person: Resident, until: date) -> date:
    if school_end := left_school(person):
        return school_end
    if person.kind == "laid_off" and rng.random() < 0.55:
        return date(rng.randrange(1998, 2004), rng.randrange(1, 13), 1)
    return until - timedelta(rng.choice((35, 60, 80, 110, 140, 170, 230, 320, 480)) + rng.randrange(25))


def spell_without_work(rng: random.Random, person: Resident, since: date, until: date, first: bool) -> Spell:
    """An unemployed spell, registered, to be ended by work at `until`."""
    spell = jobless(rng, person, since, first)
    register(rng, spell, until)
    return spell


def placed(rng: random.Random, person: Resident) -> list[Spell]:
    """Lost work, registered, and has work again since a day in the window; a quarter went round twice."""
    recent = rng.random() < 0.56
    found = day_between(rng, *(THIS_YEAR if recent else EARLIER_YEARS))
    if person.graduated and person.graduated >= found - timedelta(20):
        found = day_between(rng, person.graduated + timedelta(25), date(2006, 8, 28))
    loss = loss_date(rng, person, found)
    waiting = spell_without_work(rng, person, loss, found, True)
    spells = [*before(rng, person, loss), waiting, job(rng, person, found)]
    if found < date(2006, 1, 1) and rng.random() < 0.4:
        lost_again = day_between(rng, found + timedelta(90), date(2006, 5, 31))
        latest = min(lost_again + timedelta(170), date(2006, 8, 26))
        found_again = day_between(rng, lost_again + timedelta(20), latest)
        waiting = spell_without_work(rng, person, lost_again, found_again, False)
        spells += [waiting, job(rng, person, found_again)]
    return chained(*spells)


def moved(rng: random.Random, person: Resident) -> list[Spell]:
    """A gap between two jobs that nobody registered."""
    found = day_between(rng, date(2004, 3, 1), date(2006, 8, 20))
    if person.graduated and person.graduated >= found - timedelta(20):
        found = min(person.graduated + timedelta(30), TODAY - timedelta(2))
    gap = left_school(person) or found - timedelta(20 + rng.randrange(130))
    return chained(*before(rng, person, gap), jobless(rng, person, gap, True), job(rng, person, found))


def seeking(rng: random.Random, person: Resident, fresh: bool, registered: bool = True) -> list[Spell]:
    """Without work today. `fresh`: for less than half a year."""
    if fresh or rng.random() < 0.42:
        since = day_between(rng, date(2006, 3, 6), date(2006, 8, 18))
    else:
        earliest = date(1998, 3, 1) if rng.random() < 0.3 else date(2005, 1, 5)
        since = day_between(rng, earliest, date(2006, 2, 20))
    if person.graduated and (person.graduated >= since or (person.graduated.year >= 2004 and not fresh)):
        since = person.graduated
    spell = jobless(rng, person, since, True)
    earlier = before(rng, person, since)
    once_placed = person.kind == "laid_off" and since.year >= 2005 and not fresh
    if once_placed and rng.random() < 0.55:
        found = day_between(rng, WINDOW, since - timedelta(100))
        loss = date(rng.randrange(1998, 2004), rng.randrange(1, 13), 1)
        spell.reason = weighted(rng, LOSSES)
        earlier = [*earlier, spell_without_work(rng, person, loss, found, True), job(rng, person, found)]
    if registered:
        register(rng, spell, TODAY)
    elif since < date(2006, 1, 1) and rng.random() < 0.3:
        register(rng, spell, date(2006, 1, 1))
        removed = day_between(rng, spell.registered_on or since, TODAY - timedelta(5))
        close(spell, removed, weighted(rng, REMOVALS))
    return chained(*earlier, spell)


def outside(rng: random.Random, person: Resident, waited: bool = False) -> list[Spell]:
    """Not in the labour force today. `waited`: may have been unemployed before a pension."""
    reason = person.out_reason
    sixteen = date(person.birth.year + 16, 9, 1)
    if reason == "student":
        return [Spell("not_in_labour_force", sixteen, reason="student")]
    if reason == "army":
        enlisted = date(rng.choice((2004, 2005)), 12, 10)
        return chained(
            Spell("not_in_labour_force", sixteen, reason="student"),
            Spell("not_in_labour_force", enlisted, reason="army"),
        )
    entry = entry_date(rng, person)
    left = Spell("not_in_labour_force", known(leaving_date(rng, person)), reason=reason)
    left.precision = precision_of(left.since)
    spells = before(rng, person, left.since)
    if waited and reason == "retired" and left.since > date(2004, 8, 1) and rng.random() < 0.4:
        loss = date(rng.randrange(1999, 2004), rng.randrange(1, 13), 1)
        waiting = jobless(rng, person, loss, True)
        register(rng, waiting, left.since)
        close(waiting, left.since, "pension")
        spells.append(waiting)
    return chained(*spells, left) if entry < left.since else [left]


def leaving_date(rng: random.Random, person: Resident) -> date:
    """Retirement at 60 (men) or 50 (women workers), five years earlier from heavy work; else any time."""
    if person.out_reason != "retired":
        return date(rng.randrange(max(person.birth.year + 19, 1990), 2006), rng.randrange(1, 13), 1)
    age = 60 if person.sex == "male" else 50
    due = date(person.birth.year + age, person.birth.month, 1)
    while due > TODAY:
        due = date(due.year - 5, due.month, 1)
    return due
