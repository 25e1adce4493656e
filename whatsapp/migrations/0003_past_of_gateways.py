from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('whatsapp', '0002_past_of_devices')]

    operations = [
        migrations.AddField(
            model_name='phonesync',
            name='plan',
            field=models.JSONField(blank=True, db_default=models.Value({}, models.JSONField()), default=dict),
        )
    ]
