"""Closed lists of employers and places of work."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
    REFUSED = "refused", _("Refused")


class Edition(TextChoices):
    """Editions of the classification of industries, GB/T 4754. Section letters mean other things from one to another."""

    Y2002 = "2002", "GB/T 4754-2002"
    Y2011 = "2011", "GB/T 4754-2011"
    Y2017 = "2017", "GB/T 4754-2017"
