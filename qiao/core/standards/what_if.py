"""The least that would make a sheet pass: three more people at work, two of them in this group. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from qiao.core.standards.scoring import Kind, Line, Result, Tenths

Plan = dict[str, int]
"""Of each item, by how many it has to get better."""


def least_to_pass(result: Result, movable: Collection[str]) -> Plan | None:
    """The plan with the smallest sum, {} when the sheet passes already, None when no change of the items that may
    move is enough. Each item is counted for itself: whoever counts in two of them fills both."""
    plan: Plan = {}
    for line in result.failed:
        needed = line.missing if line.item.code in movable else None
        if needed is None:
            return None
        plan[line.item.code] = needed
    gap = result.sheet.pass_mark - result.points
    if gap <= 0:
        return plan
    best: dict[Tenths, tuple[int, Plan]] = {0: (0, {})}
    for line in result.lines:
        if line.item.code in movable and line.item.kind is not Kind.VETO:
            best = _joined(best, line, gap)
    return None if gap not in best else plan | best[gap][1]


def _joined(best: dict[Tenths, tuple[int, Plan]], line: Line, gap: Tenths) -> dict[Tenths, tuple[int, Plan]]:
    """The cheapest way to each gain with one item more; what another way beats in both is left out."""
    found = dict(best)
    for more, gain in _gains(line, gap):
        for before, (cost, plan) in best.items():
            reached = min(gap, before + gain)
            if reached not in found or cost + more < found[reached][0]:
                found[reached] = (cost + more, plan | {line.item.code: more})
    kept: dict[Tenths, tuple[int, Plan]] = {}
    cheapest: int | None = None
    for gained in sorted(found, reverse=True):
        if cheapest is None or found[gained][0] < cheapest:
            kept[gained] = found[gained]
            cheapest = found[gained][0]
    return kept


def _gains(line: Line, gap: Tenths) -> Iterator[tuple[int, Tenths]]:
    """Each number of units at which the item gives more than before, with the points gained."""
    item, wanted = line.item, line.points + 1
    while line.reading is not None and wanted <= item.most:
        more = item.needed(line.reading, lambda made, wanted=wanted: item.points(made) >= wanted)  # type: ignore[misc]
        if more is None:
            return
        given = item.points(item.better(line.reading, more))
        yield more, given - line.points
        if given - line.points >= gap:
            return
        wanted = given + 1
