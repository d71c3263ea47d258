"""Fields that are typed with suggestions: a word of the district's lists, another record by its name."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qiao.core.glossary.dictionaries import Dictionary
from qiao.core.ledgers import registry
from qiao.core.ledgers.viewer import Viewer
from qiao.core.records.models import Record

CHIPS = 8
OFFERED = 12
NUMBER = re.compile(r"(?:^|#)(\d{1,15})$")


class SuggestInput(forms.TextInput):
    """A line with suggestions of the browser's own; `chips` are filled in at a tap, `source` is asked while one types."""

    template_name = "ledgers/suggest.html"
    words: list[str] = []
    chips: list[str] = []
    source = ""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        ours = context["widget"]["attrs"]
        ours |= {"list": f"suggested-{name}", "autocomplete": "off"}
        if self.source:
            ours |= {
                "hx-get": self.source,
                "hx-trigger": "input changed delay:200ms, focus once",
                "hx-target": f"#suggested-{name}",
                "hx-swap": "innerHTML",
                "hx-sync": "this:replace",
            }
        return {**context, "words": self.words, "chips": self.chips}


class WordField(forms.CharField):
    """A word of a dictionary, typed or tapped. A word no longer offered stays where it is recorded."""

    def __init__(self, dictionary: Dictionary, **kwargs: Any) -> None:
        self.dictionary = dictionary
        super().__init__(max_length=120, widget=SuggestInput(), **kwargs)

    def seen_by(self, viewer: Viewer) -> None:
        """The list as it stands today."""
        offered = [str(words) for _code, words in self.dictionary.offered(viewer.today)]
        self.widget.words, self.widget.chips = offered, offered[:CHIPS] if len(offered) <= 2 * CHIPS else []

    def clean(self, value: Any) -> str:
        typed: str = super().clean(value)
        if not typed:
            return ""
        if code := self.dictionary.meant(typed):
            return code
        part = typed.lower()
        likely = [(code, words) for code, words in self.dictionary.offered() if part in words]
        if len(likely) == 1:
            return likely[0][0]
        raise ValidationError(
            _("“%(typed)s” is no word of this list. Choose one: %(words)s.")
            % {
                "typed": typed,
                "words": ", ".join(str(w) for _c, w in (likely or self.dictionary.offered())[:CHIPS]),
            }
        )

    def prepare_value(self, value: Any) -> Any:
        return str(self.dictionary[value]) if value in self.dictionary else value


class LinkField(forms.CharField):
    """Another record, by its name or number; `standing` is the one that is linked already."""

    viewer: Viewer
    standing: int | None = None

    def __init__(self, model: type[Record], ledger: str, key: str, **kwargs: Any) -> None:
        self.model, self.ledger, self.key = model, ledger, key
        super().__init__(max_length=160, widget=SuggestInput(), **kwargs)

    def seen_by(self, viewer: Viewer) -> None:
        self.viewer = viewer
        self.widget.source = reverse("ledgers:options", args=[self.ledger, self.key])

    def clean(self, value: Any) -> int | None:
        typed = super().clean(value).strip()
        if not typed:
            return None
        if number := NUMBER.search(typed):
            return self._numbered(int(number[1]))
        found = named(self.model, self.viewer, typed)
        if len(found) == 1:
            return int(found[0].pk)
        if found:
            raise ValidationError(
                _("Several bear this name: %s. Choose one of them.")
                % ", ".join(label(one) for one in found[:5])
            )
        raise ValidationError(
            _("“%(typed)s” is not in the list “%(list)s”. Enter it there first.")
            % {"typed": typed, "list": registry.of_model(self.model) or self.model._meta.verbose_name_plural}
        )

    def _numbered(self, number: int) -> int:
        if number == self.standing or self.viewer.reach(self.model).filter(pk=number).exists():
            return number
        raise ValidationError(_("There is no record of this number here. Choose one from the list."))

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        one = self.model.everything.filter(pk=value).select_related("region").first()
        return label(one) if one else f"#{value}"


def label(record: Any) -> str:
    """How a record is told from others of its name."""
    ledger = registry.of_model(type(record))
    called = ledger.called(record) if ledger else str(record)
    return f"{called} · {record.region.name} #{record.pk}"


def named(model: type[Record], viewer: Viewer, text: str, limit: int = OFFERED) -> list[Any]:
    """Whom a typed text may mean: those of exactly this name, else those it is part of. The newest first.

    Nobody where the viewer may not look into their ledger.
    """
    ledger = registry.of_model(model)
    if ledger is not None and not viewer.can(ledger.see):
        return []
    rows = viewer.reach(model).select_related("region").order_by("-id")
    called_by = getattr(model, "called_by", "")
    exact = list(rows.filter(**{called_by: text})[:limit]) if called_by and text else []
    if exact or ledger is None:
        return exact
    found = list((rows.filter(ledger.search(text, viewer)) if text else rows)[:limit])
    return [one for one in found if str(one) == text] or found
