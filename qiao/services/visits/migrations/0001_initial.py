import django.contrib.postgres.fields
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
        ('people', '0001_initial'),
        ('regions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('street', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(models.F('region'), '/', models.Value(1000)), output_field=models.BigIntegerField())),
                ('district', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(models.F('region'), '/', models.Value(1000000)), output_field=models.BigIntegerField())),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='Entered at')),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='Changed at')),
                ('deleted_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='Deleted at')),
                ('batch_id', models.BigIntegerField(blank=True, editable=False, null=True, verbose_name='Import batch')),
                ('target', models.CharField(choices=[('person', 'The person'), ('employer', 'The employer'), ('family', 'The family')], default='person', max_length=10, verbose_name='Whom')),
                ('way', models.CharField(choices=[('door', 'At the door'), ('phone', 'By phone'), ('other', 'Another way')], default='door', max_length=10, verbose_name='How')),
                ('outcome', models.CharField(choices=[('met', 'Met'), ('not_met', 'Not met'), ('no_answer', 'Phone not answered'), ('refused', 'Refused the visit')], max_length=10, verbose_name='Result')),
                ('situation', models.CharField(blank=True, choices=[('seeking', 'Looking for work'), ('working', 'Working'), ('training', 'In training'), ('caring', 'Caring for family'), ('ill', 'Ill'), ('away', 'Away')], max_length=10, verbose_name='How things stand')),
                ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('post', 'A post'), ('training', 'Training'), ('loan', 'A loan'), ('policy', 'Policy advice'), ('other', 'Something else')], max_length=10), blank=True, default=list, size=None, verbose_name='What is needed')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='In a sentence')),
                ('visited_on', models.DateField(verbose_name='Visited on')),
                ('next_on', models.DateField(blank=True, null=True, verbose_name='Next visit on')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Visited by')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Entered by')),
                ('deleted_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('household', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='people.household', verbose_name='Household')),
                ('region', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region', verbose_name='Community')),
                ('resident', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='people.resident', verbose_name='Resident')),
            ],
            options={
                'verbose_name': 'visit',
                'verbose_name_plural': 'visits',
                'abstract': False,
                'base_manager_name': 'everything',
                'default_manager_name': 'objects',
                'indexes': [models.Index(condition=models.Q(('deleted_at', None)), fields=['region', '-visited_on', '-id'], name='visit_region'), models.Index(condition=models.Q(('deleted_at', None)), fields=['street', '-visited_on', '-id'], name='visit_street'), models.Index(condition=models.Q(('deleted_at', None)), fields=['district', '-visited_on', '-id'], name='visit_district'), models.Index(condition=models.Q(('deleted_at', None)), fields=['resident', '-visited_on'], name='visit_resident'), models.Index(condition=models.Q(('deleted_at', None)), fields=['household', '-visited_on'], name='visit_household')],
                'constraints': [models.CheckConstraint(condition=models.Q(('resident__isnull', False), ('household__isnull', False), _connector='OR'), name='visit_is_to_somebody', violation_error_message='Say whom the visit was to.'), models.CheckConstraint(condition=models.Q(('next_on', None), ('next_on__gt', models.F('visited_on')), _connector='OR'), name='visit_next_comes_later', violation_error_message='The next visit must come after this one.')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='VisitEvent',
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
                ('target', models.CharField(choices=[('person', 'The person'), ('employer', 'The employer'), ('family', 'The family')], default='person', max_length=10, verbose_name='Whom')),
                ('way', models.CharField(choices=[('door', 'At the door'), ('phone', 'By phone'), ('other', 'Another way')], default='door', max_length=10, verbose_name='How')),
                ('outcome', models.CharField(choices=[('met', 'Met'), ('not_met', 'Not met'), ('no_answer', 'Phone not answered'), ('refused', 'Refused the visit')], max_length=10, verbose_name='Result')),
                ('situation', models.CharField(blank=True, choices=[('seeking', 'Looking for work'), ('working', 'Working'), ('training', 'In training'), ('caring', 'Caring for family'), ('ill', 'Ill'), ('away', 'Away')], max_length=10, verbose_name='How things stand')),
                ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('post', 'A post'), ('training', 'Training'), ('loan', 'A loan'), ('policy', 'Policy advice'), ('other', 'Something else')], max_length=10), blank=True, default=list, size=None, verbose_name='What is needed')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='In a sentence')),
                ('visited_on', models.DateField(verbose_name='Visited on')),
                ('next_on', models.DateField(blank=True, null=True, verbose_name='Next visit on')),
                ('by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Visited by')),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Entered by')),
                ('deleted_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('household', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.household', verbose_name='Household')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='visits.visit')),
                ('region', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.region', verbose_name='Community')),
                ('resident', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.resident', verbose_name='Resident')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
