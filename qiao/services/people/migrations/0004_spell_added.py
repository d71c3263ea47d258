from importlib.resources import files

from django.db import migrations

SQL = files("qiao.services.people") / "sql"
BACK = """
CREATE OR REPLACE TRIGGER people_spell_inserted AFTER INSERT ON people_spell
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION people_spell_written();
DROP FUNCTION people_spell_added();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0003_lists_by_trailing_keys")]
    operations = [migrations.RunSQL((SQL / "spell_added.sql").read_text("utf-8"), BACK)]
