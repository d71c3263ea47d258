"""Long imports run on a worker; a step that a crash cut off is simply run again."""

from __future__ import annotations

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from qiao.core.batches import actions
from qiao.core.batches.models import ImportBatch
from qiao.core.procedures.refusal import Refused

STEPS = {"read": actions.read, "check": actions.check, "merge": actions.merge, "undo": actions.undo}
STAGES = {
    "read": ImportBatch.Stage.READING,
    "check": ImportBatch.Stage.CHECKING,
    "merge": ImportBatch.Stage.MERGING,
    "undo": ImportBatch.Stage.UNDOING,
}

BEFORE = {
    "read": ImportBatch.Stage.FAILED,
    "check": ImportBatch.Stage.MAPPING,
    "merge": ImportBatch.Stage.PREVIEW,
    "undo": ImportBatch.Stage.DONE,
}


@app.task(name="batches.step", queue="imports", retry=3, pass_context=False)
def step(batch_id: int, verb: str) -> None:
    batch = ImportBatch.everything.get(pk=batch_id)
    try:
        STEPS[verb](batch)
    except Refused as refusal:
        ImportBatch.everything.filter(pk=batch_id).update(stage=BEFORE[verb], problem=str(refusal))
    except Exception:
        ImportBatch.everything.filter(pk=batch_id).update(
            stage=BEFORE[verb],
            problem=_("The step stopped; nothing was written. Try again, or tell the administrator."),
        )
        raise


def run(batch: ImportBatch, verb: str, inline: bool) -> None:
    """Runs a step here when it is small, else leaves it to the worker and shows the progress."""
    if inline:
        STEPS[verb](batch)
        return
    ImportBatch.objects.filter(pk=batch.pk).update(stage=STAGES[verb], progress=0, problem="")
    step.configure(lock=f"batch-{batch.pk}").defer(batch_id=batch.pk, verb=verb)
    batch.refresh_from_db()
