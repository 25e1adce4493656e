"""The company, its people and its connections."""

from helpdesk.events import publish_data
from tenants.actions import presence
from tests.gates.stories import EVERYONE, story
from tickets.events import CONNECTION_CREATED, CONNECTION_UPDATED

PERSON = {"name": "Nova", "email": "nova@acme.example", "role": "agent", "queues": []}


@story("company.updated", hears=EVERYONE)
def _(on):
    return lambda: on.ana.patch("/api/company/", {"name": "Acme & Co"})


@story("user.created", hears=EVERYONE)
def _(on):
    return lambda: on.ana.post("/api/users/", PERSON)


@story("user.updated", hears=EVERYONE)
def _(on):
    return lambda: on.ana.patch(f"/api/users/{on.bruno.pk}/", {"role": "supervisor"})


@story("presence.changed", hears=EVERYONE)
def _(on):
    return lambda: on.told(presence.say, on.bruno.pk, "busy")


@story("session.changed", hears={"bruno"})
def _(on):
    return lambda: on.ana.patch(f"/api/users/{on.bruno.pk}/", {"role": "supervisor"})


@story("session.ended", hears=set())  # closes the line: test_events.py
def _(on):
    return lambda: None


@story("connection.created", hears=EVERYONE)
def _(on):
    number = on.world.connection("Second")
    assert CONNECTION_CREATED.serializer == CONNECTION_UPDATED.serializer
    return lambda: on.told(_publish_created, number)


@story("connection.updated", hears=EVERYONE)
def _(on):
    number = on.world.connection("Second")
    return lambda: on.ana.patch(f"/api/connections/{number.pk}/", {"reopen_minutes": 7})


@story("connection.deleted", hears=EVERYONE)
def _(on):
    number = on.world.connection("Second")
    return lambda: on.removed("connections", number.pk)


@story("device.updated", hears={"ana"})  # whoever scans its code lets a phone in
def _(on):
    phone = on.world.connection("Phone", kind="qr")
    return lambda: on.ana.post(f"/api/devices/{phone.pk}/disconnect/")


def _publish_created(connection):
    publish_data(CONNECTION_CREATED, connection.company_id, {"id": connection.pk}, to={"company"})
