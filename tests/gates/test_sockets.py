"""One socket against time, tricks and trouble: who gets in, what comes again, and when the line is cut."""

import threading
import time

import pytest
from django.utils.timezone import now, timedelta
from websockets.exceptions import InvalidStatus

from helpdesk import hub, line, lobby, sockets
from helpdesk.events import EVENTS, publish_data
from helpdesk.redis import connection as redis
from tenants import live
from tenants.models import Session
from tenants.tokens import Access
from tests.support.consoles import Console, Sleeper

pytestmark = pytest.mark.django_db(transaction=True)

OURS, OTHER = 0, 1  # which server: the one in this process can be hurried


@pytest.fixture
def token(api):
    return api.signed_in["access"]


@pytest.fixture
def dial(servers):
    """`dial(token)`: an open console, closed at the end."""
    opened = []

    def run(token=None, *, server=OURS, after=None):
        url = servers.urls[server]
        opened.append(Console.open(url, token, after=after) if token else Console.dial(url))
        return opened[-1]

    yield run
    for console in opened:
        console.line.close()


def tell(company, text, to=("company",)):
    publish_data(EVENTS["company.updated"], company.pk, {"mark": text}, to=to)


def marks(frames):
    return [frame["data"].get("mark") for frame in frames]


def read_to(console, text):
    return marks([*console.heard(text), {"data": {"mark": text}}])


def until(is_so, seconds=5):
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def ours():
    """The hub of the server in this process."""
    [found] = [one for one in hub._hubs.values() if one.rooms]
    return found


# --- who gets in ---


@pytest.mark.parametrize("said", ["", "nonsense", "eyJhbGciOiJub25lIn0.e30.", None, 7])
def test_what_is_no_access_token_stays_outside(dial, said):
    console = dial()
    console.say(type="connect", token=said)
    assert console.closed_with() == 4401


@pytest.mark.parametrize("kind", ["refresh", "expired", "of an ended session"])
def test_a_token_that_opens_nothing_stays_outside(dial, api, bruno, kind):
    session = Session.objects.get(user=bruno)
    said = str(Access.of(session))
    if kind == "refresh":
        said = api.signed_in["refresh"]
    elif kind == "expired":
        said = str(Access.of(session).until(now() - timedelta(seconds=1)))
    else:
        api.post("/api/auth/logout/")
    console = dial()
    console.say(type="connect", token=said)
    assert console.closed_with() == 4401


def test_nothing_is_obeyed_before_the_connect_frame(dial):
    console = dial()
    console.say(type="ping")
    assert console.closed_with() == 4401


def test_who_says_nothing_is_cut_off(dial, monkeypatch):
    monkeypatch.setattr(sockets, "CONNECT_SECONDS", 0.2)
    assert dial().closed_with() == 4408


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost.evil.example", "null", None])
def test_a_page_of_another_site_opens_no_line(servers, origin):
    with pytest.raises(InvalidStatus) as refused:
        Console.dial(servers.urls[OURS], origin)
    assert refused.value.response.status_code == 403


# --- how long it lasts ---


def test_the_line_ends_with_the_token(dial, token, bruno):
    short = Access.of(Session.objects.get(user=bruno)).until(now() + timedelta(seconds=2))
    assert dial(str(short)).closed_with() == 4401


def test_a_renewed_token_keeps_the_line_open(dial, api, bruno):
    short = Access.of(Session.objects.get(user=bruno)).until(now() + timedelta(seconds=2))
    console = dial(str(short))
    console.say(type="renew", token=api.signed_in["access"])
    time.sleep(2.2)
    console.say(type="ping")
    assert console.until("pong")


def test_a_line_is_not_renewed_with_the_token_of_another_person_or_company(dial, token, as_, clara, raul):
    for stranger in (clara, raul):
        console = dial(token)
        console.say(type="renew", token=as_(stranger).signed_in["access"])
        assert console.closed_with() == 4401


def test_rights_lost_while_the_line_opens_are_not_heard(dial, token, monkeypatch, acme, sales, as_, ana):
    """They were read, and the socket is not open yet: the hub hears for it already that they changed."""
    queue = [f"queue.{sales.pk}"]

    def queue_goes(visitor, socket, arrived=live.arrived):
        assert visitor.audiences.issuperset(queue)
        as_(ana).delete(f"/api/queues/{sales.pk}/")
        return arrived(visitor, socket)

    monkeypatch.setattr(live, "arrived", queue_goes)
    console = dial(token)
    tell(acme, "secret", to=queue)
    tell(acme, "end")
    assert "secret" not in read_to(console, "end")


