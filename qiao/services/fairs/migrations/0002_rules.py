from importlib.resources import files

from django.db import migrations

IS_KEPT = (files("qiao.services.fairs") / "sql" / "kept.sql").read_text("utf-8")
KEPT = "fairs_fair", "fairs_booth", "fairs_offer", "fairs_visitor", "fairs_intention"
KEEP = """CREATE TRIGGER kept_by_law BEFORE DELETE OR UPDATE OF deleted_at ON {table}
    FOR EACH ROW EXECUTE FUNCTION fairs_record_is_kept()"""
LET_GO = "DROP TRIGGER kept_by_law ON {table}"
EMPLOYER_IS_HERE = """CREATE TRIGGER employer_is_here BEFORE INSERT OR UPDATE OF employer_id, region_id ON fairs_booth
    FOR EACH ROW EXECUTE FUNCTION employers_employer_is_here()"""


class Migration(migrations.Migration):
    dependencies = [
        ("fairs", "0001_initial"),
        ("calendars", "0003_today"),
        ("standards", "0001_initial"),
        ("employers", "0003_employers_of_the_district"),
    ]
    operations = [
        migrations.RunSQL(IS_KEPT, "DROP FUNCTION fairs_record_is_kept()"),
        *(migrations.RunSQL(KEEP.format(table=table), LET_GO.format(table=table)) for table in KEPT),
        migrations.RunSQL(EMPLOYER_IS_HERE, "DROP TRIGGER employer_is_here ON fairs_booth"),
    ]
