"""What is asked for with the verbs on posts, referrals and placements."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.accounts.forms import day_input
from qiao.core.calendars.clock import today
from qiao.core.ledgers.fields import MoneyField
from qiao.core.ledgers.viewer import Viewer
from qiao.core.procedures.declaration import CaseForm
from qiao.services.people import api as people
from qiao.services.vacancies.models import Placement
from qiao.services.vacancies.models.choices import (
    Channel,
    Contract,
    EmployerRefusal,
    EndReason,
    PersonRefusal,
)

UNTYPED = [("", "—")]


def day(label: Any, **kwargs: Any) -> forms.DateField:
    widget = day_input(**{"class": "form-control"})
    return forms.DateField(label=label, widget=widget, **kwargs)


def line(label: Any, width: int, **kwargs: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "form-control"})
    return forms.CharField(label=label, max_length=width, widget=widget, **kwargs)


def chips(label: Any, options: Any, **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=options, widget=forms.RadioSelect, **kwargs)


def select(label: Any, options: Any) -> forms.ChoiceField:
    widget = forms.Select(attrs={"class": "form-select"})
    return forms.ChoiceField(label=label, choices=[*UNTYPED, *options], required=False, widget=widget)


class Terms(forms.Form):
    """How somebody works: asked wherever work begins. The day is today at first and never in the future."""

    started_on = day(_("At work since"))
    contract = select(_("Contract"), Contract.choices)
    contract_until = day(_("Contract until"), required=False)
    pay_fen = MoneyField(label=_("Monthly pay (yuan)"), required=False)
    registered_on = day(_("Employment registered on"), required=False)

    business_day: date

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.business_day = today()
        self.fields["pay_fen"].widget.attrs["class"] = "form-control"
        self.fields["started_on"].initial = self.business_day
        for name in ("started_on", "registered_on"):
            self.fields[name].widget.attrs["max"] = self.business_day.isoformat()

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        for name in ("started_on", "registered_on"):
            if given.get(name) and given[name] > self.business_day:
                self.add_error(name, _("The date lies in the future."))
        begun, until, registered = (
            given.get(name) for name in ("started_on", "contract_until", "registered_on")
        )
        if begun and until and until <= begun:
            self.add_error("contract_until", _("The contract must end after the work begins."))
        if begun and registered and registered < begun:
            self.add_error("registered_on", _("Employment cannot be registered before it begins."))
        return given


class StartForm(Terms, CaseForm):
    """Work begins at the post of a referral."""


class RefuseForm(CaseForm):
    because = chips(_("Why"), PersonRefusal.choices)
    suitable = forms.BooleanField(
        label=_("The post was suitable"),
        required=False,
        initial=True,
        help_text=_("A suitable post that a person in hardship refuses counts toward the end of help."),
    )


class DeclineForm(CaseForm):
    because = chips(_("Why"), EmployerRefusal.choices)


class Options(forms.RadioSelect):
    """Radio buttons under a search field."""


class PlaceForm(Terms):
    """Work begins: at a post of the list, or at an employer that is named."""

    field_order = ("post", "kind", "started_on", "employer_name", "title")

    post = forms.ChoiceField(label=pgettext_lazy("vacancy", "Post"), widget=Options, required=False)
    kind = chips(_("Form of employment"), people.Form.choices, initial=people.Form.UNIT)
    employer_name = line(_("Employer, if no post was chosen"), 120, required=False)
    title = line(pgettext_lazy("placement", "Work"), 80, required=False)
    channel = select(_("Came about through"), Channel.choices)

    def __init__(self, *args: Any, posts: list[tuple[str, Any]], sought: str = "", **kwargs: Any) -> None:
        self.sought = sought
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [("", _("Not at a post of this list")), *posts]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        unnamed = not given.get("post") and not given.get("employer_name", "").strip()
        if unnamed and given.get("kind") in (people.Form.UNIT, people.Form.WELFARE_POST):
            self.add_error("employer_name", _("Choose a post, or name the employer."))
        return given


class WithdrawForm(forms.Form):
    because = line(_("Why the post is withdrawn"), 120)


def withdraw_form(viewer: Viewer) -> type[forms.Form]:
    return WithdrawForm


def end_form(viewer: Viewer) -> type[forms.Form]:
    class EndForm(forms.Form):
        on = day(_("Work ended on"), initial=viewer.today)
        reason = chips(_("Why it ended"), EndReason.choices)
        register = forms.BooleanField(label=_("Register as unemployed today"), required=False, initial=True)

    return EndForm


def take_back_form(viewer: Viewer) -> type[forms.Form]:
    class TakeBackForm(forms.Form):
        because = line(
            _("Why it is taken back"),
            200,
            help_text=_(
                "The status before goes on, the opening is free again, and referrals that had ended are open again. "
                "Figures of closed periods stay as kept; the change is marked there."
            ),
        )

    return TakeBackForm


def registered_form(viewer: Viewer) -> type[forms.Form]:
    class RegisteredForm(forms.Form):
        on = day(_("Employment registered on"), initial=viewer.today)

        def clean_on(self) -> date:
            on: date = self.cleaned_data["on"]
            if on > viewer.today:
                raise forms.ValidationError(_("The date lies in the future."))
            return on

    return RegisteredForm


class TermsForm(forms.ModelForm):
    """What may be corrected without touching the status: not the day on which the work began."""

    pay_fen = MoneyField(label=_("Monthly pay (yuan)"), required=False)

    class Meta:
        model = Placement
        fields = (
            "employer_name",
            "title",
            "channel",
            "channel_name",
            "pay_fen",
            "contract",
            "contract_until",
            "registered_on",
            "note",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("contract_until", "registered_on"):
            self.fields[name].widget = day_input()
        if self.instance.post_id:
            del self.fields["employer_name"]
            del self.fields["title"]
