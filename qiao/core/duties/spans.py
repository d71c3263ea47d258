"""Lengths of time between a fact and what it makes due, fixed or read from a parameter."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any, ClassVar

from django.db.models import DateField, Func

from qiao.core.calendars import workdays
from qiao.core.standards import api as standards
from qiao.core.standards.kinds import KINDS

ONE_DAY = timedelta(days=1)


class Unit(Enum):
    MONTHS = "months"
    DAYS = "days"
    WORKDAYS = "workdays"


class Shifted(Func):
    """The date an expression gives, shifted in the database as `shifted` does it here."""

    output_field = DateField()
    templates: ClassVar[dict[Unit, str]] = {
        Unit.MONTHS: "(%(expressions)s + make_interval(months => %(count)s))::date",
        Unit.DAYS: "(%(expressions)s + %(count)s)",
        Unit.WORKDAYS: "qiao_add_workdays(%(expressions)s, %(count)s)",
    }

    def __init__(self, expression: Any, span: FixedSpan) -> None:
        super().__init__(expression, template=self.templates[span.unit], count=span.count)


@dataclass(frozen=True, slots=True)
class Span:
    """`amount` is a number or the code of the parameter that holds it."""

    amount: int | str
    unit: Unit

    def fixed(self, region: int, on: date) -> FixedSpan:
        """The span by the rule that holds in a region on a day. Raises UnknownParameter."""
        held = self.amount if isinstance(self.amount, int) else standards.value(self.amount, region, on)
        return FixedSpan(int(held), self.unit)

    def after(self, day: date, region: int) -> date:
        """The day that lies the span after `day`, by the rule that holds on `day`."""
        return self.fixed(region, day).after(day)


@dataclass(frozen=True, slots=True)
class FixedSpan:
    count: int
    unit: Unit

    def __str__(self) -> str:
        return KINDS[self.unit.value].shown(self.count)

    def after(self, day: date) -> date:
        return shifted(day, self.count, self.unit)

    def latest(self, horizon: date) -> date:
        """The last day whose span ends on or before `horizon`."""
        if self.unit is Unit.WORKDAYS:
            return workdays.add(horizon + ONE_DAY, -max(self.count, 1)) - (
                ONE_DAY if self.count else timedelta()
            )
        day = shifted(horizon, -self.count, self.unit)
        while self.after(day + ONE_DAY) <= horizon:
            day += ONE_DAY
        return day


def months(amount: int | str) -> Span:
    return Span(amount, Unit.MONTHS)


def days(amount: int | str) -> Span:
    return Span(amount, Unit.DAYS)


def working_days(amount: int | str) -> Span:
    return Span(amount, Unit.WORKDAYS)


def shifted(day: date, count: int, unit: Unit) -> date:
    """A month later is the same day of the month, or its last day when it is shorter."""
    match unit:
        case Unit.DAYS:
            return day + timedelta(days=count)
        case Unit.WORKDAYS:
            return workdays.add(day, count)
        case Unit.MONTHS:
            whole = day.year * 12 + day.month - 1 + count
            year, month = whole // 12, whole % 12 + 1
            return date(year, month, min(day.day, monthrange(year, month)[1]))
