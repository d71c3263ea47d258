
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
        ('regions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Employer',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('street', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(models.F('region'), '/', models.Value(1000)), output_field=models.BigIntegerField())),
                ('district', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(models.F('region'), '/', models.Value(1000000)), output_field=models.BigIntegerField())),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='Entered at')),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='Changed at')),
                ('deleted_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='Deleted at')),
                ('batch_id', models.BigIntegerField(blank=True, editable=False, null=True, verbose_name='Import batch')),
                ('name', models.CharField(max_length=120, verbose_name='Employer')),
                ('kind', models.CharField(choices=[('enterprise', 'Enterprise'), ('individual', 'Individual business'), ('public', 'Public institution'), ('government', 'Government body'), ('committee', "Residents' committee"), ('market', 'Market management'), ('organisation', 'Social organisation'), ('other', 'Other')], db_default='enterprise', default='enterprise', max_length=12, verbose_name='Kind')),
                ('uscc', models.CharField(blank=True, db_default='', default='', max_length=18, verbose_name='Unified social credit code')),
                ('licence_no', models.CharField(blank=True, db_default='', default='', max_length=30, verbose_name='Business licence number')),
                ('industry', models.CharField(blank=True, db_default='', default='', max_length=4, verbose_name='Industry')),
                ('industry_edition', models.CharField(blank=True, choices=[('2002', 'GB/T 4754-2002'), ('2011', 'GB/T 4754-2011'), ('2017', 'GB/T 4754-2017')], db_default='', default='', max_length=4, verbose_name='Edition of the industry')),
                ('legal_person', models.CharField(blank=True, db_default='', default='', max_length=60, verbose_name='Legal representative')),
                ('contact', models.CharField(blank=True, db_default='', default='', max_length=60, verbose_name='Contact')),
                ('phone', models.CharField(blank=True, db_default='', default='', max_length=20, verbose_name='Phone')),
                ('address', models.CharField(blank=True, db_default='', default='', max_length=160, verbose_name='Address')),
                ('latitude', models.FloatField(blank=True, null=True, verbose_name='Latitude')),
                ('longitude', models.FloatField(blank=True, null=True, verbose_name='Longitude')),
                ('staff', models.IntegerField(blank=True, null=True, verbose_name='Staff')),
                ('note', models.CharField(blank=True, db_default='', default='', max_length=300, verbose_name='Note')),
                ('verification', models.CharField(choices=[('waiting', 'Waiting to be verified'), ('verified', 'Verified'), ('refused', 'Refused')], db_default='waiting', default='waiting', editable=False, max_length=12, verbose_name='Verification')),
                ('verified_on', models.DateField(blank=True, editable=False, null=True, verbose_name='Verified on')),
                ('refused_because', models.CharField(blank=True, db_default='', default='', editable=False, max_length=200, verbose_name='Refused because')),
                ('carrier', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Responsible')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Entered by')),
                ('deleted_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region', verbose_name='Community')),
                ('verified_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Verified by')),
            ],
            options={
                'verbose_name': 'employer',
                'verbose_name_plural': 'employers',
                'abstract': False,
                'base_manager_name': 'everything',
                'default_manager_name': 'objects',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='EmployerEvent',
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
                ('name', models.CharField(max_length=120, verbose_name='Employer')),
                ('kind', models.CharField(choices=[('enterprise', 'Enterprise'), ('individual', 'Individual business'), ('public', 'Public institution'), ('government', 'Government body'), ('committee', "Residents' committee"), ('market', 'Market management'), ('organisation', 'Social organisation'), ('other', 'Other')], db_default='enterprise', default='enterprise', max_length=12, verbose_name='Kind')),
                ('uscc', models.CharField(blank=True, db_default='', default='', max_length=18, verbose_name='Unified social credit code')),
                ('licence_no', models.CharField(blank=True, db_default='', default='', max_length=30, verbose_name='Business licence number')),
                ('industry', models.CharField(blank=True, db_default='', default='', max_length=4, verbose_name='Industry')),
                ('industry_edition', models.CharField(blank=True, choices=[('2002', 'GB/T 4754-2002'), ('2011', 'GB/T 4754-2011'), ('2017', 'GB/T 4754-2017')], db_default='', default='', max_length=4, verbose_name='Edition of the industry')),
                ('legal_person', models.CharField(blank=True, db_default='', default='', max_length=60, verbose_name='Legal representative')),
                ('contact', models.CharField(blank=True, db_default='', default='', max_length=60, verbose_name='Contact')),
                ('phone', models.CharField(blank=True, db_default='', default='', max_length=20, verbose_name='Phone')),
                ('address', models.CharField(blank=True, db_default='', default='', max_length=160, verbose_name='Address')),
                ('latitude', models.FloatField(blank=True, null=True, verbose_name='Latitude')),
                ('longitude', models.FloatField(blank=True, null=True, verbose_name='Longitude')),
                ('staff', models.IntegerField(blank=True, null=True, verbose_name='Staff')),
                ('note', models.CharField(blank=True, db_default='', default='', max_length=300, verbose_name='Note')),
                ('verification', models.CharField(choices=[('waiting', 'Waiting to be verified'), ('verified', 'Verified'), ('refused', 'Refused')], db_default='waiting', default='waiting', editable=False, max_length=12, verbose_name='Verification')),
                ('verified_on', models.DateField(blank=True, editable=False, null=True, verbose_name='Verified on')),
                ('refused_because', models.CharField(blank=True, db_default='', default='', editable=False, max_length=200, verbose_name='Refused because')),
                ('carrier', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Responsible')),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Entered by')),
                ('deleted_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='employers.employer')),
                ('region', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.region', verbose_name='Community')),
                ('verified_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Verified by')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='employer',
            index=models.Index(condition=models.Q(('deleted_at', None)), fields=['region', '-id'], name='employer_region'),
        ),
        migrations.AddIndex(
            model_name='employer',
            index=models.Index(condition=models.Q(('deleted_at', None)), fields=['street', '-id'], name='employer_street'),
        ),
        migrations.AddIndex(
            model_name='employer',
            index=models.Index(condition=models.Q(('deleted_at', None)), fields=['district', '-id'], name='employer_district'),
        ),
        migrations.AddIndex(
            model_name='employer',
            index=models.Index(fields=['district', 'name'], name='employer_name'),
        ),
        migrations.AddIndex(
            model_name='employer',
            index=models.Index(condition=models.Q(('batch_id__isnull', False)), fields=['batch_id'], name='employer_batch'),
        ),
        migrations.AddConstraint(
            model_name='employer',
            constraint=models.UniqueConstraint(condition=models.Q(('deleted_at', None), models.Q(('uscc', ''), _negated=True)), fields=('district', 'uscc'), name='employer_is_recorded_once', violation_error_message='An employer with this unified code is recorded in the district already. Open its file.'),
        ),
        migrations.AddConstraint(
            model_name='employer',
            constraint=models.UniqueConstraint(condition=models.Q(('deleted_at', None), models.Q(('licence_no', ''), _negated=True)), fields=('district', 'licence_no'), name='employer_licence_is_recorded_once', violation_error_message='An employer with this licence number is recorded in the district already. Open its file.'),
        ),
        migrations.AddConstraint(
            model_name='employer',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='employer_has_a_name', violation_error_message='An employer needs a name.'),
        ),
        migrations.AddConstraint(
            model_name='employer',
            constraint=models.CheckConstraint(condition=models.Q(('uscc', ''), ('uscc__regex', '^[0-9A-HJ-NPQRTUWXY]{18}$'), _connector='OR'), name='employer_uscc_is_well_formed', violation_error_message='A unified code has 18 digits and capital letters, without I, O, S, V and Z.'),
        ),
        migrations.AddConstraint(
            model_name='employer',
            constraint=models.CheckConstraint(condition=models.Q(('industry', ''), models.Q(('industry_edition', ''), _negated=True), _connector='OR'), name='employer_industry_names_its_edition', violation_error_message='Say which edition of the classification the industry is of.'),
        ),
        migrations.AddConstraint(
            model_name='employer',
            constraint=models.CheckConstraint(condition=models.Q(('staff', None), ('staff__gte', 0), _connector='OR'), name='employer_staff_is_not_negative', violation_error_message='A number of staff cannot be negative.'),
        ),
        migrations.AddConstraint(
            model_name='employer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__range', (-90, 90)), ('longitude__range', (-180, 180))), _connector='OR'), name='employer_coordinates_are_whole', violation_error_message='Give latitude and longitude together, or neither.'),
        ),
        migrations.AddConstraint(
            model_name='employer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('verification', 'verified'), _negated=True), ('verified_on__isnull', False), _connector='OR'), models.Q(models.Q(('verification', 'refused'), _negated=True), models.Q(('refused_because', ''), _negated=True), _connector='OR')), name='employer_verification_says_when_and_why', violation_error_message='Say on which day it was verified, or why it was refused.'),
        ),
    ]
