import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
import pghistory.utils
import qiao.core.standards.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='ParameterValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60, verbose_name='Parameter')),
                ('place', models.BigIntegerField(default=0, help_text='Area code; 0 is the whole country.', verbose_name='Place')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='Valid from')),
                ('valid_to', models.DateField(blank=True, help_text='The first day it no longer holds.', null=True, verbose_name='Valid until')),
                ('value', models.JSONField(verbose_name='Value')),
                ('source', models.CharField(max_length=300, verbose_name='Source')),
                ('doubt', models.CharField(blank=True, choices=[('', 'Source read'), ('unsourced', 'No source found; check it'), ('unsure', 'Unsure; check it first')], default='', max_length=9, verbose_name='Doubt')),
                ('status', models.CharField(choices=[('seed', 'Came with Qiao'), ('confirmed', 'Entered here')], default='confirmed', max_length=9, verbose_name='Status')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='Reason for the change')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='Entered at')),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True, verbose_name='Withdrawn at')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Entered by')),
            ],
            options={
                'verbose_name': 'parameter value',
                'verbose_name_plural': 'parameter values',
                'ordering': ['code', 'place', models.OrderBy(models.F('valid_from'), nulls_first=True), 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_to', None), ('valid_from__lt', models.F('valid_to')), _connector='OR'), name='parameter_ends_after_it_begins', violation_error_message='A value must end after it begins.'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='parameter_names_its_source', violation_error_message='Say where the value comes from.'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('withdrawn_at', None)), expressions=[('code', '='), ('place', '='), (qiao.core.standards.models.DateRange('valid_from', 'valid_to', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='parameter_holds_once', violation_error_message='Another value of this parameter already holds here in that time.')],
            },
        ),
        migrations.CreateModel(
            name='ParameterValueEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('code', models.CharField(max_length=60, verbose_name='Parameter')),
                ('place', models.BigIntegerField(default=0, help_text='Area code; 0 is the whole country.', verbose_name='Place')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='Valid from')),
                ('valid_to', models.DateField(blank=True, help_text='The first day it no longer holds.', null=True, verbose_name='Valid until')),
                ('value', models.JSONField(verbose_name='Value')),
                ('source', models.CharField(max_length=300, verbose_name='Source')),
                ('doubt', models.CharField(blank=True, choices=[('', 'Source read'), ('unsourced', 'No source found; check it'), ('unsure', 'Unsure; check it first')], default='', max_length=9, verbose_name='Doubt')),
                ('status', models.CharField(choices=[('seed', 'Came with Qiao'), ('confirmed', 'Entered here')], default='confirmed', max_length=9, verbose_name='Status')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='Reason for the change')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='Entered at')),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True, verbose_name='Withdrawn at')),
                ('created_by', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Entered by')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='standards.parametervalue')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
