from importlib.resources import files

from django.db import migrations

SQL = files("qiao.services.support") / "sql"


class Migration(migrations.Migration):
    dependencies = [("support", "0001_initial"), ("standards", "0002_parameter_function")]
    operations = [
        migrations.RunSQL(
            (SQL / "triggers.sql").read_text("utf-8"), (SQL / "drop_triggers.sql").read_text("utf-8")
        )
    ]
