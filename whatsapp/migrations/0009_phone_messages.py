"""What a phone tells that shares its number."""

from django.db import migrations, models

KINDS = [
    "message", "reaction", "edit", "removal", "call", "notice", "status", "phone", "book", "import", "group",
    "identity", "account", "unsupported", "unknown",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("whatsapp", "0008_group_news")]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.CharField(choices=[(one, one.title()) for one in KINDS], max_length=12),
        )
    ]
