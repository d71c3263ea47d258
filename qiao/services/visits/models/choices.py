"""The words of visits, each a chip on the form."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Target(models.TextChoices):
    PERSON = "person", _("The person")
    EMPLOYER = "employer", _("The employer")
    FAMILY = "family", _("The family")
    OUTLET = "outlet", _("The outlet")


TO_PEOPLE = Target.PERSON, Target.EMPLOYER, Target.FAMILY


class Why(models.TextChoices):
    PLACEMENT = "placement", _("After placement")
    LOAN = "loan", _("Loan in use")
    HARDSHIP = "hardship", _("Help in hardship")
    POLICY = "policy", _("Policy explained")
    OUTREACH = "outreach", _("Outreach campaign")
    INSPECTION = "inspection", _("Inspection sample")
    OTHER = "other", _("Other reason")


class Way(models.TextChoices):
    DOOR = "door", _("At the door")
    PHONE = "phone", _("By phone")
    OTHER = "other", _("Another way")


class Outcome(models.TextChoices):
    MET = "met", _("Met")
    NOT_MET = "not_met", _("Not met")
    NO_ANSWER = "no_answer", _("Phone not answered")
    REFUSED = "refused", _("Refused the visit")


class Situation(models.TextChoices):
    SEEKING = "seeking", _("Looking for work")
    WORKING = "working", _("Working")
    TRAINING = "training", _("In training")
    CARING = "caring", _("Caring for family")
    ILL = "ill", _("Ill")
    AWAY = "away", _("Away")


class Need(models.TextChoices):
    POST = "post", _("A post")
    TRAINING = "training", _("Training")
    LOAN = "loan", _("A loan")
    POLICY = "policy", _("Policy advice")
    OTHER = "other", _("Something else")


class Finding(models.TextChoices):
    SUITS = "suits", _("Work suits")
    PAID_LATE = "paid_late", _("Pay is late")
    NO_CONTRACT = "no_contract", _("No contract")
    UNINSURED = "uninsured", _("Not insured")
    WANTS_CHANGE = "wants_change", _("Wants another post")
    BUSINESS_GOOD = "business_good", _("Business goes well")
    BUSINESS_STEADY = "business_steady", _("Business holds")
    BUSINESS_WEAK = "business_weak", _("Business is weak")
    BUSINESS_STOPPED = "business_stopped", _("Business has stopped")
    USED_OTHERWISE = "used_otherwise", _("Loan used otherwise")
    POOR_HEALTH = "poor_health", _("Health in the way")
    LACKS_SKILL = "lacks_skill", _("Lacks a skill")
    DECLINED = "declined", _("Declined a post")
    IN_NEED = "in_need", _("Household in need")
    KNOWS = "knows", _("Knows the policy")
    TOLD_NOW = "told_now", _("Heard of it first now")
    PAPERS_MISSING = "papers_missing", _("Papers are missing")
    UNCLAIMED = "unclaimed", _("Entitled, not applied")
    INTERESTED = "interested", pgettext_lazy("outreach", "Interested")
    NOT_INTERESTED = "not_interested", _("Not interested")
    RUNS_BUSINESS = "runs_business", _("Runs a business")
    WANTS_BUSINESS = "wants_business", _("Wants to start a business")
    AS_RECORDED = "as_recorded", _("As recorded")
    DIFFERS = "differs", _("Differs from the record")
    UNKNOWN_HERE = "unknown_here", _("Not known here")
    CONTENT = "content", _("Satisfied")
    DISCONTENT = "discontent", _("Not satisfied")


# What a visit looks for, by why it is made.
FINDINGS: Mapping[str, tuple[Finding, ...]] = {
    Why.PLACEMENT: (
        Finding.SUITS,
        Finding.PAID_LATE,
        Finding.NO_CONTRACT,
        Finding.UNINSURED,
        Finding.WANTS_CHANGE,
    ),
    Why.LOAN: (
        Finding.BUSINESS_GOOD,
        Finding.BUSINESS_STEADY,
        Finding.BUSINESS_WEAK,
        Finding.BUSINESS_STOPPED,
        Finding.USED_OTHERWISE,
    ),
    Why.HARDSHIP: (Finding.POOR_HEALTH, Finding.LACKS_SKILL, Finding.DECLINED, Finding.IN_NEED),
    Why.POLICY: (Finding.KNOWS, Finding.TOLD_NOW, Finding.PAPERS_MISSING, Finding.UNCLAIMED),
    Why.OUTREACH: (
        Finding.INTERESTED,
        Finding.NOT_INTERESTED,
        Finding.RUNS_BUSINESS,
        Finding.WANTS_BUSINESS,
    ),
    Why.INSPECTION: (
        Finding.AS_RECORDED,
        Finding.DIFFERS,
        Finding.UNKNOWN_HERE,
        Finding.CONTENT,
        Finding.DISCONTENT,
    ),
    Why.OTHER: (),
}


class Repayment(models.TextChoices):
    ABLE = "able", _("Can repay")
    STRAINED = "strained", _("Can hardly repay")
    UNABLE = "unable", _("Cannot repay")


class AnswerKind(models.TextChoices):
    ADVISED = "advised", _("Advice given")
    ELSEWHERE = "elsewhere", _("Met in another way")
    UNWANTED = "unwanted", _("No longer wanted")
    IMPOSSIBLE = "impossible", _("Cannot be met")


class HelperKind(models.TextChoices):
    LEADER = "leader", pgettext_lazy("helper", "Leader")
    STAFF = "staff", pgettext_lazy("helper", "Staff member")
    PARTY_MEMBER = "party_member", pgettext_lazy("helper", "Party member")
    OTHER = "other", pgettext_lazy("helper", "Other")


class HelpEnd(models.TextChoices):
    STABLE_WORK = "stable_work", _("In stable work")
    NO_LONGER_NEEDED = "no_longer_needed", _("Help no longer needed")
    DECLINED = "declined", _("Help declined")
    MOVED = "moved", _("Moved away")
    CHANGED = "changed", _("Another helper took over")
