"""Rows of conversations and of what belongs to them."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.utils.timezone import now

from tests.gates.rows.tenants import admin_of, person
from tests.support.world import World


def attempt(world: World) -> Any:
    from tickets.models import Attempt

    told = message(world)
    with world.scope():
        return Attempt.objects.create(message=told, number=1, started_at=now())


def queue(world: World) -> Any:
    return world.queue(f"Queue {uuid4().hex[:6]}")


def hours(world: World) -> Any:
    from tickets.models import Hours

    with world.scope():
        return Hours.objects.create(name=f"Hours {uuid4().hex[:6]}")


def menu(world: World) -> Any:
    from tickets.models import Menu

    with world.scope():
        return Menu.objects.create(name=f"Menu {uuid4().hex[:6]}")


def connection(world: World) -> Any:
    return world.connection(f"Number {uuid4().hex[:6]}")


def contact(world: World) -> Any:
    return world.contact()


def contact_note(world: World) -> Any:
    from tickets.models import ContactNote

    about = world.contact()
    with world.scope():
        return ContactNote.objects.create(contact=about, author=admin_of(world), body="Prefers mornings")


def contact_import(world: World) -> Any:
    from tickets.models import ContactImport

    with world.scope():
        return ContactImport.objects.create(
            user=admin_of(world), name="a.csv", kind="csv", encoding="utf-8", delimiter=",",
            content=b"name,number\nRui,5511987654321\n", columns=["name", "number"],
            mapping=["name", "number"], total=1,
        )  # fmt: skip


def contact_job(world: World) -> Any:
    from tickets.models import ContactJob

    with world.scope():
        return ContactJob.objects.create(user=admin_of(world), action="block")


def contact_merge(world: World) -> Any:
    from tickets.actions import merges

    two, one = world.contact(), world.contact()
    with world.scope():
        return merges.merge(two, into=one, by=admin_of(world), take=[])


def segment(world: World) -> Any:
    from tickets.models import Segment

    with world.scope():
        return Segment.objects.create(name=f"Segment {uuid4().hex[:6]}")


def ticket(world: World) -> Any:
    made = world.ticket(world.connection(f"Number {uuid4().hex[:6]}"))
    message(world, made)
    return made


def message(world: World, of: Any = None) -> Any:
    of = of or world.ticket(world.connection(f"Number {uuid4().hex[:6]}"))
    made = world.message(of)
    attachment(world, made)
    return made


def attachment(world: World, of: Any = None) -> Any:
    from tickets.models import Attachment

    of = of or message(world)
    with world.scope():
        return Attachment.objects.create(
            message=of, kind="image", name="a.png", mime="image/png", state="stored"
        )


def tag(world: World) -> Any:
    from tickets.models import Tag

    with world.scope():
        return Tag.objects.create(name=f"Tag {uuid4().hex[:6]}")


def quick_reply(world: World) -> Any:
    from tickets.models import Attachment, KeptFile, QuickReply

    with world.scope():
        made = QuickReply.objects.create(shortcut=uuid4().hex[:8], title="Hours", body="9 to 6")
        file = Attachment.objects.create(kind="image", name="a.png", mime="image/png", state="stored")
        KeptFile.objects.create(quick_reply=made, attachment=file)
        return made


def notification(world: World) -> Any:
    from tickets.models import Notification

    about = ticket(world)
    with world.scope():
        return Notification.objects.create(user=admin_of(world), kind="assigned", ticket=about, at=now())


def push_subscription(world: World) -> Any:
    from tickets.models import PushSubscription

    with world.scope():
        return PushSubscription.objects.create(
            user=admin_of(world),
            endpoint=f"https://push.example.com/{uuid4().hex}",
            p256dh="k" * 87,
            auth="a" * 22,
        )


def custom_field(world: World) -> Any:
    from tickets.models import CustomField

    with world.scope():
        return CustomField.objects.create(on="ticket", key=f"key_{uuid4().hex[:6]}", label="Pedido")


def draft(world: World) -> Any:
    from tickets.models import Draft

    with world.scope():
        return Draft.objects.create(ticket=ticket(world), user=person(world), body="Olá")


def price(world: World) -> Any:
    from tickets.models import Price

    day = date.fromordinal(720_000 + uuid4().int % 20_000)  # one price a day
    with world.scope():
        return Price.objects.create(country="BR", category="utility", amount="0.04", starts_on=day)


def cost(world: World) -> Any:
    from tickets.models import Cost

    row = message(world)
    with world.scope():
        return Cost.objects.create(
            message=row, ticket=row.ticket, connection=row.connection, category="service", type="regular",
            billable=True, currency="USD", at=row.at,
        )  # fmt: skip


def sla_policy(world: World) -> Any:
    from tickets.models import SlaPolicy

    with world.scope():
        return SlaPolicy.objects.create(name=f"Policy {uuid4().hex[:6]}", first_reply_minutes=30)


def template(world: World) -> Any:
    from tickets.models import Attachment, KeptFile, Template

    with world.scope():
        made = Template.objects.create(
            kind="cloud_api", account="1", name=f"name_{uuid4().hex[:6]}", language="pt_BR",
            components=[{"type": "BODY", "text": "Oi!"}],
        )  # fmt: skip
        file = Attachment.objects.create(kind="image", name="a.png", mime="image/png", state="stored")
        KeptFile.objects.create(template=made, attachment=file)
        return made


def macro(world: World) -> Any:
    from tickets.models import Macro

    with world.scope():
        return Macro.objects.create(name=f"Macro {uuid4().hex[:6]}", steps=[{"kind": "assign_to_me"}])


def rating(world: World) -> Any:
    from tickets.models import Rating

    of = world.ticket(world.connection(f"Number {uuid4().hex[:6]}"))
    with world.scope():
        return Rating.objects.create(
            ticket=of,
            contact=of.contact,
            connection=of.connection,
            scale="csat",
            asked_at=now(),
            expires_at=now(),
        )


def scheduled_message(world: World) -> Any:
    from tickets.models import ScheduledContact, ScheduledMessage, ScheduledSend

    at, contact = now(), world.contact()
    with world.scope():
        line = world.connection(f"Number {uuid4().hex[:6]}")
        made = ScheduledMessage.objects.create(
            connection=line, body="Oi", first_at=at, next_at=at, armed_at=at
        )
        ScheduledContact.objects.create(schedule=made, contact=contact)
        ScheduledSend.objects.create(schedule=made, contact=contact, occurrence=1, due_at=at)
        return made


def view(world: World) -> Any:
    from tickets.models import SavedView

    with world.scope():
        return SavedView.objects.create(name="Waiting", filter={"all": []})


def bulk_job(world: World) -> Any:
    from tickets.models import BulkJob

    with world.scope():
        return BulkJob.objects.create(action="close")


MAKERS = {
    "tickets.Queue": queue,
    "tickets.Hours": hours,
    "tickets.Menu": menu,
    "tickets.Notification": notification,
    "tickets.PushSubscription": push_subscription,
    "tickets.Tag": tag,
    "tickets.Template": template,
    "tickets.SavedView": view,
    "tickets.BulkJob": bulk_job,
    "tickets.CustomField": custom_field,
    "tickets.Draft": draft,
    "tickets.QuickReply": quick_reply,
    "tickets.Rating": rating,
    "tickets.ScheduledMessage": scheduled_message,
    "tickets.Macro": macro,
    "tickets.Connection": connection,
    "tickets.Contact": contact,
    "tickets.ContactImport": contact_import,
    "tickets.ContactJob": contact_job,
    "tickets.ContactMerge": contact_merge,
    "tickets.ContactNote": contact_note,
    "tickets.Segment": segment,
    "tickets.Price": price,
    "tickets.Cost": cost,
    "tickets.SlaPolicy": sla_policy,
    "tickets.Ticket": ticket,
    "tickets.Message": message,
    "tickets.Attachment": attachment,
    "tickets.Attempt": attempt,
}
