"""Pairs of contacts that one event named, user names among the addresses, and where late messages find their sender."""

import django.db.models.deletion
from django.db import migrations, models

KINDS = [
    ("phone", "Phone"),
    ("bsuid", "Bsuid"),
    ("bsuid_parent", "Bsuid Parent"),
    ("lid", "Lid"),
    ("group", "Group"),
    ("username", "Username"),
]
NAMES = """
INSERT INTO tickets_contactaddress
    (company_id, contact_id, kind, value, scope, learned_from, created_at, updated_at, version)
SELECT company_id, id, 'username', lower(username), '', '{"how": "message"}', now(), now(), 1
FROM tickets_contact WHERE username <> '' AND deleted_at IS NULL ORDER BY last_active_at DESC
ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0008_sign_up_by_setting"),
        ("tickets", "0019_parked"),
    ]

    operations = [
        migrations.CreateModel(
            name="AddressConflict",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("kind", models.CharField(choices=KINDS, max_length=12)),
                ("value", models.CharField(max_length=160)),
                ("how", models.CharField(max_length=20)),
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
                    "first",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tickets.contact",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tickets.contact",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["second"], name="address_conflict_second")],
                "constraints": [
                    models.UniqueConstraint(fields=["first", "second"], name="address_conflict_once")
                ],
            },
        ),
        migrations.AlterField(
            model_name="contactaddress",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=12),
        ),
        migrations.AddIndex(
            model_name="contactaddress",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", False), ("kind__in", ["bsuid", "bsuid_parent"])),
                fields=["company", "kind", "value"],
                name="contact_address_former",
            ),
        ),
        migrations.RunSQL(NAMES, migrations.RunSQL.noop),
    ]
