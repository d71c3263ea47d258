"""What is asked for when people are invited, answer, or leave."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from qiao.core.ledgers.viewer import Viewer
from qiao.services.training.models import TrainingClass, of_district, open_on

INVITE, ENROL = "invite", "enrol"


def described(one: TrainingClass) -> str:
    """A class as a clerk chooses it: what, which run, when, how many seats are left."""
    return _("%(course)s · %(number)s · %(from)s to %(to)s · %(left)s seats left") % {
        "course": one.course,
        "number": one.number,
        "from": one.starts_on,
        "to": one.ends_on,
        "left": one.left,
    }


class ClassField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return described(obj)


def enrol_form(viewer: Viewer) -> type[forms.Form]:
    """The classes of the district that still have seats."""
    open_now = of_district(viewer.scope).filter(open_on(viewer.today))

    class EnrolForm(forms.Form):
        training_class = ClassField(
            open_now.order_by("starts_on", "id"), label=pgettext_lazy("training", "Class")
        )
        how = forms.ChoiceField(
            label=gettext_lazy("How"),
            choices=[
                (INVITE, gettext_lazy("Invite; they take a seat when they accept")),
                (ENROL, gettext_lazy("Enrol at once; they have agreed")),
            ],
            initial=INVITE,
            widget=forms.RadioSelect,
        )

    return EnrolForm


def reason_form(viewer: Viewer) -> type[forms.Form]:
    class ReasonForm(forms.Form):
        reason = forms.CharField(label=pgettext_lazy("training", "Why"), max_length=120)

    return ReasonForm
