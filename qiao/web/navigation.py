"""Where the shell leads: the rail, the menu of new records and the phone's tabs, as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.accounts.rights import Right
from qiao.core.calendars.clock import ZONE
from qiao.core.ledgers import registry

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Entry:
    """A place to go, or an area that holds several. `rights`: any one of them opens it; none asked means
    everybody with a post. A ledger asks for the right it declares."""

    label: Text
    url: str = ""
    args: tuple[object, ...] = ()
    icon: str = ""
    rights: tuple[Right, ...] = ()
    children: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    label: Text
    href: str
    icon: str
    current: bool
    children: tuple[Link, ...] = field(default=())
    open: bool = False


def _ledger(label: Text, code: str, icon: str) -> Entry:
    return Entry(label, "ledgers:list", (code,), icon=icon)


IMPORT = Entry(_("Import"), "batches", icon="file-import", rights=(Right.IMPORT,))

RAIL = (
    Entry(_("Home"), "home", icon="home"),
    Entry(
        _("People"),
        icon="users",
        children=(
            _ledger(_("Residents"), "residents", icon="user"),
            _ledger(_("Households"), "households", icon="building-community"),
            Entry(
                _("Recognition cases"),
                "cases",
                ("hardship",),
                icon="certificate",
                rights=(Right.SEE_PEOPLE,),
            ),
            Entry(
                _("Zero-employment households"),
                "cases",
                ("zero_employment",),
                icon="home-heart",
                rights=(Right.SEE_PEOPLE,),
            ),
        ),
    ),
    Entry(
        _("Visits and help"),
        icon="walk",
        children=(
            _ledger(_("Visits"), "visits", icon="list-check"),
            Entry(_("Round of visits"), "visit_round", icon="checklist", rights=(Right.EDIT_PEOPLE,)),
            Entry(_("Outreach"), "outreach", icon="speakerphone", rights=(Right.SEE_PEOPLE,)),
            _ledger(_("Helpers and helped"), "pairs", icon="heart-handshake"),
        ),
    ),
    Entry(
        _("Posts and placement"),
        icon="briefcase",
        children=(
            _ledger(pgettext_lazy("work", "Posts"), "posts", icon="list-details"),
            _ledger(_("Referrals"), "referrals", icon="send"),
            _ledger(_("Placements"), "placements", icon="user-check"),
            Entry(_("Matching"), "matching", icon="list-search", rights=(Right.SEE_FIGURES,)),
            _ledger(_("Job fairs"), "fairs", icon="tent"),
        ),
    ),
    Entry(
        _("Employers and outlets"),
        icon="building",
        children=(
            _ledger(_("Employers"), "employers", icon="building-skyscraper"),
            _ledger(_("Community outlets"), "outlets", icon="building-store"),
            _ledger(_("Re-employment bases"), "bases", icon="building-community"),
            _ledger(_("Labour-service enterprises"), "enterprises", icon="building-factory"),
        ),
    ),
    Entry(
        _("Training"),
        icon="school",
        children=(
            _ledger(pgettext_lazy("training", "Demand"), "training-demand", icon="list-search"),
            _ledger(pgettext_lazy("training", "Classes"), "classes", icon="chalkboard"),
            _ledger(_("People in training"), "enrolments", icon="users"),
            _ledger(_("Courses"), "courses", icon="book"),
            _ledger(_("Partner schools"), "schools", icon="building-bank"),
        ),
    ),
    Entry(
        _("Loans"),
        icon="coin-yuan",
        rights=(Right.SEE_LOANS,),
        children=(
            Entry(pgettext_lazy("loan", "Decisions"), "cases", ("loan",), icon="gavel"),
            Entry(_("Desk of the bank"), "bank_desk", icon="building-bank", rights=(Right.LEND,)),
            _ledger(_("Applications"), "loan-applications", icon="file-dollar"),
            _ledger(_("Guaranteed loans"), "loans", icon="coin-yuan"),
            _ledger(_("Repayments"), "repayments", icon="cash"),
            _ledger(_("Bookings to confirm"), "loan-orders", icon="checklist"),
            _ledger(_("Guarantee fund"), "loan-fund", icon="building-bank"),
            Entry(
                _("From outreach to the loan"),
                "loan_outreach",
                icon="chart-bar",
                rights=(Right.SEE_FIGURES,),
            ),
            _ledger(_("Publicity"), "loan-publicity", icon="speakerphone"),
            _ledger(_("Banks"), "banks", icon="building-bank"),
        ),
    ),
    Entry(
        _("Relief and subsidies"),
        icon="heart-handshake",
        rights=(Right.SEE_PEOPLE,),
        children=(
            _ledger(_("Policies that fit"), "entitlements", icon="certificate"),
            Entry(pgettext_lazy("support", "Applications"), "cases", ("support",), icon="file-text"),
            _ledger(_("Running help"), "benefits", icon="heart-handshake"),
            _ledger(_("Amounts given"), "support-lines", icon="receipt"),
            _ledger(_("Money to come back"), "reclaims", icon="receipt-refund"),
            Entry(_("Lists for the finance office"), "support_payments", icon="printer"),
            Entry(_("Which policy fits me?"), "policies", icon="help"),
        ),
    ),
    IMPORT,
    Entry(
        _("Figures and targets"),
        icon="chart-bar",
        rights=(Right.SEE_FIGURES,),
        children=(
            Entry(_("On one page"), "briefing", icon="layout-dashboard", rights=(Right.SEE_FIGURES,)),
            Entry(_("Figures"), "figures", icon="chart-bar", rights=(Right.SEE_FIGURES,)),
            Entry(_("Targets"), "figure_targets", icon="target", rights=(Right.SEE_FIGURES,)),
            Entry(
                _("Score sheets of communities"),
                "score_sheets",
                icon="list-check",
                rights=(Right.SEE_FIGURES,),
            ),
            Entry(_("Reports"), "reports", icon="file-text", rights=(Right.SEE_FIGURES,)),
            _ledger(pgettext_lazy("report", "Stories"), "stories", icon="quote"),
            Entry(_("Closed periods"), "figures_closed", icon="lock", rights=(Right.SEE_FIGURES,)),
        ),
    ),
    Entry(
        _("Labour market"),
        icon="scale",
        rights=(Right.SEE_FIGURES,),
        children=(
            Entry(_("Supply and demand"), "market", icon="scale", rights=(Right.SEE_FIGURES,)),
            _ledger(_("Research notes"), "research-notes", icon="notes"),
            _ledger(_("Partners and their actions"), "partner-actions", icon="users-group"),
        ),
    ),
    Entry(
        pgettext_lazy("work", "Checks"),
        icon="shield-check",
        children=(
            Entry(_("Transfers"), "transfers", icon="arrows-exchange", rights=(Right.EDIT_PEOPLE,)),
            Entry(_("Second person"), "willingness", icon="user-check", rights=(Right.SECOND_PERSON,)),
            Entry(_("Duplicates"), "duplicates", icon="users-group", rights=(Right.MERGE_PEOPLE,)),
            Entry(_("Patterns"), "patterns", icon="zoom-question", rights=(Right.EDIT_PEOPLE,)),
        ),
    ),
    Entry(_("Settings"), "settings", icon="settings"),
)

NEW = (
    Entry(_("Resident"), "ledgers:new", ("residents",), icon="user", rights=(Right.EDIT_PEOPLE,)),
    Entry(
        _("Household"), "ledgers:new", ("households",), icon="building-community", rights=(Right.EDIT_PEOPLE,)
    ),
    Entry(_("Employer"), "ledgers:new", ("employers",), icon="building", rights=(Right.EDIT_PEOPLE,)),
    Entry(_("Outlet"), "ledgers:new", ("outlets",), icon="building-store", rights=(Right.EDIT_PEOPLE,)),
    Entry(
        pgettext_lazy("vacancy", "Post"),
        "ledgers:new",
        ("posts",),
        icon="briefcase",
        rights=(Right.EDIT_PEOPLE,),
    ),
    Entry(_("Visit"), "visit_new", icon="walk", rights=(Right.EDIT_PEOPLE,)),
)

PHONE = (
    Entry(pgettext_lazy("phone tab", "To do"), "home", icon="checklist"),
    Entry(
        pgettext_lazy("phone tab", "People"),
        "ledgers:list",
        ("residents",),
        icon="users",
        rights=(Right.SEE_PEOPLE,),
    ),
    Entry(pgettext_lazy("phone tab", "Figures"), "figures", icon="chart-bar", rights=(Right.SEE_FIGURES,)),
    Entry(pgettext_lazy("phone tab", "Me"), "me", icon="user-circle"),
)


SETTINGS = (
    Entry(_("People and posts"), "settings_staff", icon="user-shield", rights=(Right.MANAGE_ACCOUNTS,)),
    Entry(_("Words and definitions"), "settings_glossary", icon="vocabulary"),
    Entry(_("Lists of words"), "settings_dictionaries", icon="list-details"),
    Entry(_("Parameters"), "settings_parameters", icon="adjustments-horizontal"),
    Entry(_("Working days"), "settings_calendar", icon="calendar"),
    Entry(_("Regions"), "settings_regions", icon="map"),
    Entry(
        _("Access log"), "settings_access_log", icon="eye", rights=(Right.SEE_ACCESS_LOG, Right.SHOW_PERSONAL)
    ),
    Entry(_("Recycle bin"), "ledgers:bin", ("residents",), icon="trash", rights=(Right.RESTORE,)),
)


def open_to(entry: Entry, request: HttpRequest) -> bool:
    appointment = getattr(request, "appointment", None)
    if appointment is None:
        return False
    rights = entry.rights
    if not rights and entry.url == "ledgers:list":
        rights = (registry.get(str(entry.args[0])).see,)
    return not rights or any(appointment.can(right) for right in rights)


def links(entries: tuple[Entry, ...], request: HttpRequest) -> tuple[Link, ...]:
    """The entries this person may open; one whose page is not installed is left out. The area of the present page
    stands open; on a page of none that of its section does, or else the first."""
    found = list(_links(entries, request))
    areas = [link for link in found if link.children]
    beside = [
        link for link in areas if any(_section(one.href) == _section(request.path) for one in link.children)
    ]
    opened = next((link for link in areas if link.current), next(iter([*beside, *areas]), None))
    return tuple(replace(link, open=link is opened) for link in found)


def _section(path: str) -> str:
    """The first word of an address: "loans" of "/loans/12/repay/"."""
    return path.lstrip("/").partition("/")[0]


def _links(entries: tuple[Entry, ...], request: HttpRequest) -> Iterator[Link]:
    for entry in entries:
        if entry.children:
            children = _nearest(tuple(_links(entry.children, request))) if open_to(entry, request) else ()
            if children:
                current = any(child.current for child in children)
                yield Link(entry.label, "", entry.icon, current, children)
        elif (href := address(entry)) and open_to(entry, request):
            yield Link(entry.label, href, entry.icon, is_current(href, request.path))


def _nearest(children: tuple[Link, ...]) -> tuple[Link, ...]:
    """Of those whose address the present page's begins with, the longest is where one is."""
    longest = max((len(link.href) for link in children if link.current), default=0)
    return tuple(replace(link, current=link.current and len(link.href) == longest) for link in children)


