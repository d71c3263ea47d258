"""What each role may do. A right says the verb; the appointment's region says where."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    STATION = "station", _("Community station")
    OFFICE = "office", _("Street office")
    EMPLOYMENT_SECTION = "employment_section", _("Employment section")
    LOAN_SECTION = "loan_section", _("Loan section")
    LEADER = "leader", _("Leader")
    GUARANTEE_CENTRE = "guarantee_centre", _("Guarantee centre")
    BANK = "bank", _("Bank")
    SYSTEM_ADMIN = "system_admin", _("System administrator")
    SECURITY_ADMIN = "security_admin", _("Security administrator")
    AUDIT_ADMIN = "audit_admin", _("Audit administrator")


class Right(TextChoices):
    SEE_PEOPLE = "see_people", _("see residents")
    EDIT_PEOPLE = "edit_people", _("enter and correct residents")
    IMPORT = "import", _("import rosters")
    SHOW_PERSONAL = "show_personal", _("show masked personal data")
    EXPORT = "export", _("export lists")
    SEE_FIGURES = "see_figures", _("see figures")
    CLOSE_PERIODS = "close_periods", _("close periods of the figures")
    SET_TARGETS = "set_targets", _("set targets")
    WRITE_REPORTS = "write_reports", _("write reports")
    CHECK_CASES = "check_cases", _("check cases for the community")
    REVIEW_CASES = "review_cases", _("review cases for the street")
    DECIDE_CASES = "decide_cases", _("decide cases for the district")
    SECOND_PERSON = "second_person", _("confirm what another person entered")
    MERGE_PEOPLE = "merge_people", _("settle duplicates")
    SEE_LOANS = "see_loans", _("see loans")
    APPLY_LOANS = "apply_loans", _("enter applications for loans")
    REVIEW_LOANS = "review_loans", _("check applications for loans for the district")
    GUARANTEE_LOANS = "guarantee_loans", _("decide on guarantees and keep the fund")
    LEND = "lend", _("decide on loans for the bank")
    BOOK_LOANS = "book_loans", _("enter what happens to loans")
    MANAGE_REGIONS = "manage_regions", _("keep regions and the calendar")
    MANAGE_PARAMETERS = "manage_parameters", _("keep parameters and words")
    MANAGE_ACCOUNTS = "manage_accounts", _("appoint staff")
    SEE_ACCESS_LOG = "see_access_log", _("read the access log")
    RESTORE = "restore", _("restore deleted records")


_STATION = {
    Right.SEE_PEOPLE,
    Right.EDIT_PEOPLE,
    Right.IMPORT,
    Right.SHOW_PERSONAL,
    Right.EXPORT,
    Right.SEE_FIGURES,
    Right.CHECK_CASES,
    Right.RESTORE,
    Right.MERGE_PEOPLE,
    Right.SEE_LOANS,
    Right.APPLY_LOANS,
}
_OFFICE = _STATION - {Right.CHECK_CASES} | {
    Right.REVIEW_CASES,
    Right.SECOND_PERSON,
    Right.CLOSE_PERIODS,
    Right.SET_TARGETS,
    Right.WRITE_REPORTS,
}
_DISTRICT = _OFFICE - {Right.REVIEW_CASES} | {Right.DECIDE_CASES, Right.MANAGE_PARAMETERS}
_LOANS = {
    Right.SEE_PEOPLE,
    Right.SHOW_PERSONAL,
    Right.EXPORT,
    Right.IMPORT,
    Right.SEE_FIGURES,
    Right.SEE_LOANS,
    Right.APPLY_LOANS,
    Right.REVIEW_LOANS,
    Right.BOOK_LOANS,
}

ROLE_RIGHTS: dict[str, frozenset[Right]] = {
    Role.STATION: frozenset(_STATION),
    Role.OFFICE: frozenset(_OFFICE),
    Role.EMPLOYMENT_SECTION: frozenset(_DISTRICT),
    Role.LOAN_SECTION: frozenset(_LOANS),
    Role.LEADER: frozenset({Right.SEE_PEOPLE, Right.SEE_FIGURES, Right.SEE_LOANS}),
    Role.GUARANTEE_CENTRE: frozenset(
        {Right.SEE_LOANS, Right.GUARANTEE_LOANS, Right.SHOW_PERSONAL, Right.EXPORT}
    ),
    Role.BANK: frozenset({Right.SEE_LOANS, Right.LEND, Right.BOOK_LOANS, Right.SHOW_PERSONAL}),
    Role.SYSTEM_ADMIN: frozenset({Right.MANAGE_REGIONS}),
    Role.SECURITY_ADMIN: frozenset({Right.MANAGE_ACCOUNTS}),
    Role.AUDIT_ADMIN: frozenset({Right.SEE_ACCESS_LOG}),
}
