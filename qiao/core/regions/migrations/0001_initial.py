import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Region',
            fields=[
                ('code', models.BigIntegerField(primary_key=True, serialize=False, verbose_name='Code')),
                ('name', models.CharField(max_length=80, verbose_name='Name')),
                ('level', models.SmallIntegerField(choices=[(1, 'Province'), (2, 'City'), (3, 'District'), (4, 'Street or town'), (5, 'Community')], verbose_name='Level')),
                ('kind', models.CharField(choices=[('statistical', 'Statistical'), ('internal', 'Kept by the district itself')], default='statistical', max_length=12, verbose_name='Kind')),
                ('initials', models.CharField(blank=True, max_length=40, verbose_name='Pinyin initials')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='Valid from')),
                ('valid_to', models.DateField(blank=True, help_text='The first day it no longer holds.', null=True, verbose_name='Valid until')),
            ],
            options={
                'verbose_name': 'region',
                'verbose_name_plural': 'regions',
                'ordering': ['code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('code__gt', 0), ('code__lt', 1000000000000)), name='region_code_has_12_digits', violation_error_message='A region code has 12 digits.'), models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_to', None), ('valid_from__lt', models.F('valid_to')), _connector='OR'), name='region_ends_after_it_begins', violation_error_message='A region must end after it begins.')],
            },
        ),
        migrations.CreateModel(
            name='FormerName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='Name')),
                ('until', models.DateField(help_text='The first day it no longer holds.', verbose_name='Until')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_names', to='regions.region', verbose_name='Region')),
            ],
            options={
                'verbose_name': 'former name',
                'verbose_name_plural': 'former names',
                'ordering': ['until', 'id'],
                'constraints': [models.UniqueConstraint(fields=('region', 'until'), name='region_is_renamed_once_a_day', violation_error_message='The region was already renamed on this day.')],
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='On')),
                ('kind', models.CharField(choices=[('recode', 'New code'), ('merge', 'Merged into'), ('split', 'Split into')], max_length=8, verbose_name='Kind')),
                ('new', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='origins', to='regions.region', verbose_name='New region')),
                ('old', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='regions.region', verbose_name='Old region')),
            ],
            options={
                'verbose_name': 'succession',
                'verbose_name_plural': 'successions',
                'constraints': [models.UniqueConstraint(fields=('old', 'new'), name='succession_is_stated_once'), models.CheckConstraint(condition=models.Q(('old', models.F('new')), _negated=True), name='succession_leads_elsewhere', violation_error_message='A region cannot succeed itself.')],
            },
        ),
    ]
