"""The doctor: says in words what is wrong with an installation."""

import io
import shutil
import time

import pytest
from django.core.management import call_command
from django.db import connection, connections

from helpdesk import doctor, health, redis
from helpdesk.fences import company_tables


def findings(about):
    return [(finding.level, finding.words) for finding in doctor.examine() if finding.about == about]


def said(about):
    return " ".join(words for _, words in findings(about))


@pytest.fixture
def running(settings, tmp_path):
    """An installation in which everything is as it should be."""
    redis.connection().set(f"{health.WORKER}here", time.time())
    health.beat()
    settings.MEDIA_ROOT = tmp_path
    settings.CONSOLE_DIR = tmp_path
    (tmp_path / "index.html").touch()


@pytest.mark.django_db
def test_a_healthy_installation_has_nothing_bad(running):
    assert [finding for finding in doctor.examine() if finding.level == "bad"] == []


@pytest.mark.django_db
def test_the_command_says_so_and_ends_well(running):
    out = io.StringIO()
    call_command("doctor", stdout=out)
    assert out.getvalue().endswith("Everything needed works.\n")


@pytest.mark.django_db
def test_the_command_fails_when_something_is_broken(running):
    redis.connection().delete(health.BEAT)
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("doctor", stdout=out)
    assert "The clock's job has not run ever." in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_running_as_superuser_is_bad():
    before = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = "postgres"
    try:
        assert "logs in as postgres, which row-level security does not bind" in said("role")
    finally:
        connection.close()
        connection.settings_dict["USER"] = before


@pytest.mark.django_db(transaction=True)
def test_running_as_the_owner_is_bad():
    before = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = "helpdesk_owner"
    try:
        assert "policies do not bind an owner" in said("role")
    finally:
        connection.close()
        connection.settings_dict["USER"] = before


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_a_table_without_its_fence_is_named():
    table = company_tables()[0]
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')
    try:
        assert f"without row-level security: {table}." in said("fences")
    finally:
        with owner.cursor() as cursor:
            cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')


@pytest.mark.django_db
def test_quiet_workers_are_missed():
    assert "No worker has given a sign of life" in said("worker")


@pytest.mark.django_db
def test_eviction_is_warned_about():
    redis.connection().config_set("maxmemory-policy", "allkeys-lru")
    try:
        assert "queued jobs may vanish" in said("redis")
    finally:
        redis.connection().config_set("maxmemory-policy", "noeviction")


@pytest.mark.django_db
def test_redis_that_is_down_is_said_once_per_check(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    redis.connection.cache_clear()
    assert "Redis does not answer" in said("redis")
    redis.connection.cache_clear()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "hosts", "words"),
    [
        ("http://helpdesk.example.com", ["helpdesk.example.com"], "Meta and browsers ask for https"),
        ("https://helpdesk.example.com", ["localhost"], "ALLOWED_HOSTS lacks helpdesk.example.com"),
        ("https://helpdesk.example.com", ["*"], "name the hosts that people use"),
        ("http://localhost:8000", ["localhost"], "Meta cannot deliver webhooks there"),
    ],
)
def test_addresses_that_will_not_work_are_explained(settings, address, hosts, words):
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = address, hosts
    assert words in said("address")


@pytest.mark.django_db
def test_default_secrets_are_a_warning_here_and_bad_in_production(settings, monkeypatch):
    for name in ("SECRET_KEY", "JWT_KEYS", "FIELD_KEYS"):
        monkeypatch.delenv(name, raising=False)
    assert findings("secrets")[0][0] == "warn"
    settings.PRODUCTION = True
    assert findings("secrets")[0][0] == "bad"


@pytest.mark.django_db
def test_mail_that_goes_to_the_log_is_bad_in_production(settings):
    settings.PRODUCTION = True
    assert "E-mails go to the log" in said("mail")


@pytest.mark.django_db
def test_a_mail_server_that_refuses_is_named(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert "The mail server 127.0.0.1 refuses" in said("mail")


@pytest.mark.django_db
def test_a_console_that_is_not_built_is_missed(settings, tmp_path):
    settings.CONSOLE_DIR = tmp_path
    assert "npm run build" in said("console")


@pytest.mark.django_db
def test_a_full_disk_is_warned_about(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "not-made-yet"
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda place: usage._replace(free=1))
    assert "less than 2 GB left" in said("media")
