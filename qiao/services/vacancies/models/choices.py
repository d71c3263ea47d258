"""The closed lists of words a post, a referral and a placement are made of."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Source(TextChoices):
    """Where a post, or a placement, came from."""

    COMMUNITY = "community", _("Community")
    MARKET = "market", pgettext_lazy("source of posts", "Market")
    OUTLET = "outlet", _("Outlet expansion")
    OFFICER = "officer", _("Information officer")
    FAIR = "fair", _("Job fair")
    EMPLOYER = "employer", _("Employer")
    PHONE = "phone", pgettext_lazy("source of posts", "Phone call")


class Channel(TextChoices):
    """By which way a person came to work."""

    COMMUNITY = "community", _("Community")
    MARKET = "market", pgettext_lazy("source of posts", "Market")
    OUTLET = "outlet", _("Outlet expansion")
    OFFICER = "officer", _("Information officer")
    FAIR = "fair", _("Job fair")
    EMPLOYER = "employer", _("Employer")
    PHONE = "phone", pgettext_lazy("source of posts", "Phone call")
    TRAINING = "training", _("After training")
    OWN = "own", _("Found alone")


class PostState(TextChoices):
    DRAFT = "draft", _("Draft")
    CHECKED = "checked", _("Checked")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class PayUnit(TextChoices):
    MONTH = "month", _("a month")
    DAY = "day", _("a day")
    HOUR = "hour", _("an hour")
    PIECE = "piece", _("by the piece")


class Shift(TextChoices):
    DAY = "day", _("Day shift")
    TWO = "two", _("Two shifts")
    THREE = "three", _("Three shifts")
    NIGHT = "night", _("Night shift")
    FLEXIBLE = "flexible", _("Flexible hours")


class PersonRefusal(TextChoices):
    """Why a person does not take a post."""

    PAY = "pay", _("Pay too low")
    DISTANCE = "distance", _("Too far away")
    HOURS = "hours", _("Hours do not suit")
    WORK = "work", _("Does not want this kind of work")
    HEALTH = "health", _("Health does not allow it")
    FAMILY = "family", _("Family needs care")
    ABSENT = "absent", _("Did not go")
    OTHER = "person_other", _("Another reason of the person")


class EmployerRefusal(TextChoices):
    """Why an employer does not take a person."""

    SKILL = "skill", _("Skills do not fit")
    EXPERIENCE = "experience", _("Too little experience")
    AGE = "age", _("Outside the age wanted")
    CERTIFICATE = "certificate", _("A certificate is missing")
    FILLED = "filled", _("Somebody else was hired")
    OTHER = "employer_other", _("Another reason of the employer")


class Lapse(TextChoices):
    """Why neither side decides any more."""

    WITHDRAWN = "withdrawn", _("The post was withdrawn")
    AT_WORK = "at_work", _("The person works elsewhere")
    ALL_GIVEN = "all_given", _("All openings were given")
    NO_ANSWER = "no_answer", _("Nothing was heard")


class Contract(TextChoices):
    OPEN = "open", _("Without a fixed end")
    FIXED = "fixed", _("For a fixed term")
    TASK = "task", _("Until a task is done")
    PART_TIME = "part_time", _("Part-time agreement")
    DISPATCH = "dispatch", _("Through an agency")
    NONE = "none", _("No written contract")


class EndReason(TextChoices):
    TERM = "term", _("The contract ended")
    LEFT = "left", _("Left of own accord")
    DISMISSED = "dismissed", _("Dismissed")
    CLOSED = "closed", _("Employer closed")
    RETIRED = "retired", _("Retired")
    ILL = "ill", _("No longer able to work")
    OTHER_WORK = "other_work", _("Went to other work")
    OTHER = "other", _("Other reason")
