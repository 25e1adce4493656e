"""Facts about earlier messages, calls, and news of customers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("whatsapp", "0005_account_news")]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.CharField(
                choices=[
                    ("message", "Message"),
                    ("reaction", "Reaction"),
                    ("edit", "Edit"),
                    ("removal", "Removal"),
                    ("call", "Call"),
                    ("notice", "Notice"),
                    ("status", "Status"),
                    ("identity", "Identity"),
                    ("account", "Account"),
                    ("unsupported", "Unsupported"),
                    ("unknown", "Unknown"),
                ],
                max_length=12,
            ),
        )
    ]
