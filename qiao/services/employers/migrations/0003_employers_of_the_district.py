from importlib.resources import files

from django.db import migrations

IS_HERE = (files("qiao.services.employers") / "sql" / "is_here.sql").read_text("utf-8")
TABLES = "employers_base", "employers_labourenterprise", "employers_outlet"
CHECK = """CREATE TRIGGER employer_is_here BEFORE INSERT OR UPDATE OF employer_id, region_id ON {table}
    FOR EACH ROW EXECUTE FUNCTION employers_employer_is_here()"""
DROP = "DROP TRIGGER employer_is_here ON {table}"


class Migration(migrations.Migration):
    dependencies = [("employers", "0002_industries_and_places")]
    operations = [
        migrations.RunSQL(IS_HERE, "DROP FUNCTION employers_employer_is_here()"),
        *(migrations.RunSQL(CHECK.format(table=table), DROP.format(table=table)) for table in TABLES),
    ]
