"""Filters of a list, kept in its address. Built on django-filter from the names a ledger declares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters.fields import DateRangeField
from django_filters.widgets import SuffixedMultiWidget

from qiao.core.accounts.models import Appointment, User
from qiao.core.accounts.scope import Scope
from qiao.core.ledgers.columns import Kind
from qiao.core.ledgers.viewer import Viewer
from qiao.core.regions.models import Region

if TYPE_CHECKING:
    from qiao.core.ledgers.ledger import Ledger

Rows = QuerySet[Any]
YES_NO = (("1", _("Yes")), ("0", _("No")))
OLDEST = 150


@dataclass(frozen=True, slots=True)
class Filter:
    """`path` is the model path it filters by; `kind` "age" reads a birth date as full years on the day.
    `where(value, viewer)` is for what no path says. Choices that people may change are called for when asked."""

    key: str
    path: str = ""
    name: Any = ""
    kind: str = ""
    choices: Any = ()
    where: Callable[[Any, Viewer], Q] | None = None


def years_before(day: date, years: int) -> date:
    """The same day that many years earlier; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def born_between(path: str, youngest: int | None, oldest: int | None, day: date) -> Q:
    """Those who have at least and at most these full years on a day."""
    q = Q()
    if youngest is not None:
        q &= Q(**{f"{path}__lte": years_before(day, youngest)})
    if oldest is not None:
        q &= Q(**{f"{path}__gt": years_before(day, oldest + 1)})
    return q


class AgeFilter(django_filters.RangeFilter):
    day: date

    def filter(self, rows: Rows, value: slice | None) -> Rows:
        if value is None:
            return rows
        youngest, oldest = (
            None if one is None else min(int(one), OLDEST) for one in (value.start, value.stop)
        )
        return rows.filter(born_between(self.field_name, youngest, oldest, self.day))


class Filters(django_filters.FilterSet):
    """A ledger's filter set, bound to the address and to whoever looks."""

    ledger: Ledger
    declared: dict[str, Filter]

    def __init__(self, data: Any, rows: Rows, viewer: Viewer, regions: list[Region]) -> None:
        self.viewer, self.regions = viewer, regions
        super().__init__(data, queryset=rows)
        for key, one in self.filters.items():
            match one:
                case AgeFilter():
                    one.day = viewer.today
                case _ if self.declared[key].kind == "region":
                    one.extra["choices"] = [
                        (region.code, indented(region, viewer.scope)) for region in regions
                    ]
                case _ if self.declared[key].kind == "person":
                    one.extra["choices"] = lambda: colleagues(viewer, former=True)
                case _ if self.declared[key].kind == "link":
                    one.extra["choices"] = lambda key=key: self.ledger.options(key, viewer)
                case _ if callable(self.declared[key].choices):
                    one.extra["choices"] = tuple(self.declared[key].choices())
        for field in self.form:
            dress(field)

    def within(self, rows: Rows, name: str, value: str) -> Rows:
        return rows.filter(Scope(int(value)).q()) if value else rows

    def searched(self, rows: Rows, name: str, value: str) -> Rows:
        return rows.filter(self.ledger.search(value.strip(), self.viewer)) if value.strip() else rows

    def declared_where(self, rows: Rows, name: str, value: Any) -> Rows:
        where = self.declared[name].where
        return rows.filter(where(value, self.viewer)) if where and value not in (None, "") else rows

    def active(self) -> int:
        """How many filters narrow the list."""
        return sum(1 for value in self.form.cleaned_data.values() if value) if self.form.is_valid() else 0


def indented(region: Region, scope: Scope) -> str:
    return "\u3000" * max(0, region.level - scope.level) + region.name


def colleagues(viewer: Viewer, roles: Sequence[str] = (), *, former: bool = False) -> list[tuple[int, str]]:
    """People appointed inside the scope on this day, to one of the roles where some are given.

    `former`: also those whose appointment has ended, whose records are to be found and handed over.
    """
    held = Appointment.objects.all() if former else Appointment.objects.on(viewer.today)
    held = held.filter(region__gte=viewer.scope.lo, region__lt=viewer.scope.hi)
    if roles:
        held = held.filter(role__in=roles)
    staff = User.objects.filter(pk__in=held.values("user"))
    found = (staff if former else staff.filter(is_active=True)).order_by("name", "id")
    return [(user.pk, str(user)) for user in found]


