"""What rules ask of the standards: the value that holds in a region on a day.

The most specific place up the tree wins. Within one request each parameter is read once.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from datetime import date
from typing import Any

from django.core.signals import request_finished, request_started
from django.db.models import Func, IntegerField, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from qiao.core.standards.declarations import declared
from qiao.core.standards.models import ParameterValue

_seen: ContextVar[dict[tuple[str, int, date], Any] | None] = ContextVar("parameters_seen", default=None)
_ABSENT = object()


class UnknownParameter(LookupError):
    """The message says which value is missing and where to add it."""

    def __init__(self, code: str, region_code: int, on: date) -> None:
        self.code = code
        parameter = declared().get(code)
        if parameter is None:
            message = _("No parameter is called “%(code)s”. Declare it in a parameters.yml file.")
        else:
            message = _(
                "No value of “%(name)s” holds for %(region)s on %(day)s. "
                "Add one in Settings, Parameters (%(code)s)."
            )
        name = parameter.name if parameter else code
        super().__init__(message % {"code": code, "name": name, "region": f"{region_code:012}", "day": on})


def values(codes: Iterable[str], region_code: int, on: date) -> dict[str, Any]:
    """The values that hold, by code, in one query. A parameter without one is left out."""
    wanted = set(codes)
    seen = _seen.get()
    known = (
        {}
        if seen is None
        else {code: seen[code, region_code, on] for code in wanted if (code, region_code, on) in seen}
    )
    if missing := wanted - known.keys():
        rows = ParameterValue.objects.on(on).for_region(region_code).filter(code__in=missing)
        known |= dict.fromkeys(missing, _ABSENT) | {row.code: row.read for row in rows}
        if seen is not None:
            seen.update({(code, region_code, on): known[code] for code in missing})
    return {code: value for code, value in known.items() if value is not _ABSENT}


def value_or_none(code: str, region_code: int, on: date) -> Any:
    return values([code], region_code, on).get(code)


def value(code: str, region_code: int, on: date) -> Any:
    """int, Decimal (a share is 0 to 1), fen, text or a tuple of codes, by the parameter's kind.

    Raises UnknownParameter.
    """
    found = values([code], region_code, on)
    if code not in found:
        raise UnknownParameter(code, region_code, on)
    return found[code]


def holding(code: str, region_code: int, on: date) -> ParameterValue | None:
    """The row behind `value`: its place, dates, source and doubt."""
    return ParameterValue.objects.on(on).for_region(region_code).filter(code=code).last()


class ParameterText(Func):
    """ParameterText(Value("wd_first_check"), "region", "applied_on"): the value for each row, as text."""

    function = "qiao_parameter"
    output_field = TextField()


def parameter_int(code: Any, region: Any, on: Any) -> Cast:
    """The value for each row of a query as an integer; the arguments are expressions."""
    return Cast(ParameterText(code, region, on), IntegerField())


def forget() -> None:
    """Values read so far in this request are read again."""
    if _seen.get() is not None:
        _seen.set({})


def _begin(**_: Any) -> None:
    _seen.set({})


def _end(**_: Any) -> None:
    _seen.set(None)


request_started.connect(_begin, dispatch_uid="qiao.standards.begin")
request_finished.connect(_end, dispatch_uid="qiao.standards.end")
