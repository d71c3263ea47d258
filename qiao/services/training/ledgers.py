"""The ledgers of training: schools, courses, classes, those in them, and the wishes that call for more."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.ledgers import registry
from qiao.core.ledgers.columns import Column, Kind
from qiao.core.ledgers.filters import Filter
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.parts import Related, Section, Sort, Tab
from qiao.core.ledgers.registry import register
from qiao.core.ledgers.viewer import Viewer
from qiao.core.records.models import RecordQuerySet
from qiao.services.people import api as people
from qiao.services.training import trades
from qiao.services.training.api import EMPLOYED_AFTER, RESULTS, TIMELINE
from qiao.services.training.choices import Result, Stage, Trade
from qiao.services.training.models import Course, Enrolment, School, TrainingClass
from qiao.services.training.verbs import ANSWERS, ENROL_PEOPLE, OF_A_CLASS


@register
class SchoolLedger(Ledger):
    code = "schools"
    model = School
    name, one = _("Partner schools"), _("New school")
    icon = "school"
    columns = (
        "name",
        "kind",
        "licence_no",
        "address",
        "contact",
        "phone",
        "partner_since",
        "partner_until",
        "note",
        "region",
    )
    listed = ("name", "kind", "contact", "phone", "partner_since", "partner_until", "region")
    tabs = {
        "partners": Tab(
            _("Partners now"),
            lambda viewer: Q(partner_until=None) | Q(partner_until__gte=viewer.today),
        ),
        "all": Tab(_("All")),
    }
    filters = ("q", "region", "kind")
    groups = ("region", "kind")
    sections = (
        Section(_("School"), ("name", "kind", "licence_no", "region", "address", "contact", "phone")),
        Section(pgettext_lazy("training", "Agreement"), ("partner_since", "partner_until", "note")),
        Related(_("Courses"), "courses", "school"),
    )
    required = ("name", "region")
    match_on = ("name",)


@register
class CourseLedger(Ledger):
    code = "courses"
    model = Course
    name, one = _("Courses"), _("New course")
    icon = "book"
    columns = (
        "title",
        "kind",
        "trade",
        "occupation_code",
        "school",
        "hours",
        "certificate",
        Column("fee_fen", _("Fee a head"), Kind.MONEY),
        "note",
        "region",
    )
    listed = ("title", "kind", "trade", "school", "hours", "certificate", "fee_fen", "region")
    filters = ("q", "region", "kind", "trade", "school")
    groups = ("kind", "trade", "certificate", "region")
    sections = (
        Section(
            pgettext_lazy("training", "Course"),
            ("title", "kind", "trade", "occupation_code", "school", "region", "hours", "certificate"),
        ),
        Section(pgettext_lazy("training", "Cost"), ("fee_fen", "note")),
        Related(pgettext_lazy("training", "Classes"), "classes", "course"),
    )
    required = ("title", "kind", "trade", "region")
    match_on = ("title",)


@register
class ClassLedger(Ledger):
    code = "classes"
    model = TrainingClass
    name, one = pgettext_lazy("training", "Classes"), pgettext_lazy("training", "New class")
    icon = "chalkboard"
    columns = (
        "number",
        "course",
        "place",
        "starts_on",
        "ends_on",
        "seats",
        "taken",
        "carrier",
        "note",
        "region",
    )
    listed = ("number", "course", "starts_on", "ends_on", "seats", "taken", "place", "region")
    tabs = {
        "open": Tab(_("Not over yet"), lambda viewer: Q(ends_on__gte=viewer.today)),
        "free": Tab(_("Seats left"), lambda viewer: Q(ends_on__gte=viewer.today, taken__lt=F("seats"))),
        "waiting": Tab(
            _("Over, results missing"),
            lambda viewer: Q(
                ends_on__lt=viewer.today,
                pk__in=Enrolment.objects.within(viewer.scope)
                .filter(stage=Stage.ENROLLED)
                .values("training_class"),
            ),
            danger=True,
        ),
        "all": Tab(_("All")),
    }
    filters = (
        "q",
        "region",
        "course",
        "starts_on",
        Filter(
            "trade", "course__trade", pgettext_lazy("training", "Trade"), Kind.CHOICE, tuple(Trade.choices)
        ),
    )
    groups = ("region",)
    sections = (
        Section(
            pgettext_lazy("training", "Class"),
            ("number", "course", "place", "region", "starts_on", "ends_on", "carrier", "note"),
        ),
        Section(pgettext_lazy("training", "Seats"), ("seats", "taken")),
        Related(_("People in the class"), "enrolments", "training_class", limit=60),
    )
    actions = OF_A_CLASS
    required = ("number", "course", "starts_on", "ends_on", "seats", "region")
    match_on = ("number",)

    def search(self, text: str, viewer: Viewer) -> Q:
        return Q(number__icontains=text) | Q(course__title__icontains=text)


@register
class EnrolmentLedger(Ledger):
    """Written by the verbs, and from the roster of a class."""

    code = "enrolments"
    model = Enrolment
    name, one = _("People in training"), _("Enrolment")
    icon = "users"
    columns = (
        Column("resident", _("Name"), Kind.NAME, "resident.name", needs=("resident",)),
        Column("phone", _("Phone"), Kind.PHONE, "resident.phone", needs=("resident",)),
        Column(
            "training_class",
            pgettext_lazy("training", "Class"),
            source="training_class",
            needs=("training_class__course",),
        ),
        Column("stage", tones={"invited": "warn", "enrolled": "info", "finished": "good"}),
        "ground",
        "ground_words",
        "entered_on",
        "left_on",
        "left_because",
        "finished_on",
        Column("result", tones={"passed": "good", "failed": "warn", "absent": "warn"}),
        "certificate_no",
        "followed_until",
        Column(
            "employed",
            _("Employed within the time followed"),
            Kind.FLAG,
            lambda one, today: getattr(one, "employed", None) if one.finished_on else None,
            annotations={"employed": EMPLOYED_AFTER},
        ),
        "note",
        "region",
    )
    listed = ("resident", "training_class", "stage", "entered_on", "finished_on", "result", "region")
    tabs = {
        "invited": Tab(pgettext_lazy("training", "Invited"), Q(stage=Stage.INVITED)),
        "enrolled": Tab(pgettext_lazy("training", "Enrolled"), Q(stage=Stage.ENROLLED)),
        "passed": Tab(pgettext_lazy("training", "Passed"), Q(result=Result.PASSED)),
        "all": Tab(_("All")),
    }
    filters = ("q", "region", "stage", "ground", "result", "entered_on", "finished_on")
    groups = ("region", "stage", "ground", "result")
    sections = (
        Section(
            _("Enrolment"),
            (
                "resident",
                "phone",
                "training_class",
                "stage",
                "entered_on",
                "ground",
                "ground_words",
                "region",
            ),
        ),
        Section(
            pgettext_lazy("training", "Outcome"),
            ("finished_on", "result", "certificate_no", "employed", "followed_until"),
        ),
        Section(_("Not taken up"), ("left_on", "left_because", "note")),
    )
    sorts = {"entered": Sort(_("Entered last"), "id", descending=True)}
    tags = ("stage", "result")
    actions = ANSWERS
    edit = None
    intake = "enrolments"

    def search(self, text: str, viewer: Viewer) -> Q:
        return people.search(text, "resident__")


@register
class TrainingWishLedger(Ledger):
    """The demand list: what residents wish to learn, as it stands in their files."""

    code = "training-demand"
    model = people.Resident
    name, one = pgettext_lazy("training", "Demand"), _("Training wish")
    icon = "list-search"
    where = ~Q(wish_training="")
    edit = None
    columns = (
        Column("name", kind=Kind.NAME),
        "sex",
        Column("age", _("Age"), Kind.NUMBER, lambda person, today: person.age_on(today)),
        "education",
        Column(
            "trade",
            pgettext_lazy("training", "Trade"),
            Kind.CHOICE,
            choices=dict(Trade.choices),
            annotations={"trade": trades.expression("wish_training")},
        ),
        "wish_training",
        Column("phone", kind=Kind.PHONE),
        Column("state", tones={"unemployed": "warn", "employed": "good"}),
        "state_since",
        "region",
    )
    listed = ("name", "sex", "age", "trade", "wish_training", "phone", "state", "region")
    tabs = {
        "waiting": Tab(
            _("Out of work, not in training yet"),
            lambda viewer: Q(state=people.State.UNEMPLOYED) & ~Q(pk__in=in_training(viewer)),
        ),
        "unemployed": Tab(_("Out of work"), Q(state=people.State.UNEMPLOYED)),
        "all": Tab(_("All")),
    }
    filters = (
        "q",
        "region",
        Filter("trade", "trade", pgettext_lazy("training", "Trade"), Kind.CHOICE, tuple(Trade.choices)),
        "wish_training",
        "education",
        "sex",
        Filter("age", "birth_date", _("Age"), "age"),
    )
    groups = ("trade", "wish_training", "region", "education")
    actions = (ENROL_PEOPLE,)

    def records(self, viewer: Viewer, *, deleted: bool = False) -> RecordQuerySet:
        rows = super().records(viewer, deleted=deleted)
        return rows.annotate(trade=trades.expression("wish_training"))

    def search(self, text: str, viewer: Viewer) -> Q:
        return people.search(text)

    def file_url(self, record: people.Resident) -> str:
        return registry.get("residents").url("file", record.pk)


def in_training(viewer: Viewer) -> Any:
    """Residents who hold an invitation or a seat, or have finished a class."""
    open_stages = (Stage.INVITED, Stage.ENROLLED, Stage.FINISHED)
    return Enrolment.objects.within(viewer.scope).filter(stage__in=open_stages).values("resident")


registry.add_source("residents", TIMELINE)
registry.add_source("residents", RESULTS)
registry.add_action("residents", ENROL_PEOPLE)
