"""Which policy fits me: a visitor says what is known, and is told; nothing is kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qiao.core.accounts.public import politely
from qiao.core.calendars.clock import today
from qiao.core.ledgers.fields import PartialDateField
from qiao.core.records.binding import beyond_scope
from qiao.core.regions.models import Region
from qiao.engines.rules import Verdict
from qiao.services.support import facts, judging
from qiao.services.support.judging import trades
from qiao.services.support.policies import wording

YES, NO = "yes", "no"
ANSWERS = (("", _("I do not know")), (YES, _("Yes")), (NO, _("No")))
GROUPS = ("registered", "certificate", "hardship", "low_income", "disabled", "idle_household", "rural_worker")


def yes_or_no(label: Any, **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=ANSWERS, widget=forms.RadioSelect, required=False, initial="", **kwargs
    )


class VisitorForm(forms.Form):
    place = forms.TypedChoiceField(label=_("Where do you live?"), coerce=int)
    sex = forms.ChoiceField(
        label=_("Woman or man?"), choices=(("F", _("Woman")), ("M", _("Man"))), widget=forms.RadioSelect
    )
    birth = PartialDateField(label=_("When were you born?"), help_text=_("For example 1962-05."))
    work = forms.ChoiceField(label=_("What do you do now?"), widget=forms.RadioSelect)
    business = PartialDateField(
        label=_("Since when does your business run?"), required=False, help_text=_("Only if you have one.")
    )
    trade = forms.ChoiceField(label=_("What does it do?"), required=False)
    registered = yes_or_no(_("Are you registered as unemployed?"))
    certificate = yes_or_no(_("Do you hold a re-employment certificate or one of unemployment registration?"))
    hardship = yes_or_no(_("Are you recognised as a person in employment hardship?"))
    low_income = yes_or_no(_("Does your family draw the low-income allowance?"))
    disabled = yes_or_no(_("Do you hold a disability certificate?"))
    idle_household = yes_or_no(_("Is nobody in your household at work?"))
    rural_worker = yes_or_no(_("Did you come from the countryside to work?"))
    able = yes_or_no(_("Are you able to work?"))
    college = yes_or_no(_("Did you finish college?"))
    graduated = PartialDateField(
        label=_("When did you leave school?"), required=False, help_text=_("Only if you finished college.")
    )
    had = yes_or_no(_("Have you had a subsidy of social insurance or a public-welfare post before?"))

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with beyond_scope("names of districts are for everybody"):
            places = list(Region.objects.on(day).filter(level=Region.Level.DISTRICT).order_by("code"))
        self.fields["place"].choices = [(one.code, one.name) for one in places]  # type: ignore[attr-defined]
        if len(places) == 1:
            self.fields["place"].widget = forms.HiddenInput()
            self.fields["place"].initial = places[0].code
        self.fields["work"].choices = list(wording().work.items())  # type: ignore[attr-defined]
        self.fields["trade"].choices = [("", "—"), *trades().items()]  # type: ignore[attr-defined]
        for name in ("birth", "business", "graduated"):
            self.fields[name].today = day  # type: ignore[attr-defined]

    def facts(self, day: date) -> dict[str, Any]:
        """The visitor's answers as the columns that the clauses ask for."""
        given = self.cleaned_data
        said = {name: {YES: True, NO: False}.get(given[name]) for name in (*GROUPS, "able", "college")}
        birth = given["birth"].first if given["birth"] else None
        never = facts.NEVER if given["had"] == NO else None
        trading = given["work"] == "self"
        return {
            **said,
            "sex": given["sex"],
            "birth": birth,
            "retires": facts.retiring(day)(given["sex"], birth, given["place"]),
            "work": given["work"],
            "unemployed": given["work"] == "unemployed",
            "new_entrant": None,
            "business": given["business"].first if trading and given["business"] else None,
            "trade": (given["trade"] or None) if trading else None,
            "graduated": given["graduated"].first if given["graduated"] else None,
            "insured_since": never,
            "welfare_since": never,
        }


@politely
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    day = today()
    form = VisitorForm(request.POST if request.method == "POST" else None, day=day)
    shown: list[judging.Shown] | None = None
    if request.method == "POST" and form.is_valid():
        with beyond_scope("values of parameters are for everybody"):
            shown = judging.answers(form.facts(day), form.cleaned_data["place"], day)
    context = {
        "form": form,
        "shown": shown,
        "fits": [one for one in shown or () if one.verdict is Verdict.FITS],
        "nearly": [one for one in shown or () if one.verdict is Verdict.NEARLY],
        "others": [one for one in shown or () if one.verdict is Verdict.NO],
        "day": day,
    }
    return render(request, "support/ask.html", context, status=422 if form.errors else 200)
