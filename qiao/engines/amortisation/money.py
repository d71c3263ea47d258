"""One division, one rounding."""

from enum import Enum


class Rounding(Enum):
    HALF_UP = "half up"
    HALF_EVEN = "half even"
    UP = "up"


def rounded(numerator: int, denominator: int, rule: Rounding = Rounding.HALF_UP, unit: int = 1) -> int:
    """`numerator / denominator` as a multiple of `unit`, all in fen; halves by `rule`, negatives mirrored.

    `denominator` > 0. `unit` is 1 for fen, 100 for whole yuan.
    """
    if rule is Rounding.HALF_UP and unit == 1 and numerator >= 0:
        return (2 * numerator + denominator) // (2 * denominator)
    if numerator < 0:
        return -rounded(-numerator, denominator, rule, unit)
    step = denominator * unit
    whole, rest = divmod(numerator, step)
    if rule is Rounding.UP:
        whole += rest > 0
    elif 2 * rest > step or (2 * rest == step and (rule is Rounding.HALF_UP or whole % 2)):
        whole += 1
    return whole * unit
