"""The forms of visits: all chips, zero typing possible."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.forms import day_input
from qiao.core.standards import api as standards
from qiao.services.visits import campaigns, photos
from qiao.services.visits.models import (
    FINDINGS,
    TO_PEOPLE,
    Campaign,
    Finding,
    HelpEnd,
    HelperPair,
    Need,
    NeedAnswer,
    Outcome,
    Repayment,
    Situation,
    Target,
    Visit,
    Way,
    Why,
)

# Seen at work is a result of its own on the form: what the visits after placement ask for takes one tap.
AT_WORK = "working"
RESULTS = [(Outcome.MET.value, Outcome.MET.label), (AT_WORK, _("Met, at work")), *Outcome.choices[1:]]
FUTURE = _("The visit lies in the future. Enter it when it has taken place.")


def chips(label: Any, choices: Any, **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **kwargs)


def many(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple, required=False
    )


def day() -> forms.DateInput:
    return day_input(**{"class": "form-control"})


def line() -> forms.TextInput:
    return forms.TextInput(attrs={"class": "form-control"})


def at_work_said(given: dict[str, Any]) -> dict[str, Any]:
    """The result and the situation that one chip said together."""
    if given.get("outcome") == AT_WORK:
        given |= {"outcome": Outcome.MET.value, "situation": Situation.WORKING.value}
    return given


def not_a_person(form: forms.BaseForm) -> None:
    """Takes away what can only be said of people."""
    result: Any = form.fields["outcome"]
    result.choices = Outcome.choices


class VisitForm(forms.ModelForm):
    """`instance` says whom and why; what may be found follows from why."""

    outcome = chips(_("Result"), RESULTS)
    why = chips(_("Why"), Why, required=False)
    findings = many(_("Findings"), Finding)
    repayment = chips(_("Able to repay"), Repayment, required=False)
    campaign = forms.TypedChoiceField(
        label=_("Campaign"), coerce=int, empty_value=None, widget=forms.RadioSelect, required=False
    )
    target = chips(_("Whom"), [(one.value, one.label) for one in TO_PEOPLE], initial=Target.PERSON)
    way = chips(_("How"), Way, initial=Way.DOOR)
    situation = chips(_("How things stand"), Situation, required=False)
    needs = many(_("What is needed"), Need)
    last = forms.BooleanField(
        label=_("No further visit is needed"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
    picture = forms.FileField(
        label=_("Photo"),
        required=False,
        widget=forms.FileInput(attrs={"class": "form-control", "accept": "image/jpeg,image/png,image/webp"}),
    )
    entry = forms.UUIDField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Visit
        fields = (
            "outcome",
            "why",
            "findings",
            "repayment",
            "target",
            "way",
            "situation",
            "needs",
            "note",
            "visited_on",
            "next_on",
        )
        widgets = {"note": line(), "visited_on": day(), "next_on": day()}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if self.instance.employer_id or self.instance.outlet_id:
            del self.fields["target"], self.fields["situation"]
            not_a_person(self)
        self.initial["visited_on"] = self.instance.visited_on or today
        asked = self.data.get("why") or self.instance.why
        self.reason: str = asked if asked in Why.values else Why.OTHER.value
        self.initial["why"] = self.reason
        self._ask_what_belongs()

    def _ask_what_belongs(self) -> None:
        """Chips that say something about another reason are not offered."""
        found: Any = self.fields["findings"]
        found.choices = [(one.value, one.label) for one in FINDINGS[self.reason]]
        if not found.choices:
            del self.fields["findings"]
        if self.reason != Why.LOAN:
            del self.fields["repayment"], self.fields["picture"]
        running: list[Campaign] = []
        if self.reason == Why.OUTREACH:
            running = campaigns.running(self.instance.region_id, self.today)
        if not running:
            del self.fields["campaign"]
            return
        chosen: Any = self.fields["campaign"]
        chosen.choices = [(one.pk, str(one)) for one in running]
        if len(running) == 1:
            self.initial["campaign"] = running[0].pk

    def clean_why(self) -> str:
        return self.reason

    def clean_visited_on(self) -> date:
        visited: date = self.cleaned_data["visited_on"]
        if visited > self.today:
            raise forms.ValidationError(FUTURE)
        return visited

    def clean(self) -> dict[str, Any]:
        return at_work_said(super().clean() or self.cleaned_data)

    def clean_picture(self) -> str:
        upload = self.cleaned_data["picture"]
        if not upload:
            return ""
        limit = int(standards.value("photo_megabytes", self.instance.region_id, self.today))
        return photos.keep(upload, limit)

    def _post_clean(self) -> None:
        self.instance.campaign_id = self.cleaned_data.get("campaign")
        self.instance.photo = self.cleaned_data.get("picture") or ""
        self.instance.entry = self.cleaned_data.get("entry")
        super()._post_clean()  # type: ignore[misc]


class RoundForm(forms.Form):
    """What holds for a whole round."""

    visited_on = forms.DateField(label=_("Visited on"), widget=day())
    way = chips(_("How"), Way, initial=Way.DOOR)
    entry = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_visited_on(self) -> date:
        visited: date = self.cleaned_data["visited_on"]
        if visited > self.today:
            raise forms.ValidationError(FUTURE)
        return visited


class RowForm(forms.Form):
    """One row of a round; without a result it says nothing."""

    outcome = chips(_("Result"), RESULTS, required=False)
    situation = forms.ChoiceField(
        label=_("How things stand"),
        choices=[("", _("How things stand")), *Situation.choices],
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    needs = many(_("What is needed"), Need)
    note = forms.CharField(label=_("In a sentence"), max_length=300, required=False, widget=line())
    why = forms.ChoiceField(choices=Why, required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not given.get("outcome") and (given.get("situation") or given.get("needs") or given.get("note")):
            self.add_error("outcome", _("Choose the result as well."))
        return at_work_said(given)


class WholeForm(forms.ModelForm):
    """Judged with what the record holds besides the fields of the form."""

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            try:
                self.instance.validate_constraints()
            except ValidationError as error:
                self.add_error(None, ValidationError(error.messages))


class AnswerForm(WholeForm):
    class Meta:
        model = NeedAnswer
        fields = ("answer", "note")
        widgets = {"answer": forms.RadioSelect, "note": line()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answer: Any = self.fields["answer"]
        answer.choices = [one for one in answer.choices if one[0]]


class PairForm(WholeForm):
    class Meta:
        model = HelperPair
        fields = ("helper", "helper_kind", "helper_unit", "helper_phone", "since", "plan", "achieved")
        widgets = {
            "since": day(),
            "plan": forms.Textarea({"rows": 3}),
            "achieved": forms.Textarea({"rows": 3}),
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial["since"] = self.instance.since or today

    def clean_since(self) -> date:
        since: date = self.cleaned_data["since"]
        if since > self.today:
            raise ValidationError(_now("Help cannot begin in the future."))
        return since


def end_form(viewer: Any) -> type[forms.Form]:
    """Asks how help ended."""

    class EndForm(forms.Form):
        on = forms.DateField(label=_("Help ended on"), initial=viewer.today, widget=day())
        reason = forms.ChoiceField(label=_("Why help ended"), choices=HelpEnd)
        achieved = forms.CharField(label=_("What was achieved"), max_length=300)

        def clean_on(self) -> date:
            on: date = self.cleaned_data["on"]
            if on > viewer.today:
                raise ValidationError(_now("Help cannot end in the future."))
            return on

    return EndForm
