"""One more act on many contacts. Nothing changes in the database."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0015_finding_indexes")]

    operations = [
        migrations.AlterField(
            model_name="contactjob",
            name="action",
            field=models.CharField(
                choices=[
                    ("tag", "Tag"),
                    ("untag", "Untag"),
                    ("owner", "Owner"),
                    ("block", "Block"),
                    ("unblock", "Unblock"),
                    ("bot_off", "Bot Off"),
                    ("bot_on", "Bot On"),
                    ("delete", "Delete"),
                    ("field", "Field"),
                ],
                max_length=10,
            ),
        ),
    ]
