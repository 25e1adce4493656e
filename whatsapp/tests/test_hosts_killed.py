"""Real host processes that die as engines make them die: SIGABRT. Others take over, and nothing kept is lost."""

import signal

import pytest

from whatsapp.tests.hosts import hosts, until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.chaos]
PHONES = 4


@pytest.fixture
def start(settings, tmp_path):
    with hosts(settings, tmp_path, "whatsapp.devices.testing.toy.Toy") as begin:
        yield begin


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
