"""Secrets that rotate, and what is asked once of a phone that shares its number."""

import django.db.models.deletion
from django.db import migrations, models

import helpdesk.fields

STATES = ["wanted", "asking", "asked", "unclear", "running", "done", "declined", "refused"]


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0008_sign_up_by_setting"),
        ("tickets", "0017_message_kinds"),
        ("whatsapp", "0003_event_payload"),
    ]

    operations = [
        migrations.AddField(
            model_name="app",
            name="former_verify_token",
            field=helpdesk.fields.EncryptedJSONField(default=str),
        ),
        migrations.AddField(
            model_name="app",
            name="signed_with",
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.CreateModel(
            name="PhoneSync",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "kind",
                    models.CharField(choices=[("contacts", "Contacts"), ("history", "History")], max_length=10),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[(one, one.title()) for one in STATES], default="wanted", max_length=10
                    ),
                ),
                ("deadline", models.DateTimeField()),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                ("heard_at", models.DateTimeField(blank=True, null=True)),
                ("alarmed_at", models.DateTimeField(blank=True, null=True)),
                ("request_id", models.CharField(blank=True, max_length=64)),
                ("phase", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("progress", models.PositiveSmallIntegerField(default=0)),
                ("items", models.PositiveIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=300)),
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
                    "connection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phone_syncs",
                        to="tickets.connection",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["asked_at"],
                        name="whatsapp_sync_open",
                        condition=models.Q(("state__in", STATES[:4])),
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("connection", "kind"), name="whatsapp_sync_once")
                ],
            },
        ),
    ]
