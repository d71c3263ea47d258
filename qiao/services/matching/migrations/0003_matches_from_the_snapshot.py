"""A run's lists stand in its snapshot; the table repeated them. Snapshots of before do not hold who envies, nor what the
other mode did: they go, and the next night makes one that does."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0002_derived_lines"),
    ]

    operations = [
        migrations.DeleteModel(name="Match"),
        migrations.RunSQL("DELETE FROM matching_snapshot", migrations.RunSQL.noop),
    ]
