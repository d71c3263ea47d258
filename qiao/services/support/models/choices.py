"""Closed lists of relief and subsidies."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What a household, a person or an employer is given. The first four are relief, the others are paid."""

    TAX = "tax", _("Tax relief of the self-employed")
    HIRE = "hire", _("Tax relief for hiring")
    LICENCE_FEES = "licence_fees", _("Licence and management fees waived")
    LOCAL_FEES = "local_fees", _("Local fees waived")
    INSURANCE = "insurance", _("Subsidy of social insurance")
    WELFARE_POST = "welfare_post", _("Subsidy of a public-welfare post")
    TRAINING = "training", _("Training subsidy")
    STARTUP = "startup", _("Start-up grant")


RELIEF = (Kind.TAX, Kind.HIRE, Kind.LICENCE_FEES, Kind.LOCAL_FEES)
PAID = (Kind.INSURANCE, Kind.WELFARE_POST, Kind.TRAINING, Kind.STARTUP)
OF_OUTLETS = (Kind.TAX, Kind.LICENCE_FEES, Kind.LOCAL_FEES)
OF_EMPLOYERS = (Kind.HIRE,)
OF_PEOPLE = PAID

# The parameter that says how long a help may be had, and how many months are one of it; none where no rule says so.
MONTHS = {
    Kind.TAX: ("relief_tax_months", 1),
    Kind.HIRE: ("relief_hire_months", 1),
    Kind.LICENCE_FEES: ("relief_fee_months", 1),
    Kind.INSURANCE: ("subsidy_years", 12),
    Kind.WELFARE_POST: ("welfare_post_months", 1),
}


class Stage(TextChoices):
    APPLIED = "applied", pgettext_lazy("benefit", "Applied")
    CHECKED = "checked", pgettext_lazy("benefit", "Checked by the community")
    REVIEWED = "reviewed", pgettext_lazy("benefit", "Reviewed by the street")
    GRANTED = "granted", pgettext_lazy("benefit", "Running")
    ENDED = "ended", pgettext_lazy("benefit", "Ended")
    REFUSED = "refused", pgettext_lazy("benefit", "Refused")


class StopReason(TextChoices):
    TIME = "time", _("The time is over")
    WORK = "work", _("Found stable work")
    CLOSED = "closed", _("The business closed")
    RETIRED = "retired", _("Reached retirement")
    UNPAID = "unpaid", _("Social insurance not paid any more")
    MOVED = "moved", _("Moved away")
    FALSE = "false", _("Papers were not true")
    OTHER = "other", _("Another reason")
