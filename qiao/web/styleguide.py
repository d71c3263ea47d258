"""Every part of the interface on one page, in DEBUG only: the place to look at a change."""

from __future__ import annotations

from pathlib import Path

import yaml
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

EXAMPLES = yaml.safe_load((Path(__file__).parent / "styleguide.yml").read_text(encoding="utf-8"))
SERIES = [6.1, 5.8, 5.9, None, 5.2, 4.9, 4.7, 4.8]


class ExampleForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=20)
    phone = forms.CharField(
        label=_("Phone"), required=False, help_text=_("With or without spaces and dashes.")
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=[("1", _("Male")), ("2", _("Female"))])
    willing = forms.BooleanField(label=_("Willing to work"), required=False)
    note = forms.CharField(label=_("Note"), widget=forms.Textarea({"rows": 2}), required=False)


@login_not_required
def show(request: HttpRequest) -> HttpResponse:
    """Query `toasts` shows messages, `progress` answers a step of the running bar."""
    if request.GET.get("progress"):
        return running(request, int(request.GET["progress"]))
    if request.GET.get("toasts"):
        messages.success(request, _("3 records deleted."), extra_tags=f"undo={reverse('styleguide')}")
        messages.error(request, _("The file cannot be read."))
    form = ExampleForm(request.POST) if request.method == "POST" else ExampleForm()
    if request.method == "POST" and form.is_valid():
        messages.success(request, _("Saved."))
    context = {
        **EXAMPLES,
        "form": form,
        "series": SERIES,
        "steps": [_("Upload"), _("Columns"), _("Check"), _("Result")],
        "crumbs_shown": [{"label": _("Home"), "url": "#"}, {"label": _("Residents"), "url": "#"}],
        "tabs_shown": [
            {"label": _("Not in work"), "url": "#", "count": 214, "active": True},
            {"label": _("Overdue for a visit"), "url": "#", "count": 12, "tone": "danger"},
            {"label": _("All"), "url": "#", "count": None},
        ],
        "batch": [
            {"label": _("Hand over"), "value": "assign"},
            {"label": _("Export"), "value": "export", "reason": _("Your post may not export lists.")},
            {
                "label": _("Delete"),
                "value": "delete",
                "danger": True,
                "confirm": _("Delete the chosen records?"),
            },
        ],
    }
    return render(request, "web/styleguide.html", context)


def running(request: HttpRequest, done: int) -> HttpResponse:
    following = "" if done >= 10 else f"{reverse('styleguide')}?progress={done + 1}"
    return render(request, "web/styleguide_progress.html", {"done": done, "poll": following})
