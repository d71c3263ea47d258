"""Closed lists of employers and places of work."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STANDING = "recognised", "mending"
"""Stages of a base that holds its title."""


class Kind(TextChoices):
    ENTERPRISE = "enterprise", _("Enterprise")
    INDIVIDUAL = "individual", _("Individual business")
    PUBLIC = "public", _("Public institution")
    GOVERNMENT = "government", _("Government body")
    COMMITTEE = "committee", _("Residents' committee")
    MARKET = "market", _("Market management")
    ORGANISATION = "organisation", _("Social organisation")
    OTHER = "other", _("Other")


class Verification(TextChoices):
    WAITING = "waiting", _("Waiting to be verified")
    VERIFIED = "verified", _("Verified")
    REFUSED = "refused", pgettext_lazy("verification", "Refused")


class Help(TextChoices):
    PLACE = "place", _("A place to trade")
    FEES = "fees", _("Fees waived")
    LICENCE = "licence", _("Help with the licence")
    LOAN = "loan", _("A small loan")
    TRAINING = "training", _("Training to start a business")
    OTHER = "other", _("Something else")
