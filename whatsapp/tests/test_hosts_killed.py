"""Real host processes that die as engines make them die: SIGABRT. Others take over, and nothing kept is lost."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.support import database
from tests.support.services import SERVICES
from tests.support.stack import ROOT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.chaos]
PHONES = 4


@pytest.fixture
def start(settings, tmp_path):
    running = []

    def begin():
        name = settings.DATABASES["default"]["NAME"]
        environment = {
            **os.environ, "DATABASE_URL": database.url_for(SERVICES.database_url, name),
            "REDIS_URL": settings.REDIS_URL, "DEVICES_ROOT": str(tmp_path), "QR_DEVICES": "true",
            "DEVICE_ENGINE": "whatsapp.devices.testing.toy.Toy", "DEVICE_LEASE_SECONDS": "4",
        }  # fmt: skip
        command = [sys.executable, "manage.py", "sessions"]
        running.append(subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL))
        return running[-1]

    yield begin
    for process in running:
        process.kill()
        process.wait()


@pytest.fixture
def phones(acme_world):
    from whatsapp.models import Device

    made = []
    for number in range(PHONES):
        line = acme_world.connection(
            f"Phone {number}", kind="qr", external_id=f"55119990000{number}@s.whatsapp.net"
        )
        with acme_world.scope():
            made.append(Device.objects.create(connection=line, is_wanted=True, jid=line.external_id))
    return made


def owners(world):
    from whatsapp.models import Device

    with world.scope():
        return [
            owner for owner in Device.objects.filter(state="online").values_list("owner", flat=True) if owner
        ]


def until(check, seconds=60.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if check():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen")


def kept(folder):
    """Messages whose callback returned: complete lines only, for a host died while it wrote."""
    return {line for path in folder.glob("*.kept") for line in path.read_text().split("\n")[:-1]}


def test_when_a_host_is_aborted_another_takes_its_phones(acme_world, phones, start, tmp_path):
    from whatsapp.models import Payload

    first = start()
    until(lambda: len(owners(acme_world)) == PHONES)
    before = set(owners(acme_world))
    start()
    until(lambda: all(path.stat().st_size for path in tmp_path.glob("*.kept")))
    first.send_signal(signal.SIGABRT)
    first.wait()
    until(lambda: len(owners(acme_world)) == PHONES and not before & set(owners(acme_world)))
    until(lambda: len({name.split("-")[0] for name in kept(tmp_path)}) == 2)  # both hosts heard customers
    heard = kept(tmp_path)
    with acme_world.scope():
        stored = b"".join(bytes(body) for body in Payload.objects.values_list("body", flat=True))
    lost = {name for name in heard if f'"{name}"'.encode() not in stored}
    assert lost == set()
