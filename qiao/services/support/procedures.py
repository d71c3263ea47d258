"""Relief and subsidies from application to end, as a transition table. Clocks and limits are dated parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.accounts.masking import mask_name
from qiao.core.accounts.rights import Right
from qiao.core.duties.spans import working_days
from qiao.core.glossary.dictionaries import Dictionary
from qiao.core.ledgers.columns import Column
from qiao.core.ledgers.columns import Kind as Shape
from qiao.core.procedures.declaration import Need, PaperKind, Procedure, Stage, Text, Transition, register
from qiao.services.support import actions
from qiao.services.support.forms import ApplicationForm, EndForm, GrantForm, LineForm, ReclaimForm
from qiao.services.support.models import Benefit, Kind
from qiao.services.support.models import Stage as At
from qiao.services.support.models.benefit import called
from qiao.services.support.models.choices import OF_OUTLETS
from qiao.services.support.policies import wording

REASON = frozenset({Need.REASON})
OPINION = frozenset({Need.OPINION})
CHECK, REVIEW, DECIDE = Right.CHECK_CASES, Right.REVIEW_CASES, Right.DECIDE_CASES
MONEY = Column("amount", _("Amount"), Shape.MONEY)


def of_kind(*kinds: str) -> Any:
    return lambda case: case.kind in kinds


def paper(code: str, *kinds: str) -> PaperKind:
    label: Any = wording().papers[code]
    return PaperKind(code, label, of_kind(*kinds)) if kinds else PaperKind(code, label)


@register
class Support(Procedure):
    code = "support"
    name = _("Relief or subsidy")
    model = Benefit
    who = called()
    related = ("resident", "outlet", "employer")
    opening = ApplicationForm
    opening_label = _("Apply for relief or a subsidy")
    opening_right = Right.EDIT_PEOPLE

    stages = (
        Stage(
            At.APPLIED,
            At.APPLIED.label,
            _("community check of relief"),
            clock=working_days("wd_benefit_check"),
        ),
        Stage(
            At.CHECKED,
            At.CHECKED.label,
            _("street review of relief"),
            clock=working_days("wd_benefit_decision"),
        ),
        Stage(At.REVIEWED, At.REVIEWED.label, _("grant relief"), clock=working_days("wd_benefit_decision")),
        Stage(At.GRANTED, At.GRANTED.label),
        Stage(At.ENDED, At.ENDED.label, final=True),
        Stage(At.REFUSED, At.REFUSED.label, final=True, aside=True),
    )

    transitions = (
        Transition(
            "check",
            (At.APPLIED,),
            At.CHECKED,
            _("Pass the check of the community"),
            CHECK,
            OPINION | {Need.PAPERS},
            _("Papers and records agree."),
            rule=actions.records_speak_against,
            overridable=True,
        ),
        Transition(
            "review",
            (At.CHECKED,),
            At.REVIEWED,
            _("Pass on to the district"),
            REVIEW,
            OPINION,
            _("Reviewed; to be granted."),
        ),
        Transition(
            "grant",
            (At.REVIEWED,),
            At.GRANTED,
            _("Grant"),
            DECIDE,
            OPINION,
            _("Granted by the rule."),
            effect=actions.grant,
            form=GrantForm,
        ),
        *(
            Transition(
                name,
                (At.GRANTED,),
                At.GRANTED,
                label,
                right,
                rule=rule,
                effect=actions.give,
                form=LineForm,
            )
            for name, label, right, rule in (
                ("waive", _("Enter what was waived"), REVIEW, actions.is_no_relief),
                ("pay", _("Enter what was paid"), DECIDE, actions.is_not_paid),
            )
        ),
        Transition(
            "end",
            (At.GRANTED,),
            At.ENDED,
            pgettext_lazy("benefit", "End"),
            REVIEW,
            REASON,
            effect=actions.end,
            form=EndForm,
        ),
        *(
            Transition(
                name,
                (stage,),
                stage,
                _("Demand money back"),
                DECIDE,
                REASON,
                effect=actions.demand_back,
                form=ReclaimForm,
                danger=True,
            )
            for name, stage in (("reclaim", At.GRANTED), ("reclaim_ended", At.ENDED))
        ),
        *(
            Transition(
                name, stages, At.REFUSED, pgettext_lazy("benefit", "Refuse"), right, REASON, danger=True
            )
            for name, stages, right in (
                ("refuse_at_street", (At.APPLIED, At.CHECKED), REVIEW),
                ("refuse", (At.CHECKED, At.REVIEWED), DECIDE),
            )
        ),
    )

    papers = (
        paper(
            "identity",
            Kind.TAX,
            Kind.LICENCE_FEES,
            Kind.LOCAL_FEES,
            Kind.INSURANCE,
            Kind.WELFARE_POST,
            Kind.TRAINING,
            Kind.STARTUP,
        ),
        paper("certificate", *OF_OUTLETS, Kind.HIRE, Kind.STARTUP),
        paper("licence", Kind.TAX, Kind.LICENCE_FEES, Kind.STARTUP),
        paper("tax_registration", Kind.TAX),
        paper("recognition", Kind.INSURANCE, Kind.WELFARE_POST),
        paper("insurance_paid", Kind.HIRE, Kind.INSURANCE),
        paper("flexible_work", Kind.INSURANCE),
        paper("contract", Kind.HIRE, Kind.WELFARE_POST),
        paper("payroll", Kind.HIRE),
        paper("registration", Kind.TRAINING),
        paper("promise"),
    )

    def name_of(self, case: Benefit) -> str:
        return case.holder_name

    def about(self, case: Benefit) -> Text:
        return case.get_kind_display()

    def facts(self, case: Benefit, today: date) -> Iterable[tuple[Text, Any]]:
        yield _("Kind of help"), case.get_kind_display()
        yield _("People hired"), case.heads if case.kind == Kind.HIRE else None
        yield pgettext_lazy("benefit", "From"), case.from_on
        yield pgettext_lazy("benefit", "Until"), case.until_on
        yield _("Months allowed"), case.months_allowed
        yield _("Months used"), case.months_used or None
        yield _("Months left"), case.months_left
        yield _("Amount a month (yuan)"), case.monthly_fen and MONEY.plain(case.monthly_fen)
        yield _("Given so far (yuan)"), case.paid_fen and MONEY.plain(case.paid_fen)
        for year in actions.years(case):
            label = _("Of the cap of %(year)s (yuan)") % {"year": year.year}
            cap = MONEY.plain(year.cap_fen) if year.cap_fen is not None else "—"
            yield label, f"{MONEY.plain(year.used_fen)} / {cap}"
        yield _("Demanded back (yuan)"), case.reclaimed_fen and MONEY.plain(case.reclaimed_fen)
        items = Dictionary("relief_items")
        for line in case.lines.order_by("-month", "-id")[:12]:
            shown = f"{items.get(line.item, line.item)} {MONEY.plain(line.amount_fen)}"
            yield f"{line.month:%Y-%m}", f"{shown} · {line.office}" if line.office else shown
        yield _("Ended because"), case.get_stop_reason_display()
        yield _("Note"), case.note

    def findings(self, case: Benefit, today: date) -> Iterable[tuple[bool | None, Text]]:
        if case.closed_on is None and case.from_on is None:
            for shown in actions.judged(case, case.opened_on):
                for line in shown.lines:
                    yield line.met, f"{shown.said.name}: {line.asked}"

    def subject_url(self, case: Benefit) -> str:
        for ledger, pk in (
            ("residents", case.resident_id),
            ("outlets", case.outlet_id),
            ("employers", case.employer_id),
        ):
            if pk:
                return reverse("ledgers:file", args=[ledger, pk])
        return ""

    def notice_line(self, case: Benefit, today: date) -> Mapping[str, Any]:
        name = case.holder_name
        return {"name": mask_name(name) if case.resident_id else name, "category": case.get_kind_display()}