def address(entry: Entry) -> str:
    """Where it leads; "" while its page is not installed or its ledger not declared."""
    try:
        if entry.url.startswith("ledgers:"):
            registry.get(str(entry.args[0]))
        return reverse(entry.url, args=entry.args)
    except (NoReverseMatch, registry.UnknownLedger):
        return ""


def is_current(href: str, path: str) -> bool:
    return path == href if href == "/" else path.startswith(href)


def _fixed_day(request: HttpRequest) -> date | None:
    """The business day where it is not today's: a demonstration stands still."""
    day = getattr(request, "today", None)
    return day if day != datetime.now(ZONE).date() else None


def shell(request: HttpRequest) -> Mapping[str, object]:
    """Context processor: what `base.html` draws around every page of a signed-in person."""
    return {
        "rail": links(RAIL, request),
        "new_records": links(NEW, request),
        "phone_tabs": links(PHONE, request),
        "import_link": next(iter(links((IMPORT,), request)), None),
        "appointment": getattr(request, "appointment", None),
        "appointments": getattr(request, "appointments", []),
        "fixed_day": _fixed_day(request),
        "large_type": request.COOKIES.get("large") == "1",
        "single_keys": request.COOKIES.get("keys") != "off",
        "narrow_rail": request.COOKIES.get("rail") == "narrow",
    }
