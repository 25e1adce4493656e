"""News of groups among the facts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("whatsapp", "0007_linked_devices")]

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
                    ("group", "Group"),
                    ("identity", "Identity"),
                    ("account", "Account"),
                    ("unsupported", "Unsupported"),
                    ("unknown", "Unknown"),
                ],
                max_length=12,
            ),
        )
    ]
