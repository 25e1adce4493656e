"""The embedded servers: started twice, killed, robbed of their port, run by an ordinary user."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

import psycopg
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from helpdesk import embedded, roles

ROOT = Path(__file__).resolve().parents[2]
NOBODY = pwd.getpwnam("nobody")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("embedded")
    yield folder
    embedded.reset(folder)


@pytest.fixture
def services(folder):
    return embedded.ensure(folder, durable=False)


def server_pids(folder):
    home = embedded.Account.for_servers().home(folder)
    postgres = int((home / "postgres/data/postmaster.pid").read_text().split()[0])
    return postgres, int((home / "valkey/pid").read_text())


def test_starting_twice_finds_the_same_servers(folder, services):
    before = server_pids(folder)
    assert embedded.ensure(folder, durable=False) == services
    assert server_pids(folder) == before


def test_killed_servers_come_back_with_their_data(folder, services):
    with psycopg.connect(services.owner_url) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS kept (word text)")
        owner.execute("INSERT INTO kept VALUES ('still here')")
    for pid in server_pids(folder):
        os.kill(pid, signal.SIGKILL)
    again = embedded.ensure(folder, durable=False)
    with psycopg.connect(again.database_url) as app:
        assert app.execute("SELECT word FROM kept").fetchone() == ("still here",)
    assert redis.Redis.from_url(again.redis_url).ping()


def test_a_dead_pid_file_that_names_a_living_stranger_is_no_obstacle(folder, services):
    embedded.stop(folder)
    home = embedded.Account.for_servers().home(folder)
    for place in ("postgres/data/postmaster.pid", "valkey/pid"):
        (home / place).write_text(f"{os.getpid()}\n")
    again = embedded.ensure(folder, durable=False)
    with psycopg.connect(again.database_url) as app:
        assert app.execute("SELECT 1").fetchone() == (1,)


def test_a_first_run_killed_while_creating_the_cluster_is_repeated(tmp_path):
    account = embedded.Account.for_servers()
    half = account.folder(account.home(tmp_path) / "postgres") / "data.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    services = embedded.ensure(tmp_path, durable=False)
    with psycopg.connect(services.database_url) as app:
        assert app.execute("SELECT 1").fetchone() == (1,)
    embedded.reset(tmp_path)
    assert not tmp_path.exists()


def test_a_stolen_port_makes_redis_choose_another(folder, services):
    port = int(services.redis_url.rsplit(":", 1)[1].split("/")[0])
    embedded.stop(folder)
    with socket.socket() as thief:
        thief.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        thief.bind(("127.0.0.1", port))
        thief.listen()
        again = embedded.ensure(folder, durable=False)
        assert again.redis_url != services.redis_url
        assert redis.Redis.from_url(again.redis_url).ping()


def test_many_processes_may_start_them_at_once(folder):
    embedded.stop(folder)
    code = f"from helpdesk import embedded; print(embedded.ensure({str(folder)!r}, durable=False))"
    runs = [
        subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    answers = {run.communicate(timeout=60)[0] for run in runs}
    assert len(answers) == 1
    assert "postgresql://" in answers.pop()


def test_stopping_leaves_no_server_behind(folder, services):
    pids = server_pids(folder)
    embedded.stop(folder)
    assert not [pid for pid in pids if is_running(pid)]
    embedded.stop(folder)


def test_redis_is_closed_to_those_without_the_password(services):
    port = services.redis_url.rsplit(":", 1)[1].split("/")[0]
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=int(port), retry=Retry(NoBackoff(), 0)).ping()


def test_redis_evicts_nothing_and_writes_nothing(services):
    client = redis.Redis.from_url(services.redis_url)
    assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    assert client.config_get("appendonly") == {"appendonly": "no"}


def test_the_application_owns_nothing_and_cannot_make_tables(services):
    with psycopg.connect(services.database_url) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("CREATE TABLE mine (id int)")


def test_the_application_reads_and_writes_what_the_owner_makes(services):
    with psycopg.connect(services.owner_url) as owner:
        owner.execute("DROP TABLE IF EXISTS shared")
        owner.execute("CREATE TABLE shared (id bigint GENERATED ALWAYS AS IDENTITY, word text)")
    with psycopg.connect(services.database_url) as app:
        app.execute("INSERT INTO shared (word) VALUES ('hello')")
        assert app.execute("SELECT word FROM shared").fetchone() == ("hello",)


def test_policies_bind_the_application_until_it_says_platform_out_loud(services):
    with psycopg.connect(services.owner_url) as owner:
        owner.execute("DROP TABLE IF EXISTS fenced")
        owner.execute("CREATE TABLE fenced (company_id int)")
        owner.execute("INSERT INTO fenced VALUES (1)")
        owner.execute("ALTER TABLE fenced ENABLE ROW LEVEL SECURITY")
    with psycopg.connect(services.database_url) as app:
        assert app.execute("SELECT * FROM fenced").fetchall() == []
        app.execute(f"SET ROLE {roles.PLATFORM}")
        assert app.execute("SELECT * FROM fenced").fetchall() == [(1,)]


def test_nobody_can_log_in_as_platform(services):
    with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
        psycopg.connect(services.database_url.replace(roles.APP, roles.PLATFORM))


def test_the_extensions_are_there(services):
    with psycopg.connect(services.database_url) as app:
        found = {row[0] for row in app.execute("SELECT extname FROM pg_extension").fetchall()}
    assert set(roles.EXTENSIONS) <= found


def test_preparing_an_external_server_twice_sets_passwords_and_changes_nothing_else(services):
    for _ in range(2):
        roles.prepare(services.admin_url, database="external", owner_password="one", app_password="two")
    with psycopg.connect(services.admin_url) as admin:
        secrets = admin.execute(
            "SELECT rolpassword LIKE 'SCRAM-SHA-256%%' FROM pg_authid WHERE rolname = ANY(%s) ORDER BY 1",
            [[roles.OWNER, roles.APP]],
        ).fetchall()
    assert secrets == [(True,), (True,)]


def test_a_deep_folder_gets_a_socket_that_is_short_enough(tmp_path):
    deep = tmp_path / ("a" * 60) / ("b" * 60)
    services = embedded.ensure(deep, durable=False)
    with psycopg.connect(services.database_url) as app:
        assert app.execute("SELECT 1").fetchone() == (1,)
    embedded.reset(deep)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can hide a folder from other users")
def test_root_may_keep_the_project_where_nobody_else_can_look(tmp_path):
    hidden = tmp_path / "hidden"
    hidden.mkdir(mode=0o700)
    services = embedded.ensure(hidden / ".data", durable=False)
    aside = embedded.Account.for_servers().home(hidden / ".data")
    with psycopg.connect(services.database_url) as app:
        assert app.execute("SELECT 1").fetchone() == (1,)
    assert hidden.stat().st_mode & 0o777 == 0o700
    embedded.reset(hidden / ".data")
    assert not aside.exists()


@pytest.fixture
def shared():
    """A folder that every user can reach."""
    folder = Path(f"/tmp/helpdesk-test-{os.getpid()}")
    folder.mkdir(mode=0o755)
    # redis asks for this package before Python 3.11.3, which a system's interpreter may be.
    (folder / "async_timeout.py").write_text("from asyncio import timeout\n")
    yield folder
    shutil.rmtree(folder)


def as_nobody(code, shared):
    """Run Python code as an ordinary user, with an interpreter which that user may start."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in (sys.executable, f"/usr/bin/{version}", f"/usr/local/bin/{version}"):
        place = Path(candidate).resolve()
        if place.exists() and embedded.Account.for_servers().can_enter(place.parent):
            break
    else:
        pytest.skip(f"user nobody cannot start {sys.executable}, and there is no other {version}")
    return subprocess.run(
        [candidate, "-c", code],
        cwd=ROOT,
        user=NOBODY.pw_uid,
        group=NOBODY.pw_gid,
        extra_groups=[],
        capture_output=True,
        text=True,
        timeout=60,
        env={
            **os.environ,
            "PYTHONPATH": f"{ROOT}:{sysconfig.get_path('purelib')}:{shared}",
            "HOME": str(shared),
        },
    )


