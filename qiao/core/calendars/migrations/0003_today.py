from importlib.resources import files

from django.db import migrations

TODAY = (files("qiao.core.calendars") / "sql" / "today.sql").read_text("utf-8")


class Migration(migrations.Migration):
    dependencies = [("calendars", "0002_workdays")]
    operations = [migrations.RunSQL(TODAY, "DROP FUNCTION qiao_today()")]
