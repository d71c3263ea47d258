from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "sql" / "workdays.sql").read_text(encoding="utf-8")
DROP = """
DROP FUNCTION qiao_workdays_between(date, date);
DROP FUNCTION qiao_add_workdays(date, int);
DROP TRIGGER number_days ON calendars_calendarday;
DROP FUNCTION qiao_number_days();
"""


class Migration(migrations.Migration):
    dependencies = [("calendars", "0001_initial")]
    operations = [migrations.RunSQL(SQL, DROP)]
