from django.db import migrations

BEGUN = """
INSERT INTO loans_standing (region_id, loan_id, since, balance_fen, oldest_unpaid)
SELECT region_id, id, lent_on, balance_fen, oldest_unpaid FROM loans_loan WHERE deleted_at IS NULL
"""


class Migration(migrations.Migration):
    """Loans paid out before spells were kept stand since their first day at what they owe now."""

    dependencies = [("loans", "0005_standing")]
    operations = [migrations.RunSQL(BEGUN, migrations.RunSQL.noop)]
