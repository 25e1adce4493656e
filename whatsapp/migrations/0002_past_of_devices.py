from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('whatsapp', '0001_tables')]

    operations = [
        migrations.AddField(
            model_name='device',
            name='past',
            field=models.CharField(
                choices=[('all', 'All'), ('period', 'Period'), ('none', 'None')], default='all', max_length=8
            ),
        ),
        migrations.AddField(
            model_name='device', name='past_from', field=models.DateField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name='device', name='past_until', field=models.DateField(blank=True, null=True)
        ),
        migrations.AddConstraint(
            model_name='device',
            constraint=models.CheckConstraint(
                condition=models.Q(('past_until__gte', models.F('past_from'))),
                name='whatsapp_device_period_in_order',
            ),
        ),
    ]
