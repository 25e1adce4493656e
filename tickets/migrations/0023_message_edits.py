"""What customers change and delete after they sent it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0022_groups")]

    operations = [
        migrations.AddField("message", "edited_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("message", "removed_at", models.DateTimeField(blank=True, null=True)),
        migrations.CreateModel(
            name="MessageEdit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("body", models.TextField(blank=True)),
                ("content", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                (
                    "company",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenants.company",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="edits",
                        to="tickets.message",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["message", "at", "id"], name="message_edits")]},
        ),
    ]
