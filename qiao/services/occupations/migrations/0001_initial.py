"""The learned titles were kept by the posts; the table stays where it is."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

TABLE = migrations.CreateModel(
    name="LearnedTitle",
    fields=[
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("title", models.CharField(max_length=80, unique=True, verbose_name="Title")),
        ("occupation_code", models.CharField(max_length=16, verbose_name="Occupation code")),
        ("times", models.IntegerField(default=1, verbose_name="Confirmed so often")),
        (
            "confirmed_at",
            models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(), verbose_name="Confirmed at"
            ),
        ),
        (
            "confirmed_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Confirmed by",
            ),
        ),
    ],
    options={
        "verbose_name": "learned title",
        "verbose_name_plural": "learned titles",
        "ordering": ["title"],
        "db_table": "vacancies_learnedtitle",
    },
)


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("vacancies", "0004_titles_are_learned_elsewhere"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [migrations.SeparateDatabaseAndState(state_operations=[TABLE])]
