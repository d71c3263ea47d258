import django.db.models.deletion
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
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ledger', models.CharField(max_length=40, verbose_name='Ledger')),
                ('name', models.CharField(max_length=40, verbose_name='Name')),
                ('query', models.CharField(blank=True, max_length=2000, verbose_name='Address')),
                ('shared', models.BooleanField(default=False, verbose_name='Shared with the office')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='regions.region', verbose_name='Region')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Kept by')),
            ],
            options={
                'verbose_name': 'saved view',
                'verbose_name_plural': 'saved views',
                'ordering': ['name', 'id'],
                'constraints': [models.UniqueConstraint(fields=('user', 'ledger', 'name'), name='saved_view_is_named_once', violation_error_message='You already keep a view of this name.')],
            },
        ),
    ]
