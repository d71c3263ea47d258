from django.db import migrations

TABLES = "vacancies_post", "vacancies_placement"
CHECK = """CREATE TRIGGER employer_is_here BEFORE INSERT OR UPDATE OF employer_id, region_id ON {table}
    FOR EACH ROW EXECUTE FUNCTION employers_employer_is_here()"""
DROP = "DROP TRIGGER employer_is_here ON {table}"


class Migration(migrations.Migration):
    dependencies = [("vacancies", "0005_placements_by_maker"), ("employers", "0003_employers_of_the_district")]
    operations = [
        migrations.RunSQL("DROP TRIGGER vacancies_employer_is_here ON vacancies_post"),
        migrations.RunSQL("DROP FUNCTION vacancies_employer_is_here()"),
        *(migrations.RunSQL(CHECK.format(table=table), DROP.format(table=table)) for table in TABLES)
    ]
