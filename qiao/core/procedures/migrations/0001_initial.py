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
            name='Paper',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('street', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(models.F('region'), '/', models.Value(1000)), output_field=models.BigIntegerField())),
                ('district', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(models.F('region'), '/', models.Value(1000000)), output_field=models.BigIntegerField())),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='Entered at')),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='Changed at')),
                ('deleted_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='Deleted at')),
                ('batch_id', models.BigIntegerField(blank=True, editable=False, null=True, verbose_name='Import batch')),
                ('procedure', models.CharField(max_length=40, verbose_name='Procedure')),
                ('case_id', models.BigIntegerField(verbose_name='Case')),
                ('kind', models.CharField(max_length=40, verbose_name='Paper')),
                ('received_on', models.DateField(verbose_name='Received on')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='Note')),
                ('file', models.FileField(blank=True, max_length=200, upload_to='papers/%Y/%m/', verbose_name='File')),
                ('file_name', models.CharField(blank=True, max_length=200, verbose_name='File name')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Entered by')),
                ('deleted_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('received_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Received by')),
                ('region', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region', verbose_name='Community')),
            ],
            options={
                'verbose_name': 'paper',
                'verbose_name_plural': 'papers',
                'ordering': ['id'],
                'abstract': False,
                'base_manager_name': 'everything',
                'default_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(condition=models.Q(('deleted_at', None)), fields=('procedure', 'case_id', 'kind'), name='paper_is_received_once', violation_error_message='This paper has been received already.')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='PaperEvent',
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
                ('procedure', models.CharField(max_length=40, verbose_name='Procedure')),
                ('case_id', models.BigIntegerField(verbose_name='Case')),
                ('kind', models.CharField(max_length=40, verbose_name='Paper')),
                ('received_on', models.DateField(verbose_name='Received on')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='Note')),
                ('file', models.FileField(blank=True, max_length=200, upload_to='papers/%Y/%m/', verbose_name='File')),
                ('file_name', models.CharField(blank=True, max_length=200, verbose_name='File name')),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Entered by')),
                ('deleted_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='procedures.paper')),
                ('received_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Received by')),
                ('region', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.region', verbose_name='Community')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('street', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(models.F('region'), '/', models.Value(1000)), output_field=models.BigIntegerField())),
                ('district', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(models.F('region'), '/', models.Value(1000000)), output_field=models.BigIntegerField())),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='Entered at')),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='Changed at')),
                ('deleted_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='Deleted at')),
                ('batch_id', models.BigIntegerField(blank=True, editable=False, null=True, verbose_name='Import batch')),
                ('procedure', models.CharField(max_length=40, verbose_name='Procedure')),
                ('case_id', models.BigIntegerField(verbose_name='Case')),
                ('transition', models.CharField(max_length=40, verbose_name='Decision')),
                ('from_stage', models.CharField(blank=True, max_length=24, verbose_name='From')),
                ('to_stage', models.CharField(max_length=24, verbose_name='To')),
                ('role', models.CharField(blank=True, choices=[('station', 'Community station'), ('office', 'Street office'), ('employment_section', 'Employment section'), ('loan_section', 'Loan section'), ('leader', 'Leader'), ('guarantee_centre', 'Guarantee centre'), ('bank', 'Bank'), ('system_admin', 'System administrator'), ('security_admin', 'Security administrator'), ('audit_admin', 'Audit administrator')], max_length=24, verbose_name='Role')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='At')),
                ('on', models.DateField(verbose_name='On')),
                ('due_on', models.DateField(null=True, verbose_name='Due on')),
                ('opinion', models.TextField(blank=True, verbose_name='Opinion')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='Reason')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='By')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Entered by')),
                ('deleted_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region', verbose_name='Community')),
            ],
            options={
                'verbose_name': 'step',
                'verbose_name_plural': 'steps',
                'ordering': ['id'],
                'abstract': False,
                'base_manager_name': 'everything',
                'default_manager_name': 'objects',
                'indexes': [models.Index(fields=['procedure', 'case_id', 'id'], name='step_of_case')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
    ]
