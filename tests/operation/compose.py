"""Reads docker-compose.yml as Docker does, and translates its addresses to servers of this machine."""

import re
import runpy
from pathlib import Path
from urllib.parse import urlsplit

import yaml

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


def raw():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def fresh_env(site="helpdesk.example.com"):
    """The text of a new .env, as deploy/new_env.py prints it."""
    script = runpy.run_path(str(ROOT / "deploy" / "new_env.py"))
    return script["fill"]((ROOT / ".env.example").read_text(), site)


def variables(env_text):
    lines = [line for line in env_text.splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def interpolated(value, given):
    """The value with ${NAME}, ${NAME:-default} and ${NAME:?message} replaced."""
    if isinstance(value, dict):
        return {key: interpolated(inner, given) for key, inner in value.items()}
    if isinstance(value, list):
        return [interpolated(inner, given) for inner in value]
    return VARIABLE.sub(lambda found: _one(found, given), value) if isinstance(value, str) else value


def _one(found, given):
    name, how, rest = found.groups()
    value = given.get(name, "")
    if value:
        return value
    if how == "?":
        raise KeyError(f"{name}: {rest}")
    return rest or ""


def service(name):
    """One service with fresh secrets filled in."""
    return services()[name]


def services():
    return interpolated(raw(), variables(fresh_env()))["services"]


def on_socket(address, database, sockets):
    """The same role and password, but our server's socket and another database."""
    parts = urlsplit(address)
    return f"postgresql://{parts.username}:{parts.password}@/{database}?host={sockets}"
