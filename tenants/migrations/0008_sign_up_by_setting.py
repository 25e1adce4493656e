"""Signing up stored what the setting said at that moment, and a later change of it counted no more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0007_work_hours"),
    ]

    operations = [
        migrations.AlterField(
            model_name="platform",
            name="sign_up_open",
            field=models.BooleanField(null=True),
        ),
        migrations.RunSQL(
            "UPDATE tenants_platform SET sign_up_open = NULL WHERE sign_up_open", migrations.RunSQL.noop
        ),
    ]
