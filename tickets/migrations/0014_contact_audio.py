"""Whether one contact may send voice messages."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0013_message_heard_from"),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="accepts_audio",
            field=models.BooleanField(blank=True, null=True),
        ),
    ]
