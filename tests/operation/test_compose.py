"""docker-compose.yml and Dockerfile: valid, pinned, without root, without default secrets."""

import json
import os
import re
import subprocess
import sys
from importlib import resources
from pathlib import Path

import jsonschema
import pytest
from py_vapid import Vapid02

from helpdesk.supervisor import processes
from tests.operation import compose

ROOT = Path(__file__).resolve().parents[2]
SERVICES = compose.services()
OURS = ("web", "sockets", "worker", "ai", "beat", "sessions", "migrate")
SECRETS = (
    "SECRET_KEY",
    "JWT_KEYS",
    "FIELD_KEYS",
    "POSTGRES_PASSWORD",
    "OWNER_PASSWORD",
    "APP_PASSWORD",
    "REDIS_PASSWORD",
)


def test_the_file_obeys_the_published_compose_schema():
    schema = resources.files("check_jsonschema") / "builtin_schemas" / "vendor" / "compose-spec.json"
    jsonschema.Draft202012Validator(json.loads(schema.read_text())).validate(compose.raw())


def test_everything_an_installation_needs_is_there():
    assert set(SERVICES) == {*OURS, "proxy", "postgres", "redis"}


@pytest.mark.parametrize("name", SERVICES)
def test_nobody_runs_as_root_or_may_become_it(name):
    service = SERVICES[name]
    assert service["user"].split(":")[0] not in {"", "0", "root"}
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_each_service_is_watched_and_comes_back(name):
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", SERVICES)
def test_images_are_pinned_to_a_version(name):
    assert re.search(r":\d+\.\d+\.\d+", SERVICES[name]["image"])


def test_the_images_of_the_build_are_pinned_and_end_without_root():
    text = (ROOT / "Dockerfile").read_text()
    stages = re.findall(r"^FROM (\S+) AS (\w+)", text, re.MULTILINE)
    assert {name for _, name in stages} == {"console", "packages", "proxy", "app"}
    assert all(re.search(r":\d+\.\d+\.\d+", image) for image, _ in stages)
    for stage in ("proxy", "app"):
        instructions = text.split(f" AS {stage}\n")[1].split("\nFROM ")[0]
        assert re.findall(r"^USER (\S+)$", instructions, re.MULTILINE) == ["10001"]
        assert "HEALTHCHECK" in instructions


def test_only_the_proxy_can_be_reached_from_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]


def test_the_commands_are_those_of_the_table_of_processes():
    wanted = {
        "web": processes.web("0.0.0.0", 8000),
        "sockets": processes.sockets("0.0.0.0", 8001),
        "worker": processes.worker(4),
        "ai": processes.ai_worker(8),
        "beat": processes.beat(),
        "sessions": processes.sessions(),
    }
    assert {name: ["python", *command[1:]] for name, command in wanted.items()} == {
        name: SERVICES[name]["command"] for name in wanted
    }


def test_the_image_starts_web_unless_told_otherwise():
    command = re.search(
        r"^CMD (\[.*?\])$", (ROOT / "Dockerfile").read_text().split(" AS app\n")[1], re.M | re.S
    )
    assert json.loads(command[1].replace("\\\n", "")) == SERVICES["web"]["command"]


@pytest.mark.parametrize("secret", SECRETS)
def test_nothing_starts_while_a_secret_is_empty(secret):
    given = compose.variables(compose.fresh_env())
    with pytest.raises(KeyError, match=secret):
        compose.interpolated(compose.raw(), {**given, secret: ""})


def test_a_new_env_has_its_own_secrets_every_time():
    one, two = compose.variables(compose.fresh_env()), compose.variables(compose.fresh_env())
    values = [file[secret] for file in (one, two) for secret in SECRETS]
    assert len(set(values)) == len(values)
    assert min(map(len, values)) >= 40


def test_a_new_env_has_a_key_for_push_messages():
    key = compose.variables(compose.fresh_env())["VAPID_PRIVATE_KEY"]
    assert Vapid02.from_string(key).public_key


def test_only_migrations_know_how_to_become_the_owner():
    knowing = [
        name for name, service in SERVICES.items() if "DATABASE_OWNER_URL" in service.get("environment", {})
    ]
    assert knowing == ["migrate"]


@pytest.mark.parametrize("secret", ["SECRET_KEY", "JWT_KEYS", "FIELD_KEYS"])
def test_production_refuses_a_default_secret(secret):
    environment = {**SERVICES["web"]["environment"], "PATH": os.environ["PATH"], secret: ""}
    run = subprocess.run(
        [sys.executable, "-c", "import helpdesk.settings"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert run.returncode != 0
    assert f"{secret} is not set" in run.stderr