def test_what_comes_while_rights_are_read_again_waits_for_them(
    dial, token, monkeypatch, acme, sales, as_, ana
):
    """However slowly they are read: what is for the queue that is gone stays unheard, all else comes in order."""
    may_read = threading.Event()

    def slowly(visitor, audiences=live.audiences):
        may_read.wait(10)
        return audiences(visitor)

    console = dial(token)
    monkeypatch.setattr(live, "audiences", slowly)
    as_(ana).delete(f"/api/queues/{sales.pk}/")
    console.until("session.changed")
    tell(acme, "secret", to=[f"queue.{sales.pk}"])
    tell(acme, "first")
    tell(acme, "end")
    may_read.set()
    heard = read_to(console, "end")
    assert "secret" not in heard
    assert "first" in heard


def test_a_session_that_ends_while_the_line_opens_closes_it(servers, token, monkeypatch, api):
    def session_ends(visitor, socket, arrived=live.arrived):
        api.post("/api/auth/logout/")
        return arrived(visitor, socket)

    monkeypatch.setattr(live, "arrived", session_ends)
    console = Console.dial(servers.urls[OURS])
    console.say(type="connect", token=token)
    assert console.closed_with() == 4401


def test_a_token_of_ours_whose_session_is_over_hears_nothing(dial, token, acme, bruno):
    """It joins the hub before it is refused; not a frame may come out."""
    Session.objects.filter(user=bruno).update(ended_at=now())
    console = dial()
    console.say(type="connect", token=token)
    tell(acme, "secret", to=["company", f"user.{bruno.pk}"])
    assert console.closed_with() == 4401
    assert console.seen == []


@pytest.mark.parametrize("door", ["enter", "arrived"])
def test_a_line_whose_rights_cannot_be_read_is_closed_and_forgotten(
    dial, servers, token, monkeypatch, acme, door
):
    def breaks(*_):
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr(live, door, breaks)
        console = Console.dial(servers.urls[OURS])
        console.say(type="connect", token=token)
        assert console.closed_with() == 1013
    assert dial(token).hello["data"]["replay"] == "none"


# --- how many may wait, and who reads too slowly ---


def test_an_address_may_keep_only_so_many_lines_waiting(dial, token, settings):
    settings.SOCKETS_WAITING_ADDRESS = 3
    waiting = [dial() for _ in range(3)]
    assert dial().closed_with() == 4429
    assert waiting[0].line.ping().wait(2)  # those that came first are left alone
    waiting[0].say(type="connect", token=token)
    assert waiting[0].read()["type"] == "hello"
    waiting[1].line.close()
    assert dial(token).hello  # who said who they are, or went, makes room


def test_all_addresses_together_may_keep_only_so_many_lines_waiting(dial, settings):
    settings.SOCKETS_WAITING = 2
    waiting = [dial() for _ in range(2)]
    assert dial().closed_with() == 4429
    waiting[0].line.close()
    waiting[1].line.close()


def test_the_lobby_is_empty_again_when_everybody_has_gone(dial, token, servers):
    consoles = [dial(token), dial(), dial()]
    for console in consoles:
        console.line.close()
    until(lambda: lobby.lobby._all == 0 and not lobby.lobby._waiting)


@pytest.mark.parametrize(
    ("proxies", "given", "address"),
    [
        (0, "9.9.9.9", "10.0.0.1"),  # no proxy of ours: whatever is claimed counts for nothing
        (1, "9.9.9.9, 1.2.3.4", "1.2.3.4"),
        (2, "9.9.9.9, 1.2.3.4, 10.0.0.2", "1.2.3.4"),
        (1, "", "10.0.0.1"),
    ],
)
def test_the_address_is_the_one_that_our_proxy_saw(settings, proxies, given, address):
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": proxies}
    headers = [(b"x-forwarded-for", given.encode())] if given else []
    assert lobby.address_of({"headers": headers, "client": ("10.0.0.1", 5)}) == address


@pytest.mark.parametrize("is_asleep", [True, False], ids=["sleeps on", "wakes up"])
def test_a_console_that_does_not_read_is_cut_off_and_the_others_hear_everything(
    dial, servers, token, acme, monkeypatch, is_asleep
):
    """Not a byte is taken from its line: what the two kernels hold fills up, then our outbox, then it goes."""
    monkeypatch.setattr(sockets, "OUTBOX_MAX", 50)
    monkeypatch.setattr(line, "LAST_SECONDS", 0.3 if is_asleep else 30)
    reader = dial(token)
    sleeper = Sleeper.connect(servers.urls[OURS], token)
    until(lambda: len(ours().rooms[acme.pk].listeners) == 2)
    fill = "x" * 100_000
    for n in range(120):
        tell(acme, f"{n} {fill}")
        reader.heard(f"{n} {fill}")
    until(lambda: len(ours().rooms[acme.pk].listeners) == 1)
    if is_asleep:
        until(sleeper.is_cut_off)
    else:
        assert sleeper.closed_with() == 1013
    numbers = [frame["seq"] for frame in reader.seen]
    assert numbers == list(range(len(numbers)))


