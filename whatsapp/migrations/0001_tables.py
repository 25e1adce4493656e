"""All tables of this app. A database that went through the former steps has them already."""

import django.contrib.postgres.fields
import django.db.models.deletion
import helpdesk.fields
import uuid
import whatsapp.models.app
from django.db import migrations, models

from helpdesk.migration import Tables


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ("whatsapp", "0001_initial"),
        ("whatsapp", "0002_ledger"),
        ("whatsapp", "0003_event_payload"),
        ("whatsapp", "0004_onboarding"),
        ("whatsapp", "0005_account_news"),
        ("whatsapp", "0006_changes_and_calls"),
        ("whatsapp", "0007_linked_devices"),
        ("whatsapp", "0008_group_news"),
        ("whatsapp", "0009_phone_messages"),
    ]

    dependencies = [
        ('tenants', '0001_tables'),
        ('tickets', '0001_tables'),
    ]

    operations = [
        Tables([
            migrations.CreateModel(
                name='App',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('app_id', models.CharField(max_length=32)),
                    ('secrets', helpdesk.fields.EncryptedJSONField(default=list)),
                    ('signed_with', models.CharField(blank=True, max_length=8)),
                    ('verify_token', helpdesk.fields.EncryptedJSONField(default=str)),
                    ('former_verify_token', helpdesk.fields.EncryptedJSONField(default=str)),
                    ('graph_version', models.CharField(default=whatsapp.models.app._graph_version, max_length=8)),
                    ('api_root', models.CharField(default=whatsapp.models.app._api_root, max_length=200)),
                    ('media_hosts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), default=list, size=None)),
                    ('company', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenants.company')),
                ],
            ),
            migrations.CreateModel(
                name='Device',
                fields=[
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('connection', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='device', serialize=False, to='tickets.connection')),
                    ('state', models.CharField(choices=[('new', 'New'), ('offline', 'Offline'), ('pairing', 'Pairing'), ('linked', 'Linked'), ('connecting', 'Connecting'), ('online', 'Online'), ('pair_timeout', 'Pair Timeout'), ('passkey_required', 'Passkey Required'), ('logged_out', 'Logged Out'), ('replaced', 'Replaced'), ('banned', 'Banned'), ('outdated', 'Outdated'), ('failed', 'Failed')], default='new', max_length=20)),
                    ('reason', models.CharField(blank=True, max_length=200)),
                    ('is_wanted', models.BooleanField(default=False)),
                    ('owner', models.CharField(blank=True, max_length=80)),
                    ('lease_until', models.DateTimeField(blank=True, null=True)),
                    ('epoch', models.PositiveIntegerField(default=0)),
                    ('attempt', models.PositiveSmallIntegerField(default=0)),
                    ('qr', helpdesk.fields.EncryptedJSONField(default=str)),
                    ('qr_expires_at', models.DateTimeField(blank=True, null=True)),
                    ('failures', models.PositiveSmallIntegerField(default=0)),
                    ('retry_at', models.DateTimeField(blank=True, null=True)),
                    ('banned_until', models.DateTimeField(blank=True, null=True)),
                    ('is_fresh', models.BooleanField(default=False)),
                    ('jid', models.CharField(blank=True, max_length=80)),
                    ('lid', models.CharField(blank=True, max_length=80)),
                    ('online_at', models.DateTimeField(blank=True, null=True)),
                    ('offline_at', models.DateTimeField(blank=True, null=True)),
                    ('company', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenants.company')),
                ],
            ),
            migrations.CreateModel(
                name='DeviceCommand',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('kind', models.CharField(max_length=12)),
                    ('payload', models.JSONField(default=dict)),
                    ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('withdrawn', 'Withdrawn')], default='waiting', max_length=10)),
                    ('expires_at', models.DateTimeField()),
                    ('result', models.JSONField(blank=True, null=True)),
                    ('company', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenants.company')),
                    ('device', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='commands', to='whatsapp.device')),
                ],
            ),
            migrations.CreateModel(
                name='EventLane',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('key', models.CharField(max_length=220)),
                    ('due_at', models.DateTimeField(blank=True, null=True)),
                    ('company', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenants.company')),
                ],
            ),
            migrations.CreateModel(
                name='Payload',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('source', models.CharField(choices=[('cloud_api', 'Cloud Api'), ('qr', 'Qr'), ('gateway', 'Gateway')], db_default='cloud_api', max_length=12)),
                    ('sha256', models.BinaryField(max_length=32)),
                    ('body', models.BinaryField()),
                    ('received_at', models.DateTimeField()),
                    ('state', models.CharField(choices=[('new', 'New'), ('split', 'Split'), ('quarantined', 'Quarantined')], default='new', max_length=12)),
                    ('error', models.CharField(blank=True, default='', max_length=300)),
                    ('facts', models.PositiveIntegerField(db_default=0)),
                    ('repeats', models.PositiveIntegerField(db_default=0)),
                    ('app', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='whatsapp.app')),
                    ('company', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenants.company')),
                    ('connection', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.connection')),
                ],
            ),
            migrations.CreateModel(
                name='Event',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('kind', models.CharField(choices=[('message', 'Message'), ('reaction', 'Reaction'), ('edit', 'Edit'), ('removal', 'Removal'), ('call', 'Call'), ('notice', 'Notice'), ('status', 'Status'), ('phone', 'Phone'), ('book', 'Book'), ('import', 'Import'), ('group', 'Group'), ('identity', 'Identity'), ('account', 'Account'), ('unsupported', 'Unsupported'), ('unknown', 'Unknown')], max_length=12)),
                    ('key', models.CharField(max_length=220)),
                    ('at', models.DateTimeField()),
                    ('data', models.JSONField(default=dict)),
                    ('target', models.CharField(blank=True, max_length=255)),
                    ('provider_id', models.CharField(blank=True, db_default='', max_length=255)),
                    ('repeats', models.PositiveIntegerField(db_default=0)),
                    ('state', models.CharField(choices=[('pending', 'Pending'), ('applied', 'Applied'), ('parked', 'Parked'), ('skipped', 'Skipped'), ('quarantined', 'Quarantined')], default='pending', max_length=12)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('retry_at', models.DateTimeField(blank=True, null=True)),
                    ('error', models.CharField(blank=True, max_length=300)),
                    ('company', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenants.company')),
                    ('connection', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.connection')),
                    ('lane', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='whatsapp.eventlane')),
                    ('payload', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='events', to='whatsapp.payload')),
                ],
            ),
            migrations.CreateModel(
                name='PhoneSync',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('kind', models.CharField(choices=[('contacts', 'Contacts'), ('history', 'History')], max_length=10)),
                    ('state', models.CharField(choices=[('wanted', 'Wanted'), ('asking', 'Asking'), ('asked', 'Asked'), ('unclear', 'Unclear'), ('running', 'Running'), ('done', 'Done'), ('declined', 'Declined'), ('refused', 'Refused')], default='wanted', max_length=10)),
                    ('deadline', models.DateTimeField()),
                    ('asked_at', models.DateTimeField(blank=True, null=True)),
                    ('heard_at', models.DateTimeField(blank=True, null=True)),
                    ('alarmed_at', models.DateTimeField(blank=True, null=True)),
                    ('request_id', models.CharField(blank=True, max_length=64)),
                    ('phase', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('progress', models.PositiveSmallIntegerField(default=0)),
                    ('items', models.PositiveIntegerField(default=0)),
                    ('error', models.CharField(blank=True, max_length=300)),
                    ('company', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenants.company')),
                    ('connection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phone_syncs', to='tickets.connection')),
                ],
            ),
            migrations.AddConstraint(
                model_name='app',
                constraint=models.UniqueConstraint(fields=('company', 'app_id'), name='whatsapp_app_once'),
            ),
            migrations.AddIndex(
                model_name='device',
                index=models.Index(condition=models.Q(('is_wanted', True)), fields=['lease_until'], name='whatsapp_device_wanted'),
            ),
            migrations.AddIndex(
                model_name='devicecommand',
                index=models.Index(condition=models.Q(('state', 'waiting')), fields=['device', 'id'], name='whatsapp_command_waiting'),
            ),
            migrations.AddIndex(
                model_name='devicecommand',
                index=models.Index(fields=['created_at'], name='whatsapp_command_age'),
            ),
            migrations.AddIndex(
                model_name='eventlane',
                index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['company', 'due_at'], name='whatsapp_lane_due'),
            ),
            migrations.AddConstraint(
                model_name='eventlane',
                constraint=models.UniqueConstraint(fields=('company', 'key'), name='whatsapp_lane_once'),
            ),
            migrations.AddIndex(
                model_name='payload',
                index=models.Index(condition=models.Q(('state', 'new')), fields=['company', 'id'], name='whatsapp_payload_new'),
            ),
            migrations.AddIndex(
                model_name='payload',
                index=models.Index(fields=['received_at'], name='whatsapp_payload_age'),
            ),
            migrations.AddIndex(
                model_name='payload',
                index=models.Index(fields=['company', '-received_at', '-id'], name='whatsapp_payload_ledger'),
            ),
            migrations.AddIndex(
                model_name='payload',
                index=models.Index(condition=models.Q(('state', 'quarantined')), fields=['company', '-received_at', '-id'], name='whatsapp_payload_unread'),
            ),
            migrations.AddConstraint(
                model_name='payload',
                constraint=models.UniqueConstraint(fields=('app', 'sha256'), name='whatsapp_payload_once'),
            ),
            migrations.AddConstraint(
                model_name='payload',
                constraint=models.UniqueConstraint(fields=('connection', 'sha256'), name='whatsapp_payload_device_once'),
            ),
            migrations.AddIndex(
                model_name='event',
                index=models.Index(condition=models.Q(('state', 'pending')), fields=['lane', 'id'], name='whatsapp_event_pending'),
            ),
            migrations.AddIndex(
                model_name='event',
                index=models.Index(condition=models.Q(('state', 'parked')), fields=['connection', 'target'], name='whatsapp_event_parked'),
            ),
            migrations.AddIndex(
                model_name='event',
                index=models.Index(fields=['company', '-created_at', '-id'], name='whatsapp_event_ledger'),
            ),
            migrations.AddIndex(
                model_name='event',
                index=models.Index(condition=models.Q(('state', 'applied'), _negated=True), fields=['company', 'state', '-created_at', '-id'], name='whatsapp_event_by_state'),
            ),
            migrations.AddIndex(
                model_name='event',
                index=models.Index(condition=models.Q(('kind__in', ['message', 'status']), _negated=True), fields=['company', 'kind', '-created_at', '-id'], name='whatsapp_event_rare'),
            ),
            migrations.AddIndex(
                model_name='event',
                index=models.Index(condition=models.Q(('repeats__gt', 0)), fields=['company', '-created_at', '-id'], name='whatsapp_event_repeated'),
            ),
            migrations.AddIndex(
                model_name='event',
                index=models.Index(fields=['company', 'provider_id'], name='whatsapp_event_message'),
            ),
            migrations.AddIndex(
                model_name='event',
                index=models.Index(fields=['payload'], name='whatsapp_event_payload'),
            ),
            migrations.AddConstraint(
                model_name='event',
                constraint=models.UniqueConstraint(fields=('company', 'key'), name='whatsapp_event_once'),
            ),
            migrations.AddIndex(
                model_name='phonesync',
                index=models.Index(condition=models.Q(('state__in', ['wanted', 'asking', 'asked', 'unclear'])), fields=['asked_at'], name='whatsapp_sync_open'),
            ),
            migrations.AddConstraint(
                model_name='phonesync',
                constraint=models.UniqueConstraint(fields=('connection', 'kind'), name='whatsapp_sync_once'),
            ),
        ]),
    ]
