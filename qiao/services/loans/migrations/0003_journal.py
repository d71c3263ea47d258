from importlib.resources import files

from django.db import migrations

SQL = files("qiao.services.loans") / "sql"


class Migration(migrations.Migration):
    dependencies = [("loans", "0002_money")]
    operations = [
        migrations.RunSQL(
            (SQL / "journal.sql").read_text("utf-8"), (SQL / "drop_journal.sql").read_text("utf-8")
        )
    ]
