import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_spell_added'),
    ]

    operations = [
        migrations.AlterField(
            model_name='spell',
            name='resident',
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name='spells',
                to='people.resident',
                verbose_name='Resident',
            ),
        ),
    ]
