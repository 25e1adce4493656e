"""All tables of this app. A database that went through the former steps has them already."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from helpdesk.migration import Tables


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ("tenants", "0001_initial"),
        ("tenants", "0002_loginlock_platform_remove_user_failed_logins_and_more"),
        ("tenants", "0003_access"),
        ("tenants", "0004_capacity"),
        ("tenants", "0005_farewell"),
        ("tenants", "0006_letters"),
        ("tenants", "0007_work_hours"),
        ("tenants", "0008_sign_up_by_setting"),
    ]

    dependencies = [
    ]

    operations = [
        Tables([
            migrations.CreateModel(
                name='User',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('email', models.EmailField(max_length=254, unique=True)),
                    ('name', models.CharField(max_length=120)),
                    ('language', models.CharField(choices=[('pt-BR', 'Portuguese'), ('en', 'English'), ('es', 'Spanish')], default='pt-BR', max_length=8)),
                    ('theme', models.CharField(choices=[('auto', 'Auto'), ('light', 'Light'), ('dark', 'Dark')], default='auto', max_length=8)),
                    ('notify_sound', models.BooleanField(default=True)),
                    ('notify_browser', models.BooleanField(default=True)),
                    ('is_operator', models.BooleanField(default=False)),
                    ('is_active', models.BooleanField(default=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Company',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=120)),
                    ('timezone', models.CharField(default='America/Sao_Paulo', max_length=64)),
                    ('language', models.CharField(choices=[('pt-BR', 'Portuguese'), ('en', 'English'), ('es', 'Spanish')], default='pt-BR', max_length=8)),
                    ('status', models.CharField(choices=[('active', 'Active'), ('blocked', 'Blocked')], default='active', max_length=10)),
                    ('settings', models.JSONField(default=dict)),
                    ('limits', models.JSONField(default=dict)),
                    ('next_ticket_number', models.PositiveIntegerField(default=1)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('deleted_at', models.DateTimeField(blank=True, null=True)),
                ],
            ),
            migrations.CreateModel(
                name='ApiKey',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('name', models.CharField(max_length=80)),
                    ('prefix', models.CharField(max_length=16)),
                    ('key_hash', models.CharField(max_length=64, unique=True)),
                    ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), default=list, size=None)),
                    ('expires_at', models.DateTimeField(blank=True, null=True)),
                    ('revoked_at', models.DateTimeField(blank=True, null=True)),
                    ('last_used_at', models.DateTimeField(blank=True, null=True)),
                    ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('company', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenants.company')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='LoginLock',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('email_hash', models.CharField(max_length=64, unique=True)),
                    ('failures', models.PositiveIntegerField(default=0)),
                    ('last_failed_at', models.DateTimeField()),
                    ('locked_until', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['last_failed_at'], name='login_lock_old')],
                },
            ),
            migrations.CreateModel(
                name='PasswordReset',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('token_hash', models.CharField(max_length=64, unique=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('expires_at', models.DateTimeField()),
                    ('used_at', models.DateTimeField(blank=True, null=True)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='password_resets', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Platform',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sign_up_open', models.BooleanField(null=True)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='platform_is_one_row')],
                },
            ),
            migrations.CreateModel(
                name='AuditEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('action', models.CharField(max_length=40)),
                    ('target', models.CharField(blank=True, max_length=80)),
                    ('data', models.JSONField(default=dict)),
                    ('ip', models.GenericIPAddressField(null=True)),
                    ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('api_key', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tenants.apikey')),
                    ('company', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenants.company')),
                ],
                options={
                    'indexes': [models.Index(fields=['company', '-id'], name='audit_newest')],
                },
            ),
            migrations.CreateModel(
                name='Letter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('reset', 'Reset'), ('invitation', 'Invitation')], max_length=12)),
                    ('company_name', models.CharField(blank=True, max_length=120)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('due_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('error', models.CharField(blank=True, max_length=300)),
                    ('sent_at', models.DateTimeField(blank=True, null=True)),
                    ('given_up_at', models.DateTimeField(blank=True, null=True)),
                    ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('given_up_at', None), ('sent_at', None)), fields=['due_at'], name='letter_due')],
                },
            ),
            migrations.CreateModel(
                name='Membership',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('role', models.CharField(choices=[('admin', 'Admin'), ('supervisor', 'Supervisor'), ('agent', 'Agent')], default='agent', max_length=12)),
                    ('is_active', models.BooleanField(default=True)),
                    ('presence', models.CharField(choices=[('online', 'Online'), ('busy', 'Busy'), ('away', 'Away'), ('offline', 'Offline')], default='offline', max_length=8)),
                    ('last_seen_at', models.DateTimeField(blank=True, null=True)),
                    ('absent_since', models.DateTimeField(blank=True, null=True)),
                    ('farewell', models.TextField(blank=True)),
                    ('capacity', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('work_begins', models.TimeField(blank=True, null=True)),
                    ('work_ends', models.TimeField(blank=True, null=True)),
                    ('company', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenants.company')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('presence', 'offline'), _negated=True), fields=['company'], name='membership_present')],
                    'constraints': [models.UniqueConstraint(fields=('company', 'user'), name='membership_once'), models.CheckConstraint(condition=models.Q(models.Q(('work_begins', None), ('work_ends', None)), models.Q(models.Q(('work_begins', None), _negated=True), models.Q(('work_ends', None), _negated=True)), _connector='OR'), name='membership_work_hours_whole')],
                },
            ),
            migrations.CreateModel(
                name='Session',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('refresh_id', models.CharField(max_length=64)),
                    ('previous_refresh_id', models.CharField(blank=True, max_length=64)),
                    ('rotated_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('user_agent', models.CharField(blank=True, max_length=300)),
                    ('ip', models.GenericIPAddressField(null=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('last_used_at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('ended_because', models.CharField(blank=True, max_length=20)),
                    ('company', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenants.company')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['user', '-last_used_at'], name='session_of_user')],
                },
            ),
        ]),
    ]
