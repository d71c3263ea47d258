import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Rollup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tally', models.CharField(max_length=48)),
                ('level', models.SmallIntegerField()),
                ('region', models.BigIntegerField(verbose_name='Region')),
                ('month', models.DateField()),
                ('dimension', models.CharField(max_length=24)),
                ('key', models.CharField(max_length=48)),
                ('value', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'figure',
                'verbose_name_plural': 'figures',
                'constraints': [models.UniqueConstraint(fields=('level', 'dimension', 'tally', 'month', 'region', 'key'), include=('value',), name='figure_is_kept_once')],
            },
        ),
        migrations.CreateModel(
            name='Touched',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region', models.BigIntegerField()),
                ('since', models.DateField()),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'verbose_name': 'pending change',
                'verbose_name_plural': 'pending changes',
                'indexes': [models.Index(fields=['region'], name='touched_region')],
            },
        ),
        migrations.CreateModel(
            name='Upto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('declared', models.CharField(default='', max_length=64)),
            ],
            options={
                'verbose_name': 'day of the roll-up',
                'verbose_name_plural': 'day of the roll-up',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='upto_is_one_row')],
            },
        ),
    ]
