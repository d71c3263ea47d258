import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import django.db.models.manager
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
            name='SourceFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('name', models.CharField(max_length=200, verbose_name='File')),
                ('size', models.BigIntegerField(verbose_name='Size')),
                ('path', models.CharField(max_length=300)),
                ('uploaded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='Uploaded at')),
            ],
            options={
                'verbose_name': 'uploaded file',
                'verbose_name_plural': 'uploaded files',
            },
        ),
        migrations.CreateModel(
            name='ImportBatch',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('street', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(models.F('region'), '/', models.Value(1000)), output_field=models.BigIntegerField())),
                ('district', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(models.F('region'), '/', models.Value(1000000)), output_field=models.BigIntegerField())),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='Entered at')),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='Changed at')),
                ('deleted_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='Deleted at')),
                ('batch_id', models.BigIntegerField(blank=True, editable=False, null=True, verbose_name='Import batch')),
                ('importer', models.CharField(max_length=40, verbose_name='Kind of roster')),
                ('scope_code', models.BigIntegerField(verbose_name='Area of the person who imports')),
                ('stage', models.CharField(choices=[('reading', 'Being read'), ('mapping', 'Columns to confirm'), ('checking', 'Being checked'), ('preview', 'Ready to import'), ('merging', 'Being imported'), ('done', 'Imported'), ('undoing', 'Being undone'), ('undone', 'Undone'), ('failed', 'Stopped')], default='reading', max_length=10, verbose_name='State')),
                ('readings', models.JSONField(default=list)),
                ('decisions', models.JSONField(default=dict)),
                ('counts', models.JSONField(default=dict)),
                ('progress', models.IntegerField(default=0)),
                ('total', models.IntegerField(default=0)),
                ('problem', models.TextField(blank=True, verbose_name='Problem')),
                ('merged_at', models.DateTimeField(blank=True, null=True, verbose_name='Imported at')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='Undone at')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Entered by')),
                ('deleted_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region', verbose_name='Community')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='batches.sourcefile', verbose_name='File')),
            ],
            options={
                'verbose_name': 'import',
                'verbose_name_plural': 'imports',
                'abstract': False,
                'base_manager_name': 'everything',
                'default_manager_name': 'objects',
                'indexes': [models.Index(fields=['region', '-id'], name='import_batch_region')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sheet', models.SmallIntegerField(default=0)),
                ('number', models.IntegerField(verbose_name='Row')),
                ('block', models.SmallIntegerField(default=0)),
                ('status', models.CharField(choices=[('ready', 'Ready'), ('fixed', 'Put right automatically'), ('confirm', 'To confirm'), ('error', 'Errors'), ('skipped', 'Skipped')], max_length=8, verbose_name='State')),
                ('act', models.CharField(blank=True, choices=[('insert', 'New'), ('update', 'Changes a record'), ('same', 'Already so'), ('move', 'Proposes a transfer'), ('', 'Nothing')], default='', max_length=6, verbose_name='Effect')),
                ('cells', models.JSONField(default=list)),
                ('values', models.JSONField(default=dict)),
                ('extras', models.JSONField(default=dict)),
                ('notes', models.JSONField(default=list)),
                ('key', models.BinaryField(max_length=32, null=True)),
                ('cipher', models.BinaryField(null=True)),
                ('target', models.BigIntegerField(null=True)),
                ('before', models.JSONField(null=True)),
                ('merged_at', models.DateTimeField(null=True, verbose_name='Imported at')),
                ('stayed', models.BooleanField(db_default=False, default=False, verbose_name='Stayed when the import was taken back')),
                ('batch', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='batches.importbatch')),
                ('region', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='regions.region')),
            ],
            options={
                'verbose_name': 'row of an import',
                'verbose_name_plural': 'rows of an import',
                'indexes': [models.Index(fields=['batch', 'status', 'sheet', 'number'], name='import_row_status'), models.Index(condition=models.Q(('key__isnull', False)), fields=['batch', 'key'], name='import_row_key')],
                'constraints': [models.UniqueConstraint(fields=('batch', 'sheet', 'number', 'block'), name='import_row_is_read_once')],
            },
        ),
        migrations.CreateModel(
            name='RememberedHeader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('importer', models.CharField(max_length=40)),
                ('fingerprint', models.CharField(max_length=64)),
                ('memory', models.JSONField(default=dict)),
                ('used_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='regions.region')),
                ('used_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('region', 'importer', 'fingerprint'), name='header_is_remembered_once')],
            },
        ),
    ]
