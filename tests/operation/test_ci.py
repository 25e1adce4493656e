""".ci/run: ends with pytest's closing line and with the gate's own exit code."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CLOSING = "============ 2 failed, 812 passed, 1 skipped in 312.40s (0:05:12) ============"


@pytest.fixture
def machine(tmp_path):
    """A machine that has everything but whose `make` is ours."""
    for name in ("chromium", "apt-get", "sudo"):
        program(tmp_path, name, "exit 0")
    program(tmp_path, "fc-list", "echo 'Noto Color Emoji'")
    return tmp_path


def program(folder, name, body):
    place = folder / name
    place.write_text(f"#!/bin/sh\n{body}\n")
    place.chmod(0o755)


def run(machine):
    bash = shutil.which("bash")
    return subprocess.run(
        [bash, str(ROOT / ".ci" / "run")],
        env={"PATH": f"{machine}:{os.environ['PATH']}", "HOME": str(machine)},
        capture_output=True,
        text=True,
        timeout=30,
    )


def test_the_last_line_is_pytests_closing_line(machine):
    program(machine, "make", f"echo '{CLOSING}'; echo 'make: done'")
    done = run(machine)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == CLOSING


def test_the_exit_code_is_that_of_the_gate(machine):
    program(machine, "make", f"echo '{CLOSING}'; exit 2")
    done = run(machine)
    assert done.returncode == 2
    assert done.stdout.splitlines()[-2:] == ["make check failed with exit code 2.", CLOSING]


def test_a_gate_that_never_came_to_the_tests_says_so(machine):
    program(machine, "make", "echo 'ruff: 1 error'; exit 1")
    done = run(machine)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (1, "No tests were run.")


def test_a_machine_without_emoji_installs_what_is_missing(machine):
    program(machine, "fc-list", "true")
    program(machine, "apt-get", f'echo "$@" >> {machine}/asked')
    program(machine, "sudo", 'shift; exec "$@"')
    program(machine, "make", f"echo '{CLOSING}'")
    run(machine)
    asked = (machine / "asked").read_text()
    assert "update" in asked
    assert "fonts-noto-color-emoji" in asked
    assert " chromium" not in asked
