"""Policy finds people: each night every resident against every policy, today and sixty days ahead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl
from django.db import transaction
from django.db.models.functions import Now

from qiao.core.accounts.scope import Scope
from qiao.engines.rules import Verdict, sweep
from qiao.services.support import facts
from qiao.services.support.judging import values
from qiao.services.support.models import Benefit, Entitlement, Kind
from qiao.services.support.policies import POLICIES

AHEAD = timedelta(days=60)
State = Entitlement.State
GIVEN_AS: dict[str, tuple[str, ...]] = {
    Kind.TAX: ("tax_exemption", "tax_quota"),
    Kind.LICENCE_FEES: ("fees_licence",),
    Kind.LOCAL_FEES: ("fees_local",),
    Kind.INSURANCE: ("insurance", "insurance_graduate"),
    Kind.WELFARE_POST: ("welfare_post",),
    Kind.TRAINING: ("training", "business_training"),
    Kind.STARTUP: ("startup_grant",),
}
Key = tuple[int, str]


def find(district: int, on: date) -> int:
    """Brings the entitlements of a district up to the day; returns how many are news. Safe to run again."""
    rows = facts.of_scope(Scope(district), on)
    standing = _standing(rows, on)
    held = _held(district)
    found = {key: state for key, state in standing.items() if key not in held}
    return _keep(district, rows, found, held, on)


def verdicts(rows: pl.DataFrame, on: date, given: Mapping[str, Any] | None = None) -> pl.DataFrame:
    """The rows' verdicts, one column a policy, by the parameters of each row's own region; `given` replaces some.
    A policy that is not in force in a region fits nobody there."""
    parts = []
    for part, held in _by_rules(rows, on):
        judged = sweep(POLICIES, part, on, {**held, **(given or {})})
        nobody = pl.lit(Verdict.NO.value, pl.UInt8)
        whole = {one.code: judged[one.code] if one.code in judged.columns else nobody for one in POLICIES}
        parts.append(part.select("resident").with_columns(**whole))
    empty = pl.DataFrame(schema={"resident": pl.Int64, **{one.code: pl.UInt8 for one in POLICIES}})
    return pl.concat([empty, *parts])


def _by_rules(rows: pl.DataFrame, on: date) -> Iterator[tuple[pl.DataFrame, dict[str, Any]]]:
    """Rows in groups of regions where the same parameters hold."""
    alike: dict[Any, tuple[dict[str, Any], list[int]]] = {}
    for region in rows["region"].unique(maintain_order=True).to_list():
        held = values(region, on)
        alike.setdefault(frozenset(held.items()), (held, []))[1].append(region)
    for held, regions in alike.values():
        yield rows.filter(pl.col("region").is_in(regions)), held


def whom_it_fits(judged: pl.DataFrame, policy: str) -> set[int]:
    return set(judged.filter(pl.col(policy) == Verdict.FITS.value)["resident"].to_list())


def _fitting(rows: pl.DataFrame, on: date) -> set[Key]:
    judged = verdicts(rows, on)
    return {(resident, policy.code) for policy in POLICIES for resident in whom_it_fits(judged, policy.code)}


def _standing(rows: pl.DataFrame, on: date) -> dict[Key, tuple[str, date | None]]:
    """What holds or will hold within the days ahead, with the day on which it turns."""
    now, later = _fitting(rows, on), _fitting(rows, on + AHEAD)
    turning = now ^ later
    days = _turning_days(
        rows.filter(pl.col("resident").is_in(list({who for who, _policy in turning}))), turning, now, on
    )
    standing: dict[Key, tuple[str, date | None]] = dict.fromkeys(now & later, (State.FITS, None))
    for key in turning:
        standing[key] = (State.ENDING if key in now else State.COMING, days[key])
    return standing


def _turning_days(rows: pl.DataFrame, turning: set[Key], now: set[Key], on: date) -> dict[Key, date]:
    """The first day on which each of `turning` is no longer as it is now."""
    days = dict.fromkeys(turning, on + AHEAD)
    waiting = set(turning)
    for ahead in range(1, AHEAD.days):
        if not waiting:
            break
        day = on + timedelta(days=ahead)
        fitting = _fitting(rows, day)
        turned = {key for key in waiting if (key in now) != (key in fitting)}
        days.update(dict.fromkeys(turned, day))
        waiting -= turned
        rows = rows.filter(pl.col("resident").is_in(list({who for who, _policy in waiting})))
    return days


def _held(district: int) -> set[Key]:
    """What residents have already: it is no news to them."""
    running = Benefit.objects.within(Scope(district)).filter(closed_on=None)
    held: dict[int, set[str]] = defaultdict(set)
    for kind, resident, owner in running.order_by().values_list("kind", "resident", "outlet__resident"):
        if who := resident or owner:
            held[who].update(GIVEN_AS.get(kind, ()))
    return {(who, policy) for who, policies in held.items() for policy in policies}


@transaction.atomic
def _keep(
    district: int,
    rows: pl.DataFrame,
    found: dict[Key, tuple[str, date | None]],
    held: set[Key],
    on: date,
) -> int:
    regions = dict(zip(rows["resident"].to_list(), rows["region"].to_list(), strict=True))
    kept = {(one.resident_id, one.policy): one for one in Entitlement.objects.within(Scope(district))}
    fresh = [
        Entitlement(
            resident_id=who,
            region_id=regions[who],
            policy=policy,
            state=state,
            turns_on=turns_on,
            changed_on=on,
        )
        for (who, policy), (state, turns_on) in sorted(found.items())
        if (who, policy) not in kept
    ]
    changed, over = [], []
    for key, one in kept.items():
        state, turns_on = found.get(key, (State.LOST, None))
        if key in held or (state == State.LOST and one.state == State.COMING) or key[0] not in regions:
            over.append(one.pk)
        elif (state, turns_on, regions[key[0]]) != (one.state, one.turns_on, one.region_id):
            if state != one.state:
                one.changed_on, one.told_on, one.told_by, one.answer = on, None, None, ""
            one.state, one.turns_on, one.region_id, one.changed_at = state, turns_on, regions[key[0]], Now()
            changed.append(one)
    Entitlement.objects.filter(pk__in=over).delete()
    Entitlement.objects.bulk_update(
        changed,
        ["state", "turns_on", "changed_on", "told_on", "told_by", "answer", "region", "changed_at"],
        batch_size=2000,
    )
    Entitlement.objects.bulk_create(fresh, batch_size=5000)
    return len(fresh) + sum(one.told_on is None and one.changed_on == on for one in changed)
