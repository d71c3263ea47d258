"""The closed lists of words that courses, classes and enrolments are made of."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CourseKind(TextChoices):
    SKILL = "skill", _("Skill training")
    BUSINESS = "business", _("Training to start a business")


class Trade(TextChoices):
    """What is taught, and what is wished. The everyday words for each stand in trades.yml."""

    COOKING = "cooking", _("Cooking and pastry")
    HOUSEHOLD = "household", _("Household service")
    CARE = "care", _("Care of the old and the young")
    SEWING = "sewing", _("Sewing")
    COMPUTER = "computer", _("Computer")
    ACCOUNTING = "accounting", _("Accounting")
    SELLING = "selling", _("Selling")
    BEAUTY = "beauty", _("Hair and beauty")
    VEHICLES = "vehicles", _("Driving and repair of vehicles")
    ELECTRIC = "electric", _("Electrician and welder")
    MACHINES = "machines", _("Machine tools")
    SECURITY = "security", _("Guarding and property")
    GARDENING = "gardening", _("Gardening")
    BUSINESS = "business", _("Starting a business")
    OTHER = "other", pgettext_lazy("training", "Something else")


class SchoolKind(TextChoices):
    PUBLIC = "public", _("Training centre of the labour office")
    VOCATIONAL = "vocational", _("Vocational school")
    PRIVATE = "private", _("Private school")
    EMPLOYER = "employer", _("Employer")
    OTHER = "other", pgettext_lazy("school", "Other")


class Certificate(TextChoices):
    NONE = "none", _("No certificate")
    COMPLETION = "completion", _("Certificate of completion")
    SPECIAL = "special", _("Certificate of a special skill")
    LEVEL = "level", _("Vocational qualification")
    BUSINESS = "business", _("Certificate of business training")


class Stage(TextChoices):
    INVITED = "invited", pgettext_lazy("training", "Invited")
    ENROLLED = "enrolled", pgettext_lazy("training", "Enrolled")
    DECLINED = "declined", pgettext_lazy("training", "Declined")
    LEFT = "left", _("Left the class")
    FINISHED = "finished", pgettext_lazy("training", "Finished")


class Result(TextChoices):
    PASSED = "passed", pgettext_lazy("training", "Passed")
    FAILED = "failed", pgettext_lazy("training", "Failed")
    ABSENT = "absent", _("Did not sit the examination")


class Mark(TextChoices):
    PRESENT = "present", pgettext_lazy("attendance", "Present")
    LATE = "late", pgettext_lazy("attendance", "Late")
    EXCUSED = "excused", pgettext_lazy("attendance", "Excused")
    ABSENT = "absent", pgettext_lazy("attendance", "Absent")


class Ground(TextChoices):
    """Why somebody may train at public cost, the strongest first."""

    REGISTERED = "registered", _("Registered unemployed")
    HARDSHIP = "hardship", _("In hardship")
    UNEMPLOYED = "unemployed", _("Unemployed")
    LOW_INCOME = "low_income", _("Draws low-income allowance")
    NEW_ENTRANT = "new_entrant", _("New entrant")
    RURAL_WORKER = "rural_worker", _("Rural worker")
