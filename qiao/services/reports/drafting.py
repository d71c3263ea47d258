"""A draft from the records to its final form."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from qiao.core.accounts.scope import Scope
from qiao.core.documents.quoting import BadReference, Quote, Reference, quoted, references
from qiao.core.regions.models import Region
from qiao.services.reports import composing, templates
from qiao.services.reports.models import Passage, Report

LONGEST = 4000


class Refused(ValueError):
    """The message says why the report stays as it is."""


@transaction.atomic
def begin(kind: str, region: Region, as_of: date, by: Any) -> Report:
    with translation.override("zh-hans"):
        made = composing.composed(kind, region, as_of)
    report = Report.objects.create(kind=kind, region=region, as_of=as_of, title=made.title, created_by=by)
    texts = templates.template(kind).passages
    Passage.objects.bulk_create(
        Passage(
            report=report, region=region, place=place, level=level, text=text, quotes=_kept(text, made.quotes)
        )
        for place, (level, text) in enumerate(texts)
    )
    return report


@transaction.atomic
def again(report: Report) -> int:
    """Numbers are read anew; passages that were edited keep their words, the others follow the template. Returns how
    many numbers changed. Raises Refused."""
    passages = _open(report)
    texts = templates.template(report.kind).passages
    for one in passages:
        if not one.edited and one.place < len(texts):
            one.level, one.text = texts[one.place]
    quotes = _quotes(report, passages)
    changed = 0
    for one in passages:
        now = _kept(one.text, quotes)
        changed += sum(one.quotes.get(reference) != text for reference, text in now.items())
        one.quotes = now
    Passage.objects.bulk_update(passages, ["level", "text", "quotes"])
    return changed


@transaction.atomic
def edit(passage: Passage, text: str) -> None:
    """Raises Refused: nothing written, or a reference to a figure or window that does not exist."""
    (held,) = [one for one in _open(passage.report) if one.pk == passage.pk]
    held.text, held.edited = text.strip().replace("\r", ""), True
    if not held.text:
        raise Refused(_("A passage needs words. To leave it out, write a full stop."))
    if len(held.text) > LONGEST:
        raise Refused(_("At most %d characters.") % LONGEST)
    held.quotes = _kept(held.text, _quotes(passage.report, [held]))
    held.save(update_fields=["text", "edited", "quotes"])


@transaction.atomic
def finish(report: Report, by: Any) -> None:
    """The Word file with the numbers of now, kept for good. Raises Refused."""
    passages = _open(report)
    content = _file(report, passages)
    quotes = _quotes(report, passages)
    for one in passages:
        one.quotes = _kept(one.text, quotes)
    Passage.objects.bulk_update(passages, ["quotes"])
    report.content, report.digest = content, hashlib.sha256(content).hexdigest()
    report.finished_at, report.finished_by = timezone.now(), by
    report.save(update_fields=["content", "digest", "finished_at", "finished_by"])


def word_file(report: Report) -> bytes:
    """The final file, or the draft as it stands."""
    if report.content is not None:
        return bytes(report.content)
    return _file(report, list(report.passages.order_by("place")))


def current(report: Report, passages: list[Passage]) -> Mapping[Reference, Quote]:
    """The numbers as the records give them now."""
    return _quotes(report, passages)


def _file(report: Report, passages: list[Passage]) -> bytes:
    texts = [(one.level, one.text) for one in passages]
    with translation.override("zh-hans"):
        return composing.as_word(composing.composed(report.kind, report.region, report.as_of, texts))


def _open(report: Report) -> list[Passage]:
    """The passages of a draft, locked. Raises Refused for a final report."""
    held = Report.objects.select_for_update().get(pk=report.pk)
    if held.finished_at is not None:
        raise Refused(_("This report is final: its words and numbers stay. Begin another one."))
    return list(report.passages.select_for_update().order_by("place"))


def _quotes(report: Report, passages: list[Passage]) -> Mapping[Reference, Quote]:
    windows = templates.windows(report.kind, report.region, report.as_of)
    try:
        return quoted(
            references(one.text for one in passages), windows, Scope(report.region_id), report.as_of
        )
    except BadReference as unknown:
        raise Refused(
            _("There is no figure or window “%s”. Take the references from the list below.") % unknown
        ) from None


def _kept(text: str, quotes: Mapping[Reference, Quote]) -> dict[str, str]:
    return {str(one): quotes[one].text for one in references([text])}
