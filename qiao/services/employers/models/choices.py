"""Closed lists of employers and places of work."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class Edition(TextChoices):
    """Editions of the classification of industries, GB/T 4754. Section letters mean other things from one to another."""

    Y2002 = "2002", "GB/T 4754-2002"
    Y2011 = "2011", "GB/T 4754-2011"
    Y2017 = "2017", "GB/T 4754-2017"


class Help(TextChoices):
    PLACE = "place", _("A place to trade")
    FEES = "fees", _("Fees waived")
    LICENCE = "licence", _("Help with the licence")
    LOAN = "loan", _("A small loan")
    TRAINING = "training", _("Training to start a business")
    OTHER = "other", _("Something else")
