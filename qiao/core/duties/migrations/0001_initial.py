import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import django.db.models.manager
import pghistory.utils
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('regions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('street', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(models.F('region'), '/', models.Value(1000)), output_field=models.BigIntegerField())),
                ('district', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(models.F('region'), '/', models.Value(1000000)), output_field=models.BigIntegerField())),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='Entered at')),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='Changed at')),
                ('deleted_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='Deleted at')),
                ('batch_id', models.BigIntegerField(blank=True, editable=False, null=True, verbose_name='Import batch')),
                ('duty', models.CharField(max_length=60, verbose_name='Duty')),
                ('record_id', models.BigIntegerField(verbose_name='Record')),
                ('reason', models.CharField(max_length=200, verbose_name='Reason')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Entered by')),
                ('deleted_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region', verbose_name='Community')),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Handed to')),
            ],
            options={
                'verbose_name': 'handover',
                'verbose_name_plural': 'handovers',
                'abstract': False,
                'base_manager_name': 'everything',
                'default_manager_name': 'objects',
                'indexes': [models.Index(condition=models.Q(('deleted_at', None)), fields=['duty', 'record_id', '-id'], name='handover_of')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='handover_has_a_reason', violation_error_message='Give the reason.')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='HandoverEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='Entered at')),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='Changed at')),
                ('deleted_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='Deleted at')),
                ('batch_id', models.BigIntegerField(blank=True, editable=False, null=True, verbose_name='Import batch')),
                ('duty', models.CharField(max_length=60, verbose_name='Duty')),
                ('record_id', models.BigIntegerField(verbose_name='Record')),
                ('reason', models.CharField(max_length=200, verbose_name='Reason')),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Entered by')),
                ('deleted_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='duties.handover')),
                ('region', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.region', verbose_name='Community')),
                ('to', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Handed to')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Postponement',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('street', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(models.F('region'), '/', models.Value(1000)), output_field=models.BigIntegerField())),
                ('district', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(models.F('region'), '/', models.Value(1000000)), output_field=models.BigIntegerField())),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='Entered at')),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='Changed at')),
                ('deleted_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='Deleted at')),
                ('batch_id', models.BigIntegerField(blank=True, editable=False, null=True, verbose_name='Import batch')),
                ('duty', models.CharField(max_length=60, verbose_name='Duty')),
                ('record_id', models.BigIntegerField(verbose_name='Record')),
                ('reason', models.CharField(max_length=200, verbose_name='Reason')),
                ('until', models.DateField(verbose_name='Postponed to')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Entered by')),
                ('deleted_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region', verbose_name='Community')),
            ],
            options={
                'verbose_name': 'postponement',
                'verbose_name_plural': 'postponements',
                'abstract': False,
                'base_manager_name': 'everything',
                'default_manager_name': 'objects',
                'indexes': [models.Index(condition=models.Q(('deleted_at', None)), fields=['duty', 'record_id', 'until'], name='postponement_of')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='postponement_has_a_reason', violation_error_message='Give the reason.')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='PostponementEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='Entered at')),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='Changed at')),
                ('deleted_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='Deleted at')),
                ('batch_id', models.BigIntegerField(blank=True, editable=False, null=True, verbose_name='Import batch')),
                ('duty', models.CharField(max_length=60, verbose_name='Duty')),
                ('record_id', models.BigIntegerField(verbose_name='Record')),
                ('reason', models.CharField(max_length=200, verbose_name='Reason')),
                ('until', models.DateField(verbose_name='Postponed to')),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Entered by')),
                ('deleted_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='duties.postponement')),
                ('region', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.region', verbose_name='Community')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
