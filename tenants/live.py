"""The door of the consoles' sockets: who may come in, what they may hear, and that they are at their desk.

`helpdesk.sockets` calls these functions in a thread, with no company's scope open.
"""

import threading
from collections import Counter

from django.utils.timezone import now
from rest_framework_simplejwt.exceptions import TokenError

from helpdesk.errors import NotAllowed, NotAuthenticated
from helpdesk.sockets import BLOCKED, NOT_AUTHENTICATED, Rejected, Visitor
from tenants.actions import presence
from tenants.authentication import person
from tenants.models import Membership
from tenants.models.signed_in import signed_in
from tenants.scoping import company_scope
from tenants.tokens import Access


def holder(token: str) -> tuple[int, int]:
    """The company and person that a token of ours names, without asking whether it still counts."""
    try:
        read = Access.read(token)
    except TokenError as error:
        raise Rejected(NOT_AUTHENTICATED) from error
    if read.company_id is None:
        raise Rejected(BLOCKED)  # an operator without a company: there is nothing to hear
    return read.company_id, read.user_id


def come_in(token: str, socket: int) -> tuple[Visitor, dict[int, str]]:
    """Whoever holds this access token is at their desk now; also answers who else is. Raises Rejected."""
    visitor = enter(token)
    return visitor, arrived(visitor, socket)


def enter(token: str) -> Visitor:
    """Whoever holds this access token, with their rights of this moment. Raises Rejected."""
    try:
        auth = person(token)
    except NotAllowed as error:
        raise Rejected(BLOCKED) from error
    except NotAuthenticated as error:
        raise Rejected(NOT_AUTHENTICATED) from error
    if auth.membership is None or auth.session_id is None:
        raise Rejected(BLOCKED)  # an operator without a company: there is nothing to hear
    return Visitor(
        company_id=auth.membership.company_id,
        user_id=auth.membership.user_id,
        session_id=auth.session_id,
        audiences=_audiences(auth.membership),
        expires_at=auth.expires_at,
    )


def audiences(visitor: Visitor) -> frozenset[str]:
    """What the visitor may hear now, after rights or queues changed. Raises Rejected."""
    with company_scope(visitor.company_id):
        member = signed_in(visitor.company_id, visitor.user_id, visitor.session_id, now())
    if member is None or not (member.is_active and member.user.is_active):
        raise Rejected(NOT_AUTHENTICATED)
    if member.company.is_blocked:
        raise Rejected(BLOCKED)
    return _audiences(member)


def arrived(visitor: Visitor, socket: int) -> dict[int, str]:
    """A socket opened; answers who is at their desk."""
    _heartbeat.add(visitor)
    with company_scope(visitor.company_id):
        return presence.arrived(visitor.user_id)


def left(visitor: Visitor, socket: int) -> None:
    """A socket closed; the sweeper shows the person offline unless another one is heard within a minute."""
    _heartbeat.remove(visitor)
    presence.heard([(visitor.company_id, visitor.user_id)])


def say_presence(visitor: Visitor, said: str) -> None:
    """The person chose online, busy or away."""
    with company_scope(visitor.company_id):
        presence.say(visitor.user_id, said)


def _audiences(member: Membership) -> frozenset[str]:
    with company_scope(member.company_id):
        members = member.queue_members.filter(queue__deleted_at=None)
        queues = [f"queue.{queue_id}" for queue_id in members.values_list("queue_id", flat=True)]
    names = {"company", f"user.{member.user_id}", *queues}
    if member.may("tickets.see_all"):
        names.add("supervisors")
    if member.may("connections.write"):
        names.add("connections")
    if member.company.option("agents_see_unqueued"):
        names.add("unqueued")
    return frozenset(names)


class Heartbeat:
    """Tells Redis every few seconds which people have a socket in this process."""

    def __init__(self) -> None:
        self._sockets: Counter[presence.Person] = Counter()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()

    def add(self, visitor: Visitor) -> None:
        with self._lock:
            self._sockets[visitor.company_id, visitor.user_id] += 1
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="presence", daemon=True)
                self._thread.start()

    def remove(self, visitor: Visitor) -> None:
        person = (visitor.company_id, visitor.user_id)
        with self._lock:
            self._sockets[person] -= 1
            if self._sockets[person] <= 0:
                del self._sockets[person]

    def beat(self) -> None:
        with self._lock:
            people = list(self._sockets)
        if people:
            presence.heard(people)

    def _run(self) -> None:
        while not self._stop.wait(presence.HEARTBEAT_SECONDS):
            self.beat()


_heartbeat = Heartbeat()
