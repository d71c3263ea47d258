from importlib.resources import files

from django.db import migrations

SQL = files("qiao.services.training") / "sql"


class Migration(migrations.Migration):
    dependencies = [("training", "0001_initial")]
    operations = [
        migrations.RunSQL(
            (SQL / "triggers.sql").read_text("utf-8"), (SQL / "drop_triggers.sql").read_text("utf-8")
        )
    ]
