"""A pattern is settled by a verdict with its reason and day. What was explained before counts as true as recorded."""

from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import TruncDate


def settle(apps, schema_editor):
    flags = apps.get_model("people", "PatternFlag").objects
    explained = flags.filter(settled_by__isnull=False)
    explained.filter(explanation="").update(explanation="—")
    explained.update(verdict="true", settled_on=TruncDate(F("changed_at")))


class Migration(migrations.Migration):
    dependencies = [("people", "0005_spell_one_index_of_residents")]
    operations = [
        migrations.RenameField("patternflag", "explained_by", "settled_by"),
        migrations.AddField(
            "patternflag",
            "verdict",
            models.CharField(
                "Verdict",
                max_length=10,
                choices=[
                    ("open", "To look at"),
                    ("true", "True as recorded"),
                    ("corrected", "Records corrected"),
                    ("untrue", "Untrue, reported to the office above"),
                ],
                default="open",
                db_default="open",
            ),
        ),
        migrations.AddField(
            "patternflag", "settled_on", models.DateField("Settled on", null=True, blank=True)
        ),
        migrations.RunPython(settle, migrations.RunPython.noop),
    ]
