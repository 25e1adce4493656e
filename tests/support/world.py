"""Who is in the tests: `acme` with ana, sofia, bruno and clara; `rival` with raul, who must see nothing."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.utils.timezone import now

from tests.support.client import PASSWORD, ApiClient

_hash: list[str] = []
_numbers = itertools.count(1)


def password_hash() -> str:
    """Hashed once per process: argon2 is slow on purpose."""
    if not _hash:
        _hash.append(make_password(PASSWORD))
    return _hash[0]


@dataclass
class World:
    """Makes rows of one company, each inside its scope."""

    company: Any

    def scope(self) -> Any:
        from tenants.scoping import company_scope

        return company_scope(self.company.pk)

    def person(self, name: str, role: str = "agent", queues: tuple[Any, ...] = ()) -> Any:
        from tenants.models import Membership, User
        from tickets.models import QueueMember

        domain = self.company.name.lower().replace(" ", "-")
        user = User.objects.create(
            email=f"{name.lower().replace(' ', '.')}@{domain}.example", name=name, password=password_hash()
        )
        with self.scope():
            membership = Membership.objects.create(user=user, role=role)
            for queue in queues:
                QueueMember.objects.create(queue=queue, membership=membership)
        return user

    def queue(self, name: str, *members: Any, **fields: Any) -> Any:
        from tenants.models import Membership
        from tickets.models import Queue, QueueMember

        with self.scope():
            queue = Queue.objects.create(name=name, **fields)
            for user in members:
                QueueMember.objects.create(queue=queue, membership=Membership.objects.get(user=user))
        return queue

    def connection(self, name: str = "Main number", **fields: Any) -> Any:
        from tickets.models import Connection

        number = next(_numbers)
        fields.setdefault("external_id", f"10000{number}")
        fields.setdefault("number", f"551140000{number:03d}")
        fields.setdefault("status", "connected")
        fields.setdefault("kind", "cloud_api")
        with self.scope():
            return Connection.objects.create(name=name, **fields)

    def contact(self, name: str = "Maria Clara", number: str | None = None, **fields: Any) -> Any:
        from tickets.models import Contact, ContactAddress

        number = number or f"55119{next(_numbers):08d}"
        with self.scope():
            contact = Contact(name=name, number=number, **fields)
            contact.search = contact.search_text()
            contact.save()
            ContactAddress.objects.create(contact=contact, kind="phone", value=number)
        return contact

    def ticket(
        self, connection: Any, contact: Any = None, *, at: datetime | None = None, **fields: Any
    ) -> Any:
        from tickets.models import Ticket

        at = at or now()
        contact = contact or self.contact()
        fields.setdefault("last_customer_at", at)
        with self.scope():
            return Ticket.objects.create(
                number=next(_numbers), contact=contact, connection=connection, last_message_at=at, **fields
            )

    def message(self, ticket: Any, body: str = "Bom dia!", *, direction: str = "in", **fields: Any) -> Any:
        from tickets.models import Message

        fields.setdefault("state", "received" if direction == "in" else "sent")
        fields.setdefault("kind", "text")
        fields.setdefault("at", now())
        fields.setdefault("provider_id", f"wamid.test{next(_numbers)}" if direction != "internal" else "")
        with self.scope():
            return Message.objects.create(
                ticket=ticket, connection_id=ticket.connection_id, direction=direction, body=body, **fields
            )


def make_company(name: str, **fields: Any) -> World:
    from tenants.models import Company

    return World(Company.objects.create(name=name, **fields))


@pytest.fixture
def acme_world(db: None) -> World:
    return make_company("Acme")


@pytest.fixture
def rival_world(db: None) -> World:
    return make_company("Rival")


@pytest.fixture
def acme(acme_world: World) -> Any:
    return acme_world.company


@pytest.fixture
def rival(rival_world: World) -> Any:
    return rival_world.company


@pytest.fixture
def sales(acme_world: World) -> Any:
    return acme_world.queue("Sales")


@pytest.fixture
def support(acme_world: World) -> Any:
    return acme_world.queue("Support")


@pytest.fixture
def ana(acme_world: World) -> Any:
    """Admin."""
    return acme_world.person("Ana", "admin")


@pytest.fixture
def sofia(acme_world: World) -> Any:
    """Supervisor."""
    return acme_world.person("Sofia", "supervisor")


@pytest.fixture
def bruno(acme_world: World, sales: Any) -> Any:
    """Agent in the queue Sales."""
    return acme_world.person("Bruno", "agent", (sales,))


@pytest.fixture
def clara(acme_world: World, support: Any) -> Any:
    """Agent in another queue, Support."""
    return acme_world.person("Clara", "agent", (support,))


@pytest.fixture
def raul(rival_world: World) -> Any:
    """Admin of the rival company: must see nothing of Acme."""
    return rival_world.person("Raul", "admin")


@pytest.fixture
def as_() -> Callable[..., ApiClient]:
    """`as_(user)`: a client signed in as that person."""
    return lambda user, company=None: ApiClient().sign_in(user, company)


@pytest.fixture
def api(as_: Callable[..., ApiClient], bruno: Any) -> ApiClient:
    """A client signed in as bruno."""
    return as_(bruno)


@pytest.fixture
def anonymous() -> ApiClient:
    return ApiClient()


@pytest.fixture
def line(acme_world: World) -> Any:
    """A connected number of Acme without a provider behind it; see `graph` for one that sends."""
    return acme_world.connection()


@pytest.fixture
def ticket(acme_world: World, line: Any, sales: Any) -> Any:
    """A customer waits in the queue Sales."""
    return acme_world.ticket(line, queue=sales)
