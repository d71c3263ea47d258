from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "sql" / "parameter.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("standards", "0001_initial")]
    operations = [migrations.RunSQL(SQL, "DROP FUNCTION qiao_parameter(text, bigint, date)")]
