"""The newest attempts first, and those that did not simply succeed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0008_sign_up_by_setting"),
        ("tickets", "0017_message_kinds"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(fields=["company", "-started_at", "-id"], name="attempt_ledger"),
        ),
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(
                condition=models.Q(("outcome", "accepted"), _negated=True),
                fields=["company", "outcome", "-started_at", "-id"],
                name="attempt_by_outcome",
            ),
        ),
    ]
