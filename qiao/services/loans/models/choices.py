"""The closed lists of the loan's case."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Borrower(TextChoices):
    PERSON = "person", _("One person")
    PARTNERS = "partners", _("Partners")
    FIRM = "firm", _("A firm")


class CounterGuarantee(TextChoices):
    GUARANTOR = "guarantor", _("A guarantor with steady pay")
    MORTGAGE = "mortgage", _("Real property mortgaged")
    PLEDGE = "pledge", _("Deposit or bond pledged")
    MUTUAL = "mutual", _("Borrowers for each other")
    CREDIT_COMMUNITY = "credit_community", _("None: credit community")
    HONOUR = "honour", _("None: honoured borrower")


class Came(TextChoices):
    """What brought the person to apply."""

    VISIT = "visit", _("A visit")
    CAMPAIGN = "campaign", _("A household campaign")
    SESSION = "session", _("An information session")
    SELF = "self", _("Came by themselves")
    OTHER = "other", pgettext_lazy("loan", "In another way")


class Why(TextChoices):
    """Why a station refuses; advice goes with it."""

    POLICY = "policy", _("The conditions are not met")
    PAPERS = "papers", _("The papers are false or cannot be had")
    PROJECT = "project", _("The business would not carry the loan")
    CREDIT = "credit", _("Poor record of repayment")
    GUARANTEE = "guarantee", _("No sufficient counter-guarantee")
    FUND = "fund", _("The guarantee fund has no room")
    TRADE = "trade", _("The trade is excluded")
    OTHER = "other", pgettext_lazy("loan", "Another reason")


class Publicity(TextChoices):
    SESSION = "session", _("Information session")
    LEAFLETS = "leaflets", _("Leaflets handed out")
    PRESS = "press", _("Newspaper or broadcast")
    BOARD = "board", _("Notice board or banner")


class Cause(TextChoices):
    """What brought a borrower into trouble."""

    SALES = "sales", _("Too few customers")
    PLACE = "place", _("The place was lost or is bad")
    COSTS = "costs", _("Costs rose")
    CASH = "cash", _("Customers do not pay")
    HEALTH = "health", _("Illness")
    FAMILY = "family", _("The family")
    DISASTER = "disaster", _("Theft, fire or accident")
    USE = "use", _("The money went elsewhere")
    OTHER = "other", pgettext_lazy("loan", "Another cause")


class Measure(TextChoices):
    ADVICE = "advice", _("Advice by somebody of the trade")
    NEW_LINE = "new_line", _("A new line of business")
    NEW_PLACE = "new_place", _("A new place")
    TRAINING = "training", _("Training")
    CUSTOMERS = "customers", _("Help to find customers")
    RELIEF = "relief", _("Relief of taxes or fees")
    EXTENSION = "extension", _("Extension of the loan")
    PLAN = "plan", _("A plan of repayment")


class Errand(TextChoices):
    """What a station did for the applicant."""

    FETCHED = "fetched", _("We fetched it")
    PAID = "paid", _("We paid for it")
    FILLED = "filled", _("We filled it in")
    WENT = "went", _("We went along")
