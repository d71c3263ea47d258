import django.contrib.auth.models
import django.contrib.auth.validators
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.operations
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
import qiao.core.accounts.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('regions', '0001_initial'),
    ]

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('name', models.CharField(max_length=80, verbose_name='Full name')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='Phone')),
                ('language', models.CharField(choices=[('zh-hans', '\u7b80\u4f53\u4e2d\u6587'), ('zh-hant', '\u7e41\u9ad4\u4e2d\u6587'), ('en', 'English')], default='zh-hans', max_length=8, verbose_name='Language')),
                ('must_change_password', models.BooleanField(default=False, verbose_name='Must change the password')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('station', 'Community station'), ('office', 'Street office'), ('employment_section', 'Employment section'), ('loan_section', 'Loan section'), ('leader', 'Leader'), ('guarantee_centre', 'Guarantee centre'), ('bank', 'Bank'), ('system_admin', 'System administrator'), ('security_admin', 'Security administrator'), ('audit_admin', 'Audit administrator')], max_length=24, verbose_name='Role')),
                ('since', models.DateField(verbose_name='Since')),
                ('until', models.DateField(blank=True, help_text='The first day it no longer holds.', null=True, verbose_name='Until')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='regions.region', verbose_name='Region')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to=settings.AUTH_USER_MODEL, verbose_name='Person')),
            ],
            options={
                'verbose_name': 'appointment',
                'verbose_name_plural': 'appointments',
                'constraints': [models.CheckConstraint(condition=models.Q(('until', None), ('until__gt', models.F('since')), _connector='OR'), name='appointment_ends_after_it_begins', violation_error_message='An appointment must end after it begins.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('user', '='), ('role', '='), ('region', '='), (qiao.core.accounts.models.DateRange('since', 'until', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='appointment_is_held_once', violation_error_message='This person already holds this role here in that time.')],
            },
        ),
        migrations.CreateModel(
            name='Disclosure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='When')),
                ('role', models.CharField(choices=[('station', 'Community station'), ('office', 'Street office'), ('employment_section', 'Employment section'), ('loan_section', 'Loan section'), ('leader', 'Leader'), ('guarantee_centre', 'Guarantee centre'), ('bank', 'Bank'), ('system_admin', 'System administrator'), ('security_admin', 'Security administrator'), ('audit_admin', 'Audit administrator')], max_length=24, verbose_name='Role')),
                ('ledger', models.CharField(max_length=40, verbose_name='Ledger')),
                ('record_id', models.BigIntegerField(null=True, verbose_name='Record')),
                ('whose', models.CharField(max_length=120, verbose_name='Whose')),
                ('what', models.CharField(max_length=120, verbose_name='What')),
                ('why', models.CharField(max_length=200, verbose_name='Why')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region', verbose_name='Region')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Who')),
            ],
            options={
                'verbose_name': 'access to personal data',
                'verbose_name_plural': 'access log',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['region', '-id'], name='disclosure_region')],
                'constraints': [models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='disclosure_has_a_reason', violation_error_message='Say why you need to see it.')],
            },
        ),
    ]
