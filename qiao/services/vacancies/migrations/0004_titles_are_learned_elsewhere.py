from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("vacancies", "0003_moved_and_taken_back")]
    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("LearnedTitle")])
    ]
