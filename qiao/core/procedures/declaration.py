"""What a procedure is made of: stages with clocks, papers, and the transition table as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from typing import Any, ClassVar

from django.db.models import Func, Q, QuerySet
from django.forms import Form
from django.utils.functional import Promise

from qiao.core.accounts.masking import mask_name
from qiao.core.accounts.models import Appointment, User
from qiao.core.accounts.rights import ROLE_RIGHTS, Right
from qiao.core.duties.declaration import Viewer
from qiao.core.duties.spans import Span
from qiao.core.ledgers.parts import Related
from qiao.core.procedures.models import Case

Text = str | Promise


class Need(Enum):
    """What must be given with a decision."""

    REASON = auto()
    OPINION = auto()
    PAPERS = auto()
    DATE = auto()


@dataclass(frozen=True, slots=True)
class Stage:
    """`clock` runs from the day the stage is entered; `task` names what is owed by its end.

    `notice`: the case is on public notice while the clock runs, and `decide` is the time left for the
    decision afterwards. `aside` stages lie off the main path.
    """

    code: str
    label: Text
    task: Text = ""
    clock: Span | None = None
    decide: Span | None = None
    notice: bool = False
    final: bool = False
    aside: bool = False


@dataclass(frozen=True, slots=True)
class PaperKind:
    """`asked` says for which cases the paper is required; a paper not asked may still be filed."""

    code: str
    label: Text
    asked: Callable[[Any], bool] = lambda case: True


class CaseForm(Form):
    """What a decision on a case asks for besides its opinion."""

    def __init__(self, *args: Any, case: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case


@dataclass(frozen=True, slots=True)
class Move:
    """A decision as it was given, handed to rules and effects. `by` None: the system itself."""

    transition: Transition
    by: User | None
    on: date
    opinion: str = ""
    reason: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Transition:
    """From any of `sources` to `to`, for who holds `right`; without a right only the system takes it.

    `rule` gives the message that refuses the move, or None. `effect` changes the case (it is saved
    afterwards) and what hangs on it, inside the same transaction. `form` asks for further values: it is
    built with the case as `case`. A reason overrides the rule of an
    `overridable` move. `hasty` moves may leave a public notice before its end. A move that leads back into its
    own stage leaves the stage's clock alone, unless it `renews` it.
    """

    name: str
    sources: tuple[str, ...]
    to: str
    label: Text
    right: Right | None = None
    needs: frozenset[Need] = frozenset()
    opinion: Text = ""
    rule: Callable[[Any, Move], Text | None] | None = None
    effect: Callable[[Any, Move], None] | None = None
    form: type[CaseForm] | None = None
    overridable: bool = False
    hasty: bool = False
    danger: bool = False
    renews: bool = False

    @property
    def batched(self) -> bool:
        """Whether many cases may be decided at once: nothing case by case has to be said."""
        return self.right is not None and self.form is None and not self.needs & {Need.REASON, Need.DATE}


class OpeningForm(Form):
    """Opens a case. Built with the appointment of who enters it."""

    def __init__(self, *args: Any, appointment: Appointment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.appointment = appointment

    def subject(self) -> str:
        """The name of whom the case will be about, or ""."""
        return ""

    def open(self) -> Case:
        """Raises Refused."""
        raise NotImplementedError


class BadProcedure(TypeError):
    """The declaration contradicts itself."""


class Procedure:
    """Declare one by subclassing; `register` makes it known. One instance serves all requests.

    `who` is the path from the case to the name of the person concerned (an expression, where `name_of` says how),
    `responsible` the path to the user responsible, `related` the paths a list reads along with the case. Any right of
    `see` opens the procedure; `attached` are records of ledgers that belong to a case.
    """

    code: ClassVar[str]
    name: ClassVar[Text]
    model: ClassVar[type[Case]]
    stages: ClassVar[tuple[Stage, ...]]
    transitions: ClassVar[tuple[Transition, ...]]
    papers: ClassVar[tuple[PaperKind, ...]] = ()
    who: ClassVar[str | Func]
    responsible: ClassVar[str] = ""
    related: ClassVar[tuple[str, ...]] = ()
    attached: ClassVar[tuple[Related, ...]] = ()
    see: ClassVar[tuple[Right, ...]] = (Right.SEE_PEOPLE,)
    opening: ClassVar[type[OpeningForm] | None] = None
    opening_label: ClassVar[Text] = ""
    opening_right: ClassVar[Right | None] = None

    def __init__(self) -> None:
        self.stage_by_code = {stage.code: stage for stage in self.stages}
        self.transition_by_name = {one.name: one for one in self.transitions}
        self._check()

    def _check(self) -> None:
        if len(self.stage_by_code) < len(self.stages) or len(self.transition_by_name) < len(self.transitions):
            raise BadProcedure(f"{self.code}: a stage or transition is named twice")
        for one in self.transitions:
            if unknown := {*one.sources, one.to} - set(self.stage_by_code):
                raise BadProcedure(f"{self.code}.{one.name}: no stage {', '.join(sorted(unknown))}")
        for stage in self.stages:
            if stage.task and not stage.clock:
                raise BadProcedure(f"{self.code}: {stage.code} is owed but has no clock")
            if not stage.final and not self.ways_out(stage.code):
                raise BadProcedure(f"{self.code}: no way out of {stage.code}")

    def ways_out(self, stage: str) -> list[Transition]:
        return [one for one in self.transitions if stage in one.sources]

    def deciding_roles(self, stage: str) -> list[str]:
        """The roles that owe the next decision: who may take the first transition listed for the stage."""
        right = next((one.right for one in self.ways_out(stage) if one.right), None)
        return [role for role, rights in ROLE_RIGHTS.items() if right in rights]

    def papers_asked(self, case: Any) -> list[PaperKind]:
        return [paper for paper in self.papers if paper.asked(case)]

    def cases(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model.objects.select_related("region", *self.related)
        return rows

    def visible(self, viewer: Viewer) -> Q:
        """Which cases of the viewer's scope are theirs to see."""
        return Q()

    def open_to(self, viewer: Viewer) -> bool:
        return any(viewer.appointment.can(right) for right in self.see)

    def name_for(self, case: Any, viewer: Viewer) -> str:
        """The person's name as this viewer may read it."""
        name = self.name_of(case)
        return name if viewer.appointment.can(Right.SHOW_PERSONAL) else mask_name(name)

    def name_of(self, case: Any) -> str:
        found = case
        for part in str(self.who).split("__"):
            found = getattr(found, part, "")
        return str(found or "")

    def about(self, case: Any) -> Text:
        """A word on the case for a list, such as its category."""
        return ""

    def facts(self, case: Any, today: date) -> Iterable[tuple[Text, Any]]:
        """What the reader of the file must know, label and value."""
        return ()

    def findings(self, case: Any, today: date) -> Iterable[tuple[bool | None, Text]]:
        """What the records say for and against, each met, not met or not known (None), with the reason."""
        return ()

    def subject_url(self, case: Any) -> str:
        return ""

    def doors(self, case: Any, viewer: Viewer) -> Iterable[tuple[Text, str]]:
        """Further pages of the case: label and address."""
        return ()

    def notice_line(self, case: Any, today: date) -> Mapping[str, Any]:
        """One line of the public sheet: masked name, sex, age, category."""
        return {"name": mask_name(self.name_of(case))}


_registered: dict[str, Procedure] = {}


def register(declared: type[Procedure]) -> type[Procedure]:
    """Class decorator."""
    _registered[declared.code] = declared()
    return declared


def procedures() -> list[Procedure]:
    return list(_registered.values())


def procedure(code: str) -> Procedure:
    """Raises KeyError."""
    return _registered[code]


def procedure_of(case: Case) -> Procedure:
    return next(one for one in _registered.values() if isinstance(case, one.model))
