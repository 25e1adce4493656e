"""What the ledger asks of webhooks and their facts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0008_sign_up_by_setting"),
        ("tickets", "0017_message_kinds"),
        ("whatsapp", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="event",
            name="provider_id",
            field=models.CharField(blank=True, db_default="", max_length=255),
        ),
        migrations.AddField(
            model_name="event",
            name="repeats",
            field=models.PositiveIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="payload",
            name="facts",
            field=models.PositiveIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="payload",
            name="repeats",
            field=models.PositiveIntegerField(db_default=0),
        ),
        migrations.AlterField(
            model_name="event",
            name="state",
            field=models.CharField(
                choices=[
                    ("pending", "Pending"),
                    ("applied", "Applied"),
                    ("parked", "Parked"),
                    ("skipped", "Skipped"),
                    ("quarantined", "Quarantined"),
                ],
                default="pending",
                max_length=12,
            ),
        ),
        migrations.RunSQL(
            """
            UPDATE whatsapp_event SET provider_id = coalesce(data->>'provider_id', data->>'target', '')
            WHERE kind IN ('message', 'reaction', 'status')
            """,
            migrations.RunSQL.noop,
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["company", "-created_at", "-id"], name="whatsapp_event_ledger"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("state", "applied"), _negated=True),
                fields=["company", "state", "-created_at", "-id"],
                name="whatsapp_event_by_state",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("kind__in", ["message", "status"]), _negated=True),
                fields=["company", "kind", "-created_at", "-id"],
                name="whatsapp_event_rare",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("repeats__gt", 0)),
                fields=["company", "-created_at", "-id"],
                name="whatsapp_event_repeated",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["company", "provider_id"], name="whatsapp_event_message"),
        ),
        migrations.AddIndex(
            model_name="payload",
            index=models.Index(fields=["company", "-received_at", "-id"], name="whatsapp_payload_ledger"),
        ),
        migrations.AddIndex(
            model_name="payload",
            index=models.Index(
                condition=models.Q(("state", "quarantined")),
                fields=["company", "-received_at", "-id"],
                name="whatsapp_payload_unread",
            ),
        ),
    ]
