from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("vacancies", "0004_titles_are_learned_elsewhere")]

    operations = [
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(
                condition=models.Q(("batch_id", None)), fields=["created_by"], name="placement_made_by"
            ),
        ),
    ]
