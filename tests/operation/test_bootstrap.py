"""Setting up a clone: each step once for the same inputs, and failures that can be read."""

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def bootstrap(tmp_path):
    """The script, working in a folder of its own."""
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "bootstrap.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.ROOT, module.VENV = tmp_path, tmp_path / ".venv"
    module.CONSOLE, module.STAMPS = tmp_path / "console", tmp_path / ".venv" / "stamps"
    module.LOG = tmp_path / "setup.log"
    module.LOG.touch()
    return module


def count_runs(tmp_path):
    """A command that leaves a mark each time it runs."""
    marks = tmp_path / "marks"
    return [sys.executable, "-c", f"open({str(marks)!r}, 'a').write('x')"], lambda: len(marks.read_text())


def test_a_step_runs_once_for_the_same_inputs(bootstrap, tmp_path):
    command, runs = count_runs(tmp_path)
    assert bootstrap.once("step", "inputs", "Doing it", command, cwd=tmp_path)
    assert not bootstrap.once("step", "inputs", "Doing it", command, cwd=tmp_path)
    assert runs() == 1


def test_a_step_runs_again_when_its_inputs_change(bootstrap, tmp_path):
    command, runs = count_runs(tmp_path)
    bootstrap.once("step", "inputs", "Doing it", command, cwd=tmp_path)
    bootstrap.once("step", "others", "Doing it", command, cwd=tmp_path)
    assert runs() == 2


def test_a_failed_step_shows_why_and_is_tried_again_next_time(bootstrap, tmp_path):
    command = [sys.executable, "-c", "print('no matching distribution'); raise SystemExit(1)"]
    for _ in range(2):
        with pytest.raises(SystemExit, match="Doing it failed:\nno matching distribution"):
            bootstrap.once("step", "inputs", "Doing it", command, cwd=tmp_path)


def test_a_program_that_is_missing_is_named(bootstrap, tmp_path):
    with pytest.raises(SystemExit, match="no-such-program cannot be started"):
        bootstrap.run("Doing it", ["no-such-program"], cwd=tmp_path)


def test_the_digest_sees_names_and_contents(bootstrap, tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("same")
    two.write_text("same")
    before = bootstrap.digest([one], "")
    assert bootstrap.digest([two], "") != before
    one.write_text("other")
    assert bootstrap.digest([one], "") != before


def test_an_old_python_is_refused_in_words(bootstrap):
    bootstrap.OLDEST = (99, 0)
    with pytest.raises(SystemExit, match=r"Python 3.11 or newer is needed; this is"):
        bootstrap.main([])


def test_progress_shows_what_is_being_installed(bootstrap, capsys):
    bootstrap.follow(["Collecting celery==5.7.0\n", "  noise\n"], "Installing")
    assert "Installing … celery==5.7.0" in capsys.readouterr().out


def test_what_the_build_leaves_beside_the_sources_is_no_change(bootstrap, tmp_path):
    (tmp_path / "console" / "public").mkdir(parents=True)
    (tmp_path / "console" / "dist").mkdir()
    npm = tmp_path / ".venv" / "bin" / "npm"
    npm.parent.mkdir(parents=True)
    npm.write_text("#!/bin/sh\necho x >> runs; touch dist/index.html public/generated.json\n")
    npm.chmod(0o755)
    for _ in range(2):
        bootstrap.build_console()
    assert (tmp_path / "console" / "runs").read_text() == "x\n"
