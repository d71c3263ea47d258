"""Records are handed over from one of the staff to another, one of them or many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from qiao.core.accounts.rights import Right
from qiao.core.ledgers.filters import colleagues
from qiao.core.ledgers.parts import Action
from qiao.core.ledgers.viewer import Viewer


def colleague_form(roles: Sequence[str] = (), base: type[forms.Form] = forms.Form) -> Any:
    """A form that asks `to` whom; those of some roles only, and what `base` asks besides."""

    def made(viewer: Viewer) -> type[forms.Form]:
        to = forms.TypedChoiceField(
            label=_("Responsible"),
            choices=[("", "—"), *colleagues(viewer, roles)],
            coerce=int,
            empty_value=None,
            required=bool(roles),
        )
        return type("ColleagueForm", (base,), {"to": to})

    return made


def handed(count: int) -> str:
    return ngettext("%d record is handed over.", "%d records are handed over.", count) % count


def _runner(field: str) -> Callable[[Viewer, list[Any], dict[str, Any]], object]:
    def run(viewer: Viewer, records: list[Any], given: dict[str, Any]) -> object:
        rows = type(records[0]).objects.filter(pk__in=[one.pk for one in records])
        return handed(rows.update(**{f"{field}_id": given["to"], "changed_at": Now()}))

    return run


TO_ANOTHER = _("Hand over to another")


def hand_over(field: str, name: Any = TO_ANOTHER, **given: Any) -> Action:
    """The verb by which `field`, whoever answers for a record, becomes somebody else or nobody."""
    return Action(
        "hand_over",
        name,
        Right.EDIT_PEOPLE,
        run=_runner(field),
        form=colleague_form(),
        batch=True,
        aside=True,
        **given,
    )
