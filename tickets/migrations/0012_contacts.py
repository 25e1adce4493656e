"""Notes, segments, merges, imports and bulk changes of contacts."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0005_farewell"),
        ("tickets", "0011_message_text"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactImport",
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
                ("name", models.CharField(max_length=200)),
                ("content", models.BinaryField()),
                ("kind", models.CharField(max_length=4)),
                ("encoding", models.CharField(blank=True, max_length=20)),
                ("delimiter", models.CharField(blank=True, max_length=1)),
                ("has_header", models.BooleanField(default=True)),
                ("columns", models.JSONField(default=list)),
                ("mapping", models.JSONField(default=list)),
                (
                    "on_existing",
                    models.CharField(
                        choices=[("update", "Update"), ("skip", "Skip")], default="update", max_length=6
                    ),
                ),
                ("make_tags", models.BooleanField(default=True)),
                (
                    "tags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("region", models.CharField(default="BR", max_length=2)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ready", "Ready"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="ready",
                        max_length=10,
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                ("position", models.PositiveIntegerField(default=0)),
                ("created", models.PositiveIntegerField(default=0)),
                ("updated", models.PositiveIntegerField(default=0)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                ("skipped", models.PositiveIntegerField(default=0)),
                ("failed", models.PositiveIntegerField(default=0)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ContactImportError",
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
                ("line", models.PositiveIntegerField()),
                ("problems", models.JSONField(default=list)),
                ("row", models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name="ContactJob",
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
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("tag", "Tag"),
                            ("untag", "Untag"),
                            ("owner", "Owner"),
                            ("block", "Block"),
                            ("unblock", "Unblock"),
                            ("bot_off", "Bot Off"),
                            ("bot_on", "Bot On"),
                            ("delete", "Delete"),
                        ],
                        max_length=10,
                    ),
                ),
                ("params", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "Running"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                            ("undoing", "Undoing"),
                            ("undone", "Undone"),
                        ],
                        default="running",
                        max_length=10,
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                ("updated", models.PositiveIntegerField(default=0)),
                ("failed", models.PositiveIntegerField(default=0)),
                ("undone", models.PositiveIntegerField(default=0)),
                ("kept", models.PositiveIntegerField(default=0)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ContactJobItem",
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
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("undone", "Undone"),
                            ("kept", "Kept"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("was", models.JSONField(blank=True, null=True)),
                ("became", models.JSONField(blank=True, null=True)),
                ("error", models.JSONField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ContactMerge",
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
                ("was", models.JSONField(default=dict)),
                ("became", models.JSONField(default=dict)),
                ("moved", models.JSONField(default=dict)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ContactNote",
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
                ("body", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="NotDuplicates",
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
            ],
        ),
        migrations.CreateModel(
            name="Segment",
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
                ("name", models.CharField(max_length=60)),
                ("color", models.CharField(default="#475569", max_length=7)),
                ("filter", models.JSONField(default=dict)),
                (
                    "sort",
                    models.CharField(
                        choices=[("newest", "Newest"), ("name", "Name"), ("active", "Active")],
                        default="newest",
                        max_length=8,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name="contact",
            name="last_active_at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(), default=django.utils.timezone.now
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="tickets.contact",
            ),
        ),
        migrations.AddField(
            model_name="contactaddress",
            name="learned_from",
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
        ),
        migrations.AddField(
            model_name="contact",
            name="sort_name",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.text.Left("search", 60),
                output_field=models.CharField(max_length=60),
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                models.F("company"),
                models.OrderBy(models.F("last_active_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="contact_active",
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                models.F("company"), models.F("sort_name"), models.F("id"), name="contact_by_name"
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                models.F("company"),
                models.F("email"),
                condition=models.Q(("email", ""), _negated=True),
                name="contact_email",
            ),
        ),
        migrations.AddField(
            model_name="contactimport",
            name="company",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="tenants.company",
            ),
        ),
        migrations.AddField(
            model_name="contactimport",
            name="user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="contactimporterror",
            name="company",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="tenants.company",
            ),
        ),
        migrations.AddField(
            model_name="contactimporterror",
            name="job",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="errors",
                to="tickets.contactimport",
            ),
        ),
        migrations.AddField(
            model_name="contactjob",
            name="company",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="tenants.company",
            ),
        ),
        migrations.AddField(
            model_name="contactjob",
            name="user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="contactjobitem",
            name="company",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="tenants.company",
            ),
        ),
        migrations.AddField(
            model_name="contactjobitem",
            name="contact",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="tickets.contact",
            ),
        ),
        migrations.AddField(
            model_name="contactjobitem",
            name="job",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="items",
                to="tickets.contactjob",
            ),
        ),
        migrations.AddField(
            model_name="contactmerge",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="contactmerge",
            name="company",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="tenants.company",
            ),
        ),
        migrations.AddField(
            model_name="contactmerge",
            name="merged",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="tickets.contact",
            ),
        ),
        migrations.AddField(
            model_name="contactmerge",
            name="survivor",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="merges",
                to="tickets.contact",
            ),
        ),
        migrations.AddField(
            model_name="contactmerge",
            name="undone_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="contactnote",
            name="author",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="contactnote",
            name="company",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="tenants.company",
            ),
        ),
        migrations.AddField(
            model_name="contactnote",
            name="contact",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="contact_notes",
                to="tickets.contact",
            ),
        ),
        migrations.AddField(
            model_name="notduplicates",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="notduplicates",
            name="company",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="tenants.company",
            ),
        ),
        migrations.AddField(
            model_name="notduplicates",
            name="first",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="tickets.contact",
            ),
        ),
        migrations.AddField(
            model_name="notduplicates",
            name="second",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="tickets.contact",
            ),
        ),
        migrations.AddField(
            model_name="segment",
            name="company",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="tenants.company",
            ),
        ),
        migrations.AddField(
            model_name="segment",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="contactimport",
            index=models.Index(fields=["company", "-id"], name="contact_import_newest"),
        ),
        migrations.AddIndex(
            model_name="contactimport",
            index=models.Index(
                condition=models.Q(("state", "running")), fields=["updated_at"], name="contact_import_running"
            ),
        ),
        migrations.AddConstraint(
            model_name="contactimporterror",
            constraint=models.UniqueConstraint(fields=("job", "line"), name="contact_import_error_once"),
        ),
        migrations.AddIndex(
            model_name="contactjob",
            index=models.Index(
                condition=models.Q(("state__in", ["running", "undoing"])),
                fields=["updated_at"],
                name="contact_job_under_way",
            ),
        ),
        migrations.AddIndex(
            model_name="contactjobitem",
            index=models.Index(fields=["job", "state", "id"], name="contact_job_item_next"),
        ),
        migrations.AddConstraint(
            model_name="contactjobitem",
            constraint=models.UniqueConstraint(fields=("job", "contact"), name="contact_job_item_once"),
        ),
        migrations.AddIndex(
            model_name="contactmerge",
            index=models.Index(
                models.F("survivor"),
                models.OrderBy(models.F("id"), descending=True),
                name="contact_merge_survivor",
            ),
        ),
        migrations.AddIndex(
            model_name="contactmerge",
            index=models.Index(
                models.F("merged"),
                models.OrderBy(models.F("id"), descending=True),
                name="contact_merge_merged",
            ),
        ),
        migrations.AddIndex(
            model_name="contactnote",
            index=models.Index(
                models.F("contact"),
                models.OrderBy(models.F("id"), descending=True),
                name="contact_note_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="notduplicates",
            index=models.Index(fields=["second"], name="not_duplicates_second"),
        ),
        migrations.AddConstraint(
            model_name="notduplicates",
            constraint=models.UniqueConstraint(fields=("first", "second"), name="not_duplicates_once"),
        ),
        migrations.AddIndex(
            model_name="segment",
            index=models.Index(fields=["company", "owner", "position"], name="segment_in_order"),
        ),
        migrations.RunSQL(
            """UPDATE tickets_contact SET last_active_at = coalesce((
                SELECT max(last_inbound_at) FROM tickets_contactaddress a WHERE a.contact_id = tickets_contact.id
            ), created_at)""",
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
