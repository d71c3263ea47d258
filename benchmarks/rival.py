"""django-import-export on the rows of the roster benchmark, in two measures of the work.

`plain`: a table of texts, matched by identity number. `records`: the very records that Qiao's import makes of
the row, as a good Django developer would write it with this library: cleaning widgets, the person found by the
blind index of the number (one query for the whole file), a validated Resident with the number encrypted and
its search keys, the open status spell, history and figures by the same triggers, all in one transaction. The same
functions clean, encrypt and make keys; what the database checks anyway is not asked before. The roster names no
household and no registration, so neither side writes one.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from intake_preview import COLUMNS

AS_OF = date(2006, 8, 31)


def dataset(file: Path, sample: int) -> Any:
    """The first rows of the file."""
    import tablib

    from qiao.core.intake import read_workbook

    data = tablib.Dataset(headers=list(COLUMNS))
    for row in read_workbook(file.read_bytes(), file.name).sheets[0].rows[2 : 2 + sample]:
        data.append(["" if cell is None else str(cell) for cell in row[: len(COLUMNS)]])
    return data


def plain() -> Any:
    """A resource of a table made for the purpose."""
    from django.db import connection, models
    from import_export import resources

    fields = {code: models.CharField(max_length=200, blank=True) for code in COLUMNS}
    fields["id_number"] = models.CharField(max_length=30, unique=True)
    meta = type("Meta", (), {"app_label": "regions", "db_table": "bench_plain"})
    table = type("Plain", (models.Model,), {**fields, "Meta": meta, "__module__": "qiao.core.regions.models"})
    with connection.schema_editor() as editor:
        editor.create_model(table)

    class PlainResource(resources.ModelResource):
        class Meta:
            model = table
            fields = tuple(COLUMNS)
            import_id_fields = ("id_number",)

    return PlainResource()


def records(region: int) -> Any:
    """A resource that makes Qiao's records."""
    from import_export import fields, instance_loaders, resources, widgets

    from qiao.core.intake import Context, Vocabulary
    from qiao.core.intake.values import cleaner
    from qiao.core.intake.values.id_numbers import facts
    from qiao.services.people.identity import cipher
    from qiao.services.people.importers import SEX, vocabulary
    from qiao.services.people.models import Resident, Spell

    words: Vocabulary = vocabulary()
    context = Context(as_of=AS_OF)

    class Clean(widgets.Widget):
        """Understands a cell as the vocabulary says."""

        def __init__(self, code: str) -> None:
            super().__init__()
            self.judge = cleaner(words.fields[code], context)

        def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
            made, _notes = self.judge(value)
            return made

    judges = {code: Clean(code) for code in COLUMNS if code != "seq"}

    class ByHash(instance_loaders.BaseInstanceLoader):
        """Everybody the file may name, found in one query."""

        def __init__(self, resource: Any, data: Any = None) -> None:
            super().__init__(resource, data)
            hashes = [cipher.blind_index(number) for number in data["id_number"]]
            found = Resident.objects.filter(district=region // 1_000_000, id_hash__in=hashes)
            self.known = {bytes(one.id_hash): one for one in found}

        def get_instance(self, row: Any) -> Any:
            return self.known.get(cipher.blind_index(row["id_number"]))

    def text(code: str) -> Any:
        return fields.Field(attribute=code, column_name=code, widget=judges[code])

    class RecordResource(resources.ModelResource):
        name, phone, address = text("name"), text("phone"), text("address")
        education, party, kind = text("education"), text("party"), text("kind")
        hukou_kind, certificate_no, former_unit = (
            text("hukou_kind"),
            text("certificate_no"),
            text("former_unit"),
        )
        low_income, id_number = text("low_income"), text("id_number")

        class Meta:
            model = Resident
            fields = (
                *("name", "phone", "address", "education", "party", "kind", "hukou_kind"),
                *("certificate_no", "former_unit", "low_income", "id_number"),
            )
            import_id_fields = ("id_number",)
            instance_loader_class = ByHash
            use_transactions = True
            skip_diff = True
            store_row_values = False

        def import_field(self, field: Any, instance: Any, row: Any, **kwargs: Any) -> None:
            value = field.clean(row)
            if value is not None:
                setattr(instance, field.attribute, value)

        def before_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
            known = facts(instance.id_number)
            instance.region_id = region
            instance.birth_date, instance.sex = known.birth, SEX[known.sex]
            instance.verified_on = AS_OF
            instance.full_clean(exclude=["region"], validate_unique=False, validate_constraints=False)

        def after_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
            since = judges["unemployed_since"].clean(row["unemployed_since"])
            if since and not Spell.objects.filter(resident=instance, until=None).exists():
                spell = Spell(
                    resident=instance, region_id=region, state="unemployed", since=since.first,
                    since_precision=since.precision, counted_from=since.first, certificate_no=instance.certificate_no,
                )  # fmt: skip
                spell.full_clean(
                    exclude=["region", "resident"], validate_unique=False, validate_constraints=False
                )
                spell.save()

    return RecordResource()
