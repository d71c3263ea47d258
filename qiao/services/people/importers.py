"""Rosters that fill the registry of people: what they say, and which records come of it."""

from __future__ import annotations

from functools import cached_property
from importlib.resources import files
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from qiao.core.batches import sets, staging
from qiao.core.batches.importer import Importer, district_of, register, run
from qiao.core.batches.models import ImportBatch
from qiao.core.intake.vocabulary import Vocabulary
from qiao.core.jobs.indexing import indexed_beside
from qiao.engines.occupations import tree
from qiao.services.occupations import api as occupations
from qiao.services.people.identity import sealing
from qiao.services.people.importing import matching, present_status, relations
from qiao.services.people.importing.words import NAMES, WORDS
from qiao.services.people.models import Resident

SAME_NAME = {
    name: name
    for name in [
        "name",
        "sex",
        "ethnicity",
        "education",
        "school",
        "major",
        "marital",
        "party",
        "health",
        "disability",
        "hukou_kind",
        "hukou_address",
        "address",
        "phone",
        "phone2",
        "kind",
        "certificate_no",
        "skill",
        "former_unit",
        "able",
        "willing",
        "low_income",
        "wish_occupation",
        "wish_hours",
        "wish_training",
        "note",
    ]
}
SEX = {"male": "M", "female": "F"}
# The person of that name who works at the community or its street office.
OWNER = """CASE WHEN i.values ? 'owner' THEN (SELECT min(u.id) FROM accounts_user AS u JOIN accounts_appointment AS a ON a.user_id = u.id
    WHERE u.name = i.values->>'owner' AND a.region_id IN (i.region_id, i.region_id / 1000 * 1000)) END"""
AGREED = ("able", "willing")
# Other words make the code of the former ones stale; a code the roster states is somebody's choice.
WISH_CODE = sets.ColumnSql(
    "wish_occupation_code",
    "COALESCE(i.values->>'_wish_code', '')",
    "(i.values ? 'wish_occupation_code' OR i.values ? 'wish_occupation'"
    " AND t.wish_occupation <> i.values->>'wish_occupation')",
)


def vocabulary() -> Vocabulary:
    return Vocabulary.load(str(files("qiao.services.people") / "vocabulary.yml"))


@register
class ResidentImporter(Importer):
    """One row a resident, with as much of the present status, the household and the hardship as it says."""

    code = "residents"
    name = _("Roster of residents")
    ledger = "residents"
    model = Resident
    match_on = ("id_hash",)
    labels: ClassVar = NAMES
    choices: ClassVar = WORDS
    numbered = ("people_spell",)
    seal = f"{sealing.__name__}.people"
    columns: ClassVar = {
        **SAME_NAME,
        "birth_date": "birth",
        "birth_precision": "birth_precision",
        "graduated_on": "graduated",
        "graduated_precision": "graduated_precision",
        "wish_pay_fen": "wish_pay",
        "wish_distance_m": "wish_distance",
    }

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return vocabulary()

    def derive(self, values: dict[str, Any]) -> tuple[str, str, str, str]:
        number = values.get("id_number") or ""
        if "sex" in values:
            values["sex"] = SEX.get(values["sex"], values["sex"])
        first, _sep, second = (values.get("phone") or "").partition("/")
        if first:
            values["phone"] = first
        if second:
            values["phone2"] = second.partition("/")[0]
        if (stated := (values.get("wish_occupation_code") or "")) in tree():
            values["_wish_code"] = stated
        elif read := occupations.sure(values.get("wish_occupation") or ""):
            values["_wish_code"] = read
        present_status.derive(values)
        relations.derive(values)
        values.pop("id_number", None)
        return values.get("name", ""), number, first, second

    def staged_columns(self) -> list[sets.ColumnSql]:
        keyed = "i.key IS NOT NULL"
        return [
            *(one for one in super().staged_columns() if one.column.strip('"') not in AGREED),
            sets.ColumnSql("able", "(COALESCE((i.values->>'able')::boolean, true))", "i.values ? 'able'"),
            sets.ColumnSql("willing", "((i.values->>'willing')::boolean)", "i.values ? 'willing'"),
            sets.ColumnSql("owner_id", OWNER, "i.values ? 'owner'"),
            WISH_CODE,
            sets.ColumnSql("id_hash", "i.key", keyed),
            sets.ColumnSql("id_cipher", "i.cipher", keyed),
            sets.ColumnSql("id_kind", "CASE WHEN i.key IS NULL THEN 'unknown' ELSE 'resident' END", keyed),
            sets.ColumnSql(
                "search_keys",
                f"string_to_array(i.values->>'_keys', chr({ord(sealing.BETWEEN)}))",
                f"({keyed} OR i.values ? 'phone')",
            ),
            sets.ColumnSql("name_sort", "COALESCE(i.values->>'_sort', '')", "true"),
            sets.ColumnSql("extras", "i.extras", "i.extras <> '{}'"),
        ]

    def classify(self, batch: ImportBatch) -> None:
        self.forget_deleted(batch)
        columns = sets.columns_of(
            self.model, {k: v for k, v in self.columns.items() if k not in ("id_hash",)}
        )
        matching.match(batch, district_of(batch), sets.differs(columns, "t"))

    def merge(self, batch: ImportBatch) -> None:
        if batch.total <= staging.LARGE:
            super().merge(batch)
            return
        with indexed_beside("resident_search"):
            super().merge(batch)

    def insert(self, batch: ImportBatch) -> None:
        columns = [*self.staged_columns(), *present_status.CACHED]
        names = ", ".join(one.column for one in columns)
        values = ", ".join(one.value for one in columns)
        run(
            f"""
            INSERT INTO people_resident 
                (id, region_id, batch_id, created_by_id, changed_at, verified_on, {names})
            SELECT i.target, i.region_id, i.batch_id, %s, now(), (i.values->>'_as_of')::date, {values}
            FROM batches_importrow AS i
            WHERE i.batch_id = %s AND i.act = 'insert' AND i.status IN ('ready', 'fixed') AND i.merged_at IS NULL
            """,
            [batch.created_by_id, batch.pk],
        )

    def update(self, batch: ImportBatch) -> None:
        relations.ask_to_leave(batch)
        super().update(batch)

    def follow(self, batch: ImportBatch) -> None:
        present_status.write(batch)
        relations.write_households(batch)
        relations.write_hardship(batch)
        relations.propose_transfers(batch)

    def touched(self) -> str:
        """Also when somebody wrote a status since: of a new person any, of a known one the batch's own."""
        return f"""{super().touched()} OR EXISTS (
            SELECT FROM people_spell AS s WHERE s.resident_id = i.target AND s.deleted_at IS NULL
              AND s.changed_at <> ALL(%(moments)s) AND (i.act = 'insert' OR s.batch_id = i.batch_id))"""

    def take_back(self, batch: ImportBatch) -> None:
        present_status.undo(batch)
        relations.undo(batch)
        super().take_back(batch)
