"""One page of a ledger as an address asks for it, in a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.utils.safestring import SafeString

from qiao.core.ledgers import cells, filters, markup, paging
from qiao.core.ledgers.columns import Column, Kind
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.parts import Sort, Tab
from qiao.core.ledgers.viewer import Viewer
from qiao.core.records.models import RecordQuerySet
from qiao.core.regions.codes import Level
from qiao.core.regions.models import Region

SIZES = (25, 50, 100)
CAP = 500
GROUPS = 200
WORDS = {"tab", "sort", "cols", "size", "after", "group", "total"}


class Cell(NamedTuple):
    column: Column
    text: str
    tags: list[tuple[str, str]]
    hidden: bool


class Row(NamedTuple):
    record: Any
    title: str
    cells: SafeString


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class CountedTab:
    code: str
    tab: Tab
    count: int

    @property
    def shown(self) -> str:
        return f"{CAP}+" if self.count > CAP else str(self.count)


class Listing:
    """`data` is the query of the address. What it asks amiss falls back to what is usual."""

    def __init__(self, ledger: Ledger, viewer: Viewer, data: QueryDict) -> None:
        self.ledger, self.viewer, self.data = ledger, viewer, data

    @cached_property
    def tab(self) -> str:
        asked = self.data.get("tab", "")
        return asked if asked in self.ledger.tabs else next(iter(self.ledger.tabs))

    @cached_property
    def size(self) -> int:
        asked = self.data.get("size", "")
        return int(asked) if asked in {str(size) for size in SIZES} else SIZES[0]

    @cached_property
    def columns(self) -> list[Column]:
        known = self.ledger.resolved
        asked = [key for key in ",".join(self.data.getlist("cols")).split(",") if key in known]
        if asked:
            return [known[key] for key in dict.fromkeys([self.ledger.title, *asked])]
        return self.ledger.seen_at_first(self.viewer)

    @cached_property
    def sort(self) -> str:
        asked = self.data.get("sort", "")
        return asked if asked.removeprefix("-") in self.sorts else next(iter(self.sorts))

    @cached_property
    def sorts(self) -> dict[str, Sort]:
        """The orders that the tab offers."""
        return {
            code: sort for code, sort in self.ledger.sorts.items() if not sort.tabs or self.tab in sort.tabs
        }

    @cached_property
    def order(self) -> paging.Order:
        sort = self.ledger.sorts[self.sort.removeprefix("-")]
        return paging.Order(sort, sort.descending != self.sort.startswith("-"))

    @cached_property
    def regions(self) -> list[Region]:
        scope = self.viewer.scope
        return list(Region.objects.filter(code__gte=scope.lo, code__lt=scope.hi).order_by("code"))

    @cached_property
    def filters(self) -> filters.Filters:
        rows = self.ledger.records(self.viewer)
        built = filters.build(self.ledger)
        return built(self.data, rows, self.viewer, self.regions)

    @cached_property
    def rows(self) -> RecordQuerySet:
        """Every record that the tab and the filters leave, unordered."""
        narrowed: RecordQuerySet = self.filters.qs
        return narrowed.filter(self.ledger.tabs[self.tab].q(self.viewer))

    @cached_property
    def page(self) -> paging.Page:
        rows = self.ledger.joined(self.rows, [column.key for column in self.columns])
        start = paging.Cursor.read(self.data.get("after", ""), rows, self.order)
        return paging.page(rows, self.order, start, self.size)

    @cached_property
    def lines(self) -> list[Row]:
        return [self._row(record) for record in self.page.rows]

    @cached_property
    def openings(self) -> list[markup.Opening]:
        editable = cells.editable(self.ledger, self.viewer)
        return [
            markup.opening(column, first=place == 0, editable=column.key in editable)
            for place, column in enumerate(self.columns)
        ]

    def _row(self, record: Any) -> Row:
        found = []
        today, personal = self.viewer.today, self.viewer.personal
        for column, opening in zip(self.columns, self.openings, strict=True):
            value = column.value(record, today)
            found.append((opening, column.shown(value, personal), column.tags(value)))
        title = self.ledger.record_title(record, self.viewer)
        return Row(record, title, markup.cells(self.ledger.file_url(record), title, found))

    @cached_property
    def tabs(self) -> list[CountedTab]:
        """Each tab with its count in the scope, up to a cap, in one query."""
        parts: list[str] = []
        params: list[Any] = []
        for tab in self.ledger.tabs.values():
            rows = self.ledger.records(self.viewer).filter(tab.q(self.viewer))
            sql, values = rows.order_by().values("id")[: CAP + 1].query.sql_with_params()
            parts.append(f"(SELECT count(*) FROM ({sql}) AS part)")
            params += values
        with connection.cursor() as cursor:
            cursor.execute("SELECT " + ", ".join(parts), params)
            counts = cursor.fetchone()
        return [
            CountedTab(code, tab, count)
            for (code, tab), count in zip(self.ledger.tabs.items(), counts, strict=True)
        ]

    @cached_property
    def total(self) -> int | None:
        """The exact number of records, counted only when the address asks."""
        return self.rows.order_by().count() if self.data.get("total") else None

    @cached_property
    def group(self) -> str:
        asked = self.data.get("group", "")
        return asked if asked in self.ledger.groups else ""

    @cached_property
    def groups(self) -> list[Group]:
        """How many records each value of a column has, most first; places by the tree."""
        if not self.group:
            return []
        column = self.ledger.resolved[self.group]
        if column.kind is Kind.REGION:
            return self._places()
        path = str(column.source or column.key).replace(".", "__")
        counted = _counted(self.rows, path)
        filterable = self.group in self.filters.filters
        return [
            Group(
                column.plain(value) or "—",
                count,
                self.query(**{self.group: _written(value)}) if filterable and value not in ("", None) else "",
            )
            for value, count in counted
        ]

    def _places(self) -> list[Group]:
        """The regions right beneath the one that is asked for."""
        asked = self.data.get("region", "")
        scope = self.viewer.scope.narrowed(int(asked)) if asked.isdecimal() else self.viewer.scope
        path, span = ("street", 1000) if scope.level is Level.DISTRICT else ("region_id", 1)
        if scope.level < Level.DISTRICT:
            path, span = "district", 10**6
        names = {region.code: region.name for region in self.regions}
        return [
            Group(names.get(value * span, str(value * span)), count, self.query(region=value * span))
            for value, count in sorted(_counted(self.rows, path))
        ]

    def query(self, **changes: Any) -> str:
        """The address of this list with changes; another list begins at its first page."""
        data = self.data.copy()
        for key in ("after", "total"):
            data.pop(key, None)
        for key, value in changes.items():
            if value is None:
                data.pop(key, None)
            else:
                data[key] = str(value)
        return "?" + data.urlencode()

    @property
    def kept(self) -> str:
        """The address as a saved view keeps it."""
        return self.query().removeprefix("?")


def _counted(rows: QuerySet[Any], path: str) -> list[tuple[Any, int]]:
    counted = rows.order_by().values_list(path).annotate(number=Count("id")).order_by("-number", path)
    return list(counted[:GROUPS])


def _written(value: Any) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)
