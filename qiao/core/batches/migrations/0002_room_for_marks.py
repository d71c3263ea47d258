from django.db import migrations


class Migration(migrations.Migration):
    """A staged row shrinks when it is merged; with room on its page the short one needs no new index entries."""

    dependencies = [("batches", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE batches_importrow SET (fillfactor = 82)",
            "ALTER TABLE batches_importrow RESET (fillfactor)",
        )
    ]
