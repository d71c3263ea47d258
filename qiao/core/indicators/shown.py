"""Figures as people read them: number, percentage, change; and the rows of the page's tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import Period
from qiao.core.indicators.choosing import Choice, code_text
from qiao.core.indicators.declarations import FEN_A_YUAN, Indicator
from qiao.core.indicators.dimensions import Text
from qiao.core.indicators.figures import Figure, Table
from qiao.core.regions.codes import Level
from qiao.core.regions.models import Region

NOTHING = "–"
MARK = "*"
"""Stands behind a figure of a closed period that the records give otherwise by now."""
Value = int | Fraction | None


@dataclass(frozen=True)
class Cell:
    text: str
    url: str = ""
    hint: str = ""
    number: float | None = None
    now: str = ""
    """What the records say by now, where the period is closed and they say otherwise."""
    now_url: str = ""

    @property
    def marked(self) -> str:
        return self.text + MARK if self.now else self.text


@dataclass(frozen=True)
class Row:
    label: Text
    cells: list[Cell]
    url: str = ""


def text_of(value: Value) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, Fraction):
        return number_format(round(float(value), 1), decimal_pos=1)
    return number_format(value, force_grouping=True)


def cell(figure: Figure, url: str, now: Figure | None = None) -> Cell:
    parts = (figure.numerator, figure.denominator)
    hint = "" if figure.denominator is None else " / ".join(text_of(part) for part in parts)
    opens = figure.value is not None and (figure.denominator or figure.value)
    number = None if figure.amount is None else float(figure.amount)
    changed = now is not None and now != figure
    return Cell(
        with_sign(figure),
        url if opens else "",
        hint,
        number,
        with_sign(now) if now and changed else "",
        f"{url}&sight=added" if changed else "",
    )


def with_sign(figure: Figure) -> str:
    if figure.scale != 1:
        return money(figure.value)
    return text_of(figure.value) + ("%" if isinstance(figure.value, Fraction) else "")


def money(fen: Value) -> str:
    """Yuan, with two decimals where there are fen."""
    if fen is None:
        return NOTHING
    yuan = Fraction(fen, FEN_A_YUAN)
    if yuan.denominator == 1:
        return number_format(yuan.numerator, force_grouping=True)
    return number_format(float(yuan), decimal_pos=2, force_grouping=True)


def cells(
    choice: Choice, table: Table, urls: list[str], figure: Callable[[Table, Indicator], Figure]
) -> list[Cell]:
    """A figure a column, each beside what the records say by now."""
    now = table.as_of_now() if table.now else table
    return [
        cell(figure(table, one), url, figure(now, one)) for one, url in zip(choice.columns, urls, strict=True)
    ]


def change(now: Figure, before: Figure) -> str:
    """Of a number, how many more or fewer; of a rate, how many points."""
    if now.value is None or before.value is None:
        return NOTHING
    difference: int | Fraction = now.value - before.value
    size: int | Fraction = -difference if difference < 0 else difference
    sign = "+" if difference > 0 else "−" if difference < 0 else "±"
    text = money if now.scale != 1 else text_of
    return sign + text(size)


def marks(indicators: Sequence[Indicator], rows: Sequence[Row]) -> list[str]:
    """What the marks mean, a line for each figure that changed after its period was closed."""
    found = [
        {"mark": MARK, "place": row.label, "figure": one.name, "then": cell.text, "now": cell.now}
        for row in rows
        for one, cell in zip(indicators, row.cells, strict=True)
        if cell.now
    ]
    told = _("%(mark)s Changed since it was closed: %(place)s, %(figure)s %(then)s, now %(now)s")
    return [told % one for one in found]


def names_url(
    indicator: Indicator, region: int, period: Period, by: str = "", value: str = "", own: bool = False
) -> str:
    query: dict[str, object] = {"region": code_text(region), "period": period}
    if by:
        query |= {"by": by, "value": value}
    if own:
        query["own"] = 1
    return f"{reverse('figure_names', args=[indicator.code])}?{urlencode(query)}"


def region_names(codes: list[int]) -> dict[int, str]:
    return dict(Region.objects.filter(code__in=codes).order_by("code").values_list("code", "name"))


def rows_of(choice: Choice, table: Table) -> list[Row]:
    """One row a region, or a value of the breakdown."""
    return _by_value(choice, table) if choice.by else _by_region(choice, table)


def _by_value(choice: Choice, table: Table) -> list[Row]:
    dimension = choice.columns[0].dimension(choice.by) if choice.columns else None
    if dimension is None:
        return []
    rows = []
    for key in sorted(table.keys(), key=dimension.order):
        urls = [names_url(one, choice.scope.code, choice.period, choice.by, key) for one in choice.columns]
        found = cells(choice, table, urls, lambda seen, one, key=key: seen.total(one, 0, key))  # type: ignore[misc]
        rows.append(Row(dimension.label(key), found))
    return rows


def _by_region(choice: Choice, table: Table) -> list[Row]:
    expected = Region.objects.under(choice.scope.code).filter(level=choice.level).on(choice.period.as_of)
    names = dict(expected.order_by("code").values_list("code", "name"))
    names |= region_names(sorted(table.regions() - set(names)))
    rows = []
    for code in sorted(names):
        own = code == choice.scope.code and choice.level is not choice.scope.level
        label = _("Not placed in any of them") if own else names[code]
        urls = [names_url(one, code, choice.period, own=own) for one in choice.columns]
        found = cells(choice, table, urls, lambda seen, one, code=code: seen.at(one, code))  # type: ignore[misc]
        below = "" if own or choice.scope.level is Level.COMMUNITY else choice.at(code)
        rows.append(Row(label, found, below))
    return rows


def total_of(choice: Choice, table: Table) -> Row:
    urls = [names_url(one, choice.scope.code, choice.period) for one in choice.columns]
    return Row(_("Total"), cells(choice, table, urls, lambda seen, one: seen.total(one, 0, None)))


@dataclass(frozen=True)
class Change:
    indicator: Indicator
    cell: Cell
    gone_url: str


def changes(scope: Scope, period: Period, table: Table, indicators: list[Indicator]) -> list[Change]:
    """The figures of a closed period that the records no longer give as kept."""
    now, found = table.as_of_now(), []
    for one in indicators:
        url = names_url(one, scope.code, period)
        made = cell(table.total(one), url, now.total(one))
        if made.now:
            found.append(Change(one, made, f"{url}&sight=gone"))
    return found


@dataclass(frozen=True)
class Course:
    """An indicator of the scope: now, before, a year ago, and its last periods."""

    indicator: Indicator
    now: Cell
    before: Cell
    since_before: str
    year_ago: Cell
    since_year_ago: str
    series: list[float | None]
    chosen: bool


def courses(choice: Choice, table: Table, indicators: list[Indicator]) -> list[Course]:
    """`table` holds the periods that `periods_for` names."""
    records = table.as_of_now() if table.now else table
    places = {period: no for no, period in enumerate(table.periods)}
    now, before, year_ago = (choice.period, choice.period.previous, choice.period.a_year_before)
    made = []
    for one in indicators:
        figures = {period: table.total(one, no) for period, no in places.items()}
        shown = [
            (figures[period], names_url(one, choice.scope.code, period), records.total(one, places[period]))
            for period in (now, before, year_ago)
        ]
        cells = [cell(*pair) for pair in shown]
        series = [figures[period].amount for period in trend(choice.period)]
        made.append(
            Course(
                one,
                cells[0],
                cells[1],
                change(figures[now], figures[before]),
                cells[2],
                change(figures[now], figures[year_ago]),
                [None if value is None else float(value) for value in series],
                one in choice.indicators,
            )
        )
    return made


TREND = 12


def trend(period: Period) -> list[Period]:
    return period.series(TREND if period.kind == "month" else 4 if period.kind == "quarter" else 2)


def periods_for(period: Period) -> list[Period]:
    return list(dict.fromkeys([period, period.previous, period.a_year_before, *trend(period)]))


@dataclass(frozen=True)
class Bar:
    label: Text
    text: str
    url: str
    width: float
    """0 to 100."""


def bars(rows: list[Row]) -> list[Bar]:
    """The first column as bars, longest first."""
    found = [(row, row.cells[0]) for row in rows if row.cells and row.cells[0].number is not None]
    longest = max((cell.number or 0 for _row, cell in found), default=0)
    made = [
        Bar(row.label, cell.text, cell.url, round(100 * (cell.number or 0) / longest, 1) if longest else 0)
        for row, cell in found
    ]
    return sorted(made, key=lambda bar: -bar.width)