@pytest.mark.skipif(os.geteuid() != 0, reason="the other tests already run as an ordinary user")
def test_an_ordinary_user_can_run_the_servers(shared):
    data = shared / "mine"
    data.mkdir()
    os.chown(data, NOBODY.pw_uid, NOBODY.pw_gid)
    code = (
        "import os, psycopg, redis; from helpdesk import embedded\n"
        f"found = embedded.ensure({str(data)!r}, durable=False)\n"
        "print(os.geteuid(), psycopg.connect(found.database_url).execute('SELECT 1').fetchone(),"
        " redis.Redis.from_url(found.redis_url).ping())\n"
        f"embedded.stop({str(data)!r})"
    )
    run = as_nobody(code, shared)
    assert run.stdout == f"{NOBODY.pw_uid} (1,) True\n", run.stderr


def test_starting_over_deletes_a_folder_that_the_servers_can_reach():
    with tempfile.TemporaryDirectory(dir="/tmp") as place:
        Path(place).chmod(0o755)
        data = Path(place) / ".data"
        embedded.ensure(data, durable=False)
        assert embedded.Account.for_servers().home(data) == data
        embedded.reset(data)
        assert not data.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="needs two users")
def test_a_folder_of_another_user_is_refused_in_words(shared):
    run = as_nobody(f"from helpdesk import embedded; embedded.ensure({str(shared)!r})", shared)
    assert "belongs to another user" in run.stderr


def is_running(pid):
    deadline = time.monotonic() + 2
    while time.monotonic() < deadline:
        if not embedded.command_of(pid):
            return False
        time.sleep(0.02)
    return True
