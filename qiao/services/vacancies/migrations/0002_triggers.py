from importlib.resources import files

from django.db import migrations

SQL = files("qiao.services.vacancies") / "sql"


class Migration(migrations.Migration):
    dependencies = [("vacancies", "0001_initial"), ("people", "0002_triggers"), ("employers", "0001_initial")]
    operations = [
        migrations.RunSQL(
            (SQL / "triggers.sql").read_text("utf-8"), (SQL / "drop_triggers.sql").read_text("utf-8")
        )
    ]
