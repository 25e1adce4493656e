"""Which facts were in a webhook."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tenants', '0008_sign_up_by_setting'),
        ('tickets', '0018_attempt_ledger'),
        ('whatsapp', '0002_ledger'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['payload'], name='whatsapp_event_payload'),
        ),
    ]
