"""Builds one company of the demo: people, queues and numbers, by the same actions that people use."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.timezone import now

from tenants.models import Company, Membership, User
from tenants.scoping import company_scope
from tickets.actions import connections, queues
from tickets.models import Connection, Queue
from tickets.models.connection import Status
from whatsapp.demo.cast import PASSWORD, Cast


@dataclass
class Stage:
    """What the conversations need to know of the company they happen in."""

    cast: Cast
    company: Company
    people: dict[str, User]
    queues: dict[str, Queue]
    lines: list[Connection]

    def agents_of(self, queue: str) -> list[User]:
        return [self.people[person.email] for person in self.cast.people if queue in person.queues]


def build(cast: Cast) -> Stage:
    """Inside one transaction of the caller."""
    company = Company.objects.create(
        name=cast.name, timezone=cast.timezone, language=cast.language, settings={"signature": False}
    )
    with company_scope(company.pk):
        people = {person.email: _person(person, cast.language) for person in cast.people}
        made = {key: _queue(cast, key, people) for key in cast.queues}
        lines = [_connection(line, made) for line in cast.lines]
    return Stage(cast, company, people, made, lines)


def credentials_of(line: Any) -> dict[str, str]:
    return {
        "phone_number_id": line.phone_number_id,
        "waba_id": line.waba_id,
        "app_id": line.app_id,
        "app_secret": line.app_secret,
        "access_token": line.access_token,
        "api_root": settings.WHATSAPP_API_ROOT,
    }


def _person(person: Any, language: str) -> User:
    user = User.objects.create_user(person.email, PASSWORD, name=person.name, language=language)
    Membership.objects.create(user=user, role=person.role)
    return user


def _queue(cast: Cast, key: str, people: dict[str, User]) -> Queue:
    name, color, greeting = cast.queues[key]
    members = [people[person.email].pk for person in cast.people if key in person.queues]
    return queues.create(by=None, name=name, color=color, greeting=greeting, members=members)


def _connection(line: Any, made: dict[str, Queue]) -> Connection:
    connection = connections.create(
        by=None,
        name=line.name,
        kind="cloud_api",
        queue=made[line.queue] if line.queue else None,
        credentials=credentials_of(line),
    )
    connection.status = Status.CONNECTED
    connection.number, connection.verified_name, connection.quality = line.number, line.verified_name, "GREEN"
    connection.last_received_at = now()
    connection.save(update_fields=["status", "number", "verified_name", "quality", "last_received_at"])
    return connection
