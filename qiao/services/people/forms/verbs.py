"""What is asked for when something is recorded about a resident: chips, today's date, little to type."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.forms import day_input
from qiao.core.ledgers.viewer import Viewer
from qiao.core.regions import codes
from qiao.core.regions.codes import Level
from qiao.core.regions.models import Region
from qiao.core.regions.naming import initials
from qiao.services.people.identity.search import matching
from qiao.services.people.models import Household, Resident, WillingnessChange
from qiao.services.people.models.choices import (
    OUTSIDE_REASONS,
    UNEMPLOYED_REASONS,
    CancelReason,
    Form,
    Reason,
    Relation,
)

LEAVING = (Reason.UNABLE, Reason.UNWILLING)
SHOWN = 60


def day(label: Any, **kwargs: Any) -> forms.DateField:
    widget = day_input(**{"class": "form-control"})
    return forms.DateField(label=label, widget=widget, **kwargs)


def chips(label: Any, options: Any, **kwargs: Any) -> forms.ChoiceField:
    choices = [(one.value, one.label) for one in options]
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **kwargs)


def line(label: Any, width: int, **kwargs: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "form-control"})
    return forms.CharField(label=label, max_length=width, widget=widget, **kwargs)


class VerbForm(forms.Form):
    """`days` begin as today and may not lie in the future.

    `picked` names a field chosen from a searched list, `wanted` what is chosen there at first.
    """

    days: ClassVar[tuple[str, ...]] = ()
    picked: ClassVar[str] = ""

    def __init__(
        self, data: Any = None, *, resident: Resident, viewer: Viewer, sought: str = "", wanted: str = ""
    ) -> None:
        self.wanted = wanted
        self.resident, self.viewer, self.sought = resident, viewer, sought.replace("\0", "").strip()[:60]
        super().__init__(data)
        for name in self.days:
            self.fields[name].initial = viewer.today
            self.fields[name].widget.attrs["max"] = viewer.today.isoformat()

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        for name in self.days:
            if isinstance(given.get(name), date) and given[name] > self.viewer.today:
                self.add_error(name, _("The date lies in the future."))
        return given

    @property
    def parts(self) -> list[tuple[str, Any]]:
        """Each field with the way it is drawn."""
        return [(self._look(bound), bound) for bound in self]

    def _look(self, bound: forms.BoundField) -> str:
        if bound.name == self.picked:
            return "picker"
        if isinstance(bound.field.widget, forms.RadioSelect):
            return "chips"
        return "check" if isinstance(bound.field, forms.BooleanField) else "line"


class WorkForm(VerbForm):
    days = ("since",)
    form = chips(_("Form of employment"), Form)
    since = day(_("In work since"))
    employer = line(_("Employer"), 120, required=False)
    post = line(_("Post"), 80, required=False)


class LossForm(VerbForm):
    days = ("since",)
    reason = chips(_("Reason"), [Reason(one) for one in UNEMPLOYED_REASONS])
    since = day(_("Out of work since"))
    register = forms.BooleanField(label=_("Register as unemployed today"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.resident.able or self.resident.willing is False:
            del self.fields["register"]


class OutsideForm(VerbForm):
    """Being unable or unwilling is not among the reasons: that takes a second person."""

    days = ("since",)
    reason = chips(_("Reason"), [Reason(one) for one in OUTSIDE_REASONS if one not in LEAVING])
    since = day(_("Since"))


class RegisterForm(VerbForm):
    days = ("on",)
    on = day(_("Registered unemployed on"))
    certificate_no = line(_("Certificate number"), 40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["certificate_no"].initial = self.resident.certificate_no


class CancelForm(VerbForm):
    days = ("on",)
    reason = chips(_("Reason of cancellation"), CancelReason)
    on = day(_("Registration cancelled on"))


class LeaveForm(VerbForm):
    what = chips(_("Change"), WillingnessChange.What)
    reason = line(_("Reason"), 200)


class Options(forms.RadioSelect):
    """Radio buttons under a search field."""


class TransferForm(VerbForm):
    days = ("moved_on",)
    picked = "to_region"
    to_region = forms.ModelChoiceField(
        Region.objects.none(), label=_("To community"), widget=Options, empty_label=None
    )
    moved_on = day(_("Moved on"))
    reason = line(_("Reason"), 200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = self.resident.region_id
        district = codes.at_level(here, Level.DISTRICT)
        others = (
            Region.objects.on(self.viewer.today)
            .under(district)
            .filter(level=Level.COMMUNITY)
            .exclude(pk=here)
        )
        field = self.fields["to_region"]
        field.queryset = others.order_by("code")  # type: ignore[attr-defined]
        if self.sought:
            wanted = self.sought.lower()
            fits = [
                (one.pk, str(one))
                for one in others.order_by("code")
                if wanted in one.name.lower() or (one.initials or initials(one.name)).startswith(wanted)
            ]
            field.choices = fits[:SHOWN]  # type: ignore[attr-defined]


class JoinForm(VerbForm):
    days = ("since",)
    picked = "household"
    household = forms.ChoiceField(label=_("Household"), widget=Options)
    relation = chips(_("Relation to head"), Relation)
    since = day(_("Since"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        homes = Household.objects.filter(region=self.resident.region_id).select_related("head")
        if self.sought:
            fits = (
                matching(self.sought, "head__")
                | Q(number__icontains=self.sought)
                | Q(address__icontains=self.sought)
            )
            homes = homes.filter(fits)
        self.homes = homes
        shown = [(str(home.pk), self._words(home)) for home in homes.order_by("-id")[:20]]
        field = self.fields["household"]
        field.choices = [("new", _("A new household")), *shown]  # type: ignore[attr-defined]
        self.initial.setdefault("household", self.wanted)
        chosen = self._chosen(self.data.get("household", "") if self.is_bound else self.wanted)
        if chosen and str(chosen.pk) not in dict(shown):
            field.choices = [*field.choices, (str(chosen.pk), self._words(chosen))]  # type: ignore[attr-defined]

    @staticmethod
    def _words(home: Household) -> str:
        return (
            " · ".join(filter(None, [home.head.name if home.head else "", home.number, home.address]))
            or f"#{home.pk}"
        )

    def _chosen(self, number: str) -> Household | None:
        known = number.isascii() and number.isdecimal() and len(number) < 19
        homes = Household.objects.filter(region=self.resident.region_id).select_related("head")
        return homes.filter(pk=int(number)).first() if known else None

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        chosen = given.get("household")
        given["household"] = self._chosen(chosen) if chosen and chosen != "new" else None
        return given


class LeaveHouseholdForm(VerbForm):
    days = ("until",)
    until = day(_("Until"))


class NothingForm(VerbForm):
    """A verb that asks for nothing."""