def dress(field: forms.BoundField) -> None:
    """The look of a field; each end of a range has a name of its own and asks for a day or a number."""
    widget = field.field.widget
    if not isinstance(widget, SuffixedMultiWidget):
        widget.attrs.setdefault(
            "class", "form-select" if isinstance(widget, forms.Select) else "form-control"
        )
        return
    kind = "date" if isinstance(field.field, DateRangeField) else "number"
    for one, end in zip(widget.widgets, (_("%s from"), _("%s to")), strict=True):
        one.input_type = kind
        one.attrs |= {"aria-label": end % field.label, "class": "form-control"}


def build(ledger: Ledger) -> type[Filters]:
    declared = {one.key: one for one in (_complete(each, ledger) for each in ledger.filters)}
    made = {key: _django_filter(one) for key, one in declared.items()}
    meta = type("Meta", (), {"model": ledger.model, "fields": []})
    attributes = {"ledger": ledger, "declared": declared, "Meta": meta, **made}
    built: type[Filters] = type(f"{ledger.code.title()}Filters", (Filters,), attributes)
    return built


def names(key: str, field: forms.Field) -> list[str]:
    """How a filter is written in an address: a range as two values, age_min and age_max."""
    suffixes = getattr(field.widget, "suffixes", None)
    return [f"{key}_{suffix}" for suffix in suffixes] if suffixes else [key]


def filter_names(ledger: Ledger) -> list[str]:
    found = build(ledger).base_filters
    return [name for key, one in found.items() for name in names(key, one.field)]


def _complete(declared: Filter | str, ledger: Ledger) -> Filter:
    """What the column of the same key says, where the declaration is silent."""
    one = Filter(declared) if isinstance(declared, str) else declared
    if one.key == "q":
        return Filter("q", name=one.name or _("Search"), kind="search")
    known = ledger.resolved.get(one.key)
    if known is None:
        return one
    path = one.path or (known.source if isinstance(known.source, str) and known.source else one.key).replace(
        ".", "__"
    )
    return Filter(
        one.key,
        path,
        one.name or known.name,
        one.kind or str(known.kind),
        one.choices or (tuple(known.choices.items()) if type(known.choices) is dict else known.choices.items),
        one.where,
    )


def _django_filter(one: Filter) -> django_filters.Filter:
    label = one.name
    if one.where:
        if one.choices:
            return django_filters.ChoiceFilter(label=label, method="declared_where", choices=one.choices)
        return django_filters.CharFilter(label=label, method="declared_where")
    match one.kind:
        case "search":
            return django_filters.CharFilter(label=label, method="searched", max_length=60)
        case "region":
            return django_filters.ChoiceFilter(label=label, method="within", empty_label=_("All"))
        case "age":
            return AgeFilter(field_name=one.path, label=label)
        case "person" | "link":
            return django_filters.ChoiceFilter(field_name=one.path, label=label, empty_label=_("All"))
        case Kind.CHOICE:
            return django_filters.MultipleChoiceFilter(
                field_name=one.path,
                label=label,
                choices=() if callable(one.choices) else one.choices,
                widget=forms.SelectMultiple,
                distinct=False,  # no path leads to many; it would sort every match before the first page
            )
        case Kind.FLAG:
            return django_filters.TypedChoiceFilter(
                field_name=one.path,
                label=label,
                choices=[("", _("All")), *YES_NO],
                coerce=lambda value: value == "1",
            )
        case Kind.DATE | Kind.MOMENT:
            return django_filters.DateFromToRangeFilter(field_name=one.path, label=label)
        case Kind.NUMBER | Kind.MONEY:
            return django_filters.RangeFilter(field_name=one.path, label=label)
    return django_filters.CharFilter(field_name=one.path, label=label, lookup_expr="icontains", max_length=60)