def test_rights_that_cannot_be_read_again_cut_the_line(dial, token, monkeypatch, as_, ana, bruno):
    console = dial(token)

    def breaks(*_):
        raise ConnectionError

    monkeypatch.setattr(live, "audiences", breaks)
    as_(ana).patch(f"/api/users/{bruno.pk}/", {"role": "supervisor"})
    assert console.closed_with() == 1013


# --- what was missed ---


def test_a_line_that_comes_back_to_another_server_gets_what_it_missed(dial, token, acme, support):
    console = dial(token, server=OURS)
    tell(acme, "1")
    last = console.until("company.updated")["id"]
    console.line.close()
    for text in ("2", "3"):
        tell(acme, text)
    tell(acme, "not for bruno", to=[f"queue.{support.pk}"])
    tell(acme, "4")
    again = dial(token, server=OTHER, after=last)
    assert again.hello["data"]["replay"] == "complete"
    assert again.hello["seq"] == 0
    assert [text for text in read_to(again, "4") if text] == ["2", "3", "4"]
    assert [frame["seq"] for frame in again.seen] == list(range(len(again.seen)))


def test_another_companys_number_replays_nothing_of_it(dial, token, as_, raul, acme, rival):
    tell(acme, "0")
    last = _last(acme)
    tell(acme, "ours")
    console = dial(as_(raul).signed_in["access"], after=last)
    assert console.hello["data"]["replay"] in {"resync", "none"}
    tell(rival, "end")
    assert [text for text in read_to(console, "end") if text] == ["end"]


def _last(company):
    epoch, n = redis().hmget(f"live:{company.pk}:n", ["epoch", "n"])
    return f"{int(epoch)}-{int(n)}"


@pytest.mark.parametrize(
    "after", ["nonsense", "²-1", "1-²", f"{'9' * 5000}-1", "-1--1", "1-1 + 0", "1", 7, {"a": 1}, [], True]
)
def test_a_number_that_is_none_counts_as_no_number(dial, token, after):
    assert dial(token, after=after).hello["data"]["replay"] == "none"


def test_what_can_no_longer_be_replayed_is_said(dial, token, acme):
    tell(acme, "1")
    last = _last(acme)
    for text in ("2", "3"):
        tell(acme, text)
    redis().xtrim(f"live:{acme.pk}:events", maxlen=1, approximate=False)
    assert dial(token, after=last).hello["data"]["replay"] == "resync"


def test_a_redis_that_forgot_everything_is_a_resync(dial, token, acme):
    tell(acme, "1")
    last = _last(acme)
    redis().flushdb()
    assert dial(token, after=last).hello["data"]["replay"] == "resync"


def test_a_lost_frame_is_found_by_the_next_one(dial, token, acme):
    consoles = [dial(token, server=server) for server in (OURS, OTHER)]
    tell(acme, "1")
    _lose(acme, "lost")
    tell(acme, "3")
    for console in consoles:
        assert [text for text in read_to(console, "3") if text] == ["1", "lost", "3"]


def test_a_lost_last_frame_is_found_after_a_silence(dial, token, acme, monkeypatch):
    monkeypatch.setattr(hub, "CHECK_SECONDS", 0.2)
    console = dial(token)
    tell(acme, "1")
    _lose(acme, "lost")
    assert [text for text in read_to(console, "lost") if text] == ["1", "lost"]


def _lose(company, text):
    """An event that Redis keeps and nobody hears: pub/sub promises nothing."""
    n = redis().hincrby(f"live:{company.pk}:n", "n", 1)
    epoch = int(redis().hget(f"live:{company.pk}:n", "epoch"))
    frame = f'{{"type":"company.updated","at":"2026-11-01T00:00:00Z","data":{{"mark":"{text}"}}}}'
    redis().xadd(f"live:{company.pk}:events", {"a": "company", "f": frame}, id=f"{epoch}-{n}")


# --- trouble ---


@pytest.mark.parametrize("said", ["", "{", "[]", "5", '"ping"', "{}", "null", '{"type":["ping"]}'])
def test_nonsense_is_answered_and_the_line_stays(dial, token, said):
    console = dial(token)
    console.line.send(said)
    console.say(type="ping")
    assert console.until("pong")
    errors = [frame for frame in console.seen if frame["type"] == "error"]
    assert all(set(error["data"]) == {"code", "detail"} for error in errors)


def test_a_frame_of_bytes_is_nonsense_too(dial, token):
    console = dial(token)
    console.line.send(b"\xff\x00")
    assert console.until("error")["data"]["code"] == "malformed"


def test_a_console_that_shouts_is_cut_off(dial, token):
    console = dial(token)
    for _ in range(sockets.FRAMES_MAX + 1):
        console.say(type="ping")
    assert console.closed_with() == 4429


@pytest.mark.parametrize("server", [OURS, OTHER])
def test_a_frame_larger_than_anything_we_say_is_not_read(dial, server):
    console = dial(server=server)
    console.line.send("x" * 100_000)
    assert console.closed_with() == 1009
