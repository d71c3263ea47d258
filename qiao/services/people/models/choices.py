"""The closed lists of words a resident's record is made of. Their everyday spellings stand in vocabulary.yml."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sex(TextChoices):
    MALE = "M", _("Male")
    FEMALE = "F", _("Female")


class IdKind(TextChoices):
    RESIDENT = "resident", _("Resident identity card")
    OTHER = "other", _("Other document")
    UNKNOWN = "unknown", _("Not known yet")


class Kind(TextChoices):
    """The three peaks of 2006: laid off, grown up, come from the countryside."""

    LAID_OFF = "laid_off", _("Laid-off worker")
    NEW_ENTRANT = "new_entrant", _("New entrant")
    RURAL_WORKER = "rural_worker", _("Rural worker")
    OTHER = "other", _("Other resident")


class Education(TextChoices):
    ILLITERATE = "illiterate", _("No schooling")
    PRIMARY = "primary", _("Primary school")
    JUNIOR = "junior", _("Junior middle school")
    SENIOR = "senior", _("Senior middle school")
    VOCATIONAL = "vocational", _("Vocational school")
    SECONDARY_TECHNICAL = "secondary_technical", _("Secondary technical school")
    COLLEGE = "college", _("Junior college")
    BACHELOR = "bachelor", _("Bachelor")
    POSTGRADUATE = "postgraduate", _("Postgraduate")


class Party(TextChoices):
    MEMBER = "member", _("Party member")
    PROBATIONARY = "probationary", _("Probationary party member")
    LEAGUE = "league", _("Youth League member")
    OTHER = "other", _("Other party")
    MASSES = "masses", _("No party")


class HukouKind(TextChoices):
    URBAN = "urban", _("Urban hukou")
    RURAL = "rural", _("Rural hukou")
    OTHER = "other", _("Other hukou")


class Marital(TextChoices):
    SINGLE = "single", _("Single")
    MARRIED = "married", _("Married")
    DIVORCED = "divorced", _("Divorced")
    WIDOWED = "widowed", _("Widowed")


class Health(TextChoices):
    HEALTHY = "healthy", _("Healthy")
    FAIR = "fair", _("Fair health")
    CHRONIC = "chronic", _("Chronically ill")
    DISABLED = "disabled", _("Disabled")


class Relation(TextChoices):
    HEAD = "head", _("Head of household")
    SPOUSE = "spouse", _("Spouse")
    CHILD = "child", _("Child")
    CHILD_IN_LAW = "child_in_law", _("Child's spouse")
    PARENT = "parent", _("Parent")
    GRANDCHILD = "grandchild", _("Grandchild")
    SIBLING = "sibling", _("Brother or sister")
    OTHER = "other", _("Other relative")


class State(TextChoices):
    EMPLOYED = "employed", _("Employed")
    UNEMPLOYED = "unemployed", _("Unemployed")
    OUTSIDE = "not_in_labour_force", _("Not in the labour force")


class Form(TextChoices):
    UNIT = "unit", _("In a unit")
    SELF = "self", _("Self-employed")
    FLEXIBLE = "flexible", _("Flexible work")
    WELFARE_POST = "welfare_post", _("Public-welfare post")


class Reason(TextChoices):
    """Why a spell is what it is: the first group for unemployment, the second for being outside."""

    LAID_OFF = "laid_off", _("Laid off")
    DISMISSED = "dismissed", _("Dismissed")
    CONTRACT_ENDED = "contract_ended", _("Contract ended")
    BANKRUPT = "bankrupt", _("Employer closed")
    GRADUATED = "graduated", _("Left school")
    RETURNED = "returned", _("Came back from elsewhere")
    LEFT = "left", _("Left of own accord")
    STUDENT = "student", _("Studying")
    RETIRED = "retired", _("Retired")
    ARMY = "army", _("In the army")
    UNABLE = "unable", _("Not able to work")
    UNWILLING = "unwilling", _("Not wishing to work")
    OTHER = "other", _("Other reason")


UNEMPLOYED_REASONS = (
    Reason.LAID_OFF,
    Reason.DISMISSED,
    Reason.CONTRACT_ENDED,
    Reason.BANKRUPT,
    Reason.GRADUATED,
    Reason.RETURNED,
    Reason.LEFT,
    Reason.OTHER,
)
OUTSIDE_REASONS = (
    Reason.STUDENT,
    Reason.RETIRED,
    Reason.ARMY,
    Reason.UNABLE,
    Reason.UNWILLING,
    Reason.OTHER,
)


class CancelReason(TextChoices):
    """Why a registration of unemployment ends (local rules of the 2020s, usable for earlier years)."""

    HIRED = "hired", _("Hired")
    OWN_BUSINESS = "own_business", _("Started a business")
    STEADY_INCOME = "steady_income", _("Steady income")
    PENSION = "pension", _("Draws a pension")
    SCHOOL = "school", _("Went to school")
    ARMY = "army", _("Joined the army")
    MOVED = "moved", _("Moved away")
    UNABLE = "unable", _("Fully unable to work")
    PRISON = "prison", _("Imprisoned")
    REFUSED = "refused", _("Refused suitable posts")
    DIED = "died", _("Died")
    OTHER = "other", _("Other reason")


class HardshipCategory(TextChoices):
    OLDER_4050 = "older_4050", _("4050 (women 40+, men 50+)")
    ZERO_EMPLOYMENT = "zero_employment", _("Zero-employment household")
    LOW_INCOME = "low_income", _("Low-income allowance")
    DISABLED = "disabled", _("Disabled person")
    LONG_UNEMPLOYED = "long_unemployed", _("Long unemployed")
    LOST_LAND = "lost_land", _("Lost land")
    SINGLE_PARENT = "single_parent", _("Single parent")
    GRADUATE = "graduate", _("Graduate in hardship")
    VETERAN = "veteran", _("Veteran in hardship")
    OTHER = "other", _("Other hardship")
