import django.db.models.deletion
import pghistory.utils
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False, verbose_name='Day')),
                ('kind', models.CharField(choices=[('holiday', 'Holiday'), ('make_up', 'Make-up working day')], max_length=8, verbose_name='Kind')),
                ('name', models.CharField(blank=True, max_length=80, verbose_name='Occasion')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='Source')),
            ],
            options={
                'verbose_name': 'calendar day',
                'verbose_name_plural': 'calendar days',
                'ordering': ['day'],
            },
        ),
        migrations.CreateModel(
            name='BusinessDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fixed_on', models.DateField(blank=True, null=True, verbose_name='Fixed on')),
            ],
            options={
                'verbose_name': 'business date',
                'verbose_name_plural': 'business date',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='business_day_is_one_row')],
            },
        ),
        migrations.CreateModel(
            name='CalendarDayEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('day', models.DateField(serialize=False, verbose_name='Day')),
                ('kind', models.CharField(choices=[('holiday', 'Holiday'), ('make_up', 'Make-up working day')], max_length=8, verbose_name='Kind')),
                ('name', models.CharField(blank=True, max_length=80, verbose_name='Occasion')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='Source')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='calendars.calendarday')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NumberedDay',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False)),
                ('number', models.IntegerField()),
                ('working', models.BooleanField()),
            ],
            options={
                'ordering': ['day'],
                'indexes': [models.Index(condition=models.Q(('working', True)), fields=['number'], name='numbered_working_day')],
            },
        ),
    ]
