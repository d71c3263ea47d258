"""What stations, offices and the district owe to residents and to the truth of the register."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, DateField, Exists, Func, OuterRef, Q, QuerySet, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.rights import Role
from qiao.core.duties.declaration import After, Duty, Viewer, register
from qiao.core.duties.spans import Shifted, months
from qiao.core.standards import api as standards
from qiao.services.people.identity.age import years_before
from qiao.services.people.models import (
    Answer,
    DuplicatePair,
    HardshipCase,
    Resident,
    Transfer,
    WillingnessChange,
)
from qiao.services.people.models.choices import Sex, State

AGES = "older_age_female", "older_age_male", "retirement_age_female_cadre", "retirement_age_male"
SUPERVISORS = Role.OFFICE, Role.EMPLOYMENT_SECTION


class AddYears(Func):
    """AddYears("birth_date", years=40): a date."""

    template = "(%(expressions)s + make_interval(years => %(years)s))::date"
    output_field = DateField()


def unemployed() -> QuerySet[Any]:
    rows: QuerySet[Any] = Resident.objects.filter(state=State.UNEMPLOYED)
    return rows


class OfResident(Duty):
    """Arises from a resident, for the person responsible."""

    owed_by = (Role.STATION,)
    overseen_by = SUPERVISORS
    person = "owner"
    who = "name"

    def url(self, target: int) -> str:
        return reverse("ledgers:file", args=["residents", target])


@register
class SixMonths(OfResident):
    """Nobody is to stay unemployed longer than half a year: said one month before, until the spell ends or
    somebody has looked at the person since."""

    code = "long_spell"
    title = _("Unemployed for nearly half a year or longer")
    action = _("Open the file")
    due = After("state_since", months("max_spell_months"))
    warn = 31
    rank = 30

    def facts(self, viewer: Viewer) -> QuerySet[Any]:
        half_a_year_on = Shifted(self.due.expression, self.due.fixed(viewer.scope, viewer.today))
        not_looked_at = Q(verified_on=None) | Q(verified_on__lt=half_a_year_on)
        return unemployed().filter(not_looked_at, able=True).exclude(willing=False)


@register
class Confirmation(OfResident):
    """Each record of an unemployed person is confirmed at least once a quarter."""

    code = "confirm_unemployed"
    title = _("Quarterly confirmation of the unemployed")
    action = _("Record visit")
    due = After(Coalesce("verified_on", "state_since"), months("confirm_months"))
    rank = 40

    def facts(self, viewer: Viewer) -> QuerySet[Any]:
        return unemployed()

    def url(self, target: int) -> str:
        return f"{reverse('visit_new')}?resident={target}"


@register
class TurnsFortyFifty(OfResident):
    """Who reaches the 4050 age while unemployed may ask for recognition: met when an application is made."""

    code = "turns_4050"
    title = _("Reached the 4050 age, recognition not applied for")
    action = _("Apply")
    due = After("turns_on")
    parameters = AGES
    warn = 31
    rank = 45

    def facts(self, viewer: Viewer) -> QuerySet[Any]:
        woman, man, woman_retires, man_retires = (
            int(standards.value(code, viewer.scope.code, viewer.today)) for code in AGES
        )
        soon = self.horizon(viewer)
        of_age = Q(
            sex=Sex.FEMALE,
            birth_date__gt=years_before(viewer.today, woman_retires),
            birth_date__lte=years_before(soon, woman),
        ) | Q(
            sex=Sex.MALE,
            birth_date__gt=years_before(viewer.today, man_retires),
            birth_date__lte=years_before(soon, man),
        )
        turns_on = Case(
            When(sex=Sex.FEMALE, then=AddYears("birth_date", years=woman)),
            default=AddYears("birth_date", years=man),
            output_field=DateField(),
        )
        return unemployed().filter(of_age, able=True).exclude(willing=False).annotate(turns_on=turns_on)

    def met_by(self, viewer: Viewer) -> Exists:
        return Exists(HardshipCase.objects.filter(resident=OuterRef("pk")))

    def url(self, target: int) -> str:
        return f"{reverse('case_new', args=['hardship'])}?resident={target}"


class OfProposal(Duty):
    """A proposal that waits for the answer of another person."""

    kind: str
    action = _("Answer")
    due = After("asked_on", months(1))
    warn = 31
    who = "resident__name"
    barred = "asked_by"
    rank = 15

    def url(self, target: int) -> str:
        return reverse("answer", args=[self.kind, target])


@register
class TransferToAccept(OfProposal):
    kind = "transfer"
    code = "accept_transfer"
    title = _("Residents who moved here, to accept")
    owed_by = (Role.STATION,)
    overseen_by = SUPERVISORS
    region = "to_region"

    def facts(self, viewer: Viewer) -> QuerySet[Any]:
        rows: QuerySet[Any] = Transfer.objects.filter(answer=Answer.OPEN, requested=False)
        return rows


@register
class TransferToRelease(OfProposal):
    kind = "request"
    code = "release_transfer"
    title = _("Residents another community asks for")
    owed_by = (Role.STATION,)
    overseen_by = SUPERVISORS

    def facts(self, viewer: Viewer) -> QuerySet[Any]:
        rows: QuerySet[Any] = Transfer.objects.filter(answer=Answer.OPEN, requested=True)
        return rows


@register
class WillingnessToConfirm(OfProposal):
    kind = "willingness"
    code = "confirm_willingness"
    title = _("“No longer willing or able”: second person needed")
    owed_by = (Role.OFFICE,)
    overseen_by = (Role.EMPLOYMENT_SECTION,)

    def facts(self, viewer: Viewer) -> QuerySet[Any]:
        rows: QuerySet[Any] = WillingnessChange.objects.filter(answer=Answer.OPEN)
        return rows


@register
class DuplicateToSettle(Duty):
    code = "settle_duplicate"
    title = _("Possible duplicates to settle")
    action = _("Compare")
    due = After("created_at", months(1))
    warn = 31
    owed_by = Role.STATION, Role.OFFICE
    who = "resident__name"
    rank = 60

    def facts(self, viewer: Viewer) -> QuerySet[Any]:
        """Whoever sees both records settles them."""
        scope, is_open = viewer.scope, Q(verdict=DuplicatePair.Verdict.OPEN)
        rows: QuerySet[Any] = DuplicatePair.objects.filter(
            is_open,
            other_region__gte=scope.lo,
            other_region__lt=scope.hi,
            resident__deleted_at=None,
            other__deleted_at=None,
        )
        return rows

    def url(self, target: int) -> str:
        return reverse("duplicate", args=[target])
