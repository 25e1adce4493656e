"""One row of every noun that has a route, in the company of a World: a new noun without one fails the gates."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.utils.timezone import now

from tests.support.world import World


def person(world: World) -> Any:
    return world.person(f"Person {uuid4().hex[:6]}")


def session(world: World) -> Any:
    from tenants.models import Session

    user = world.person(f"Person {uuid4().hex[:6]}")
    return Session.objects.create(
        user=user, company=world.company, refresh_id=uuid4().hex, last_used_at=now(), expires_at=now()
    )


def api_key(world: World) -> Any:
    from tenants.models import ApiKey

    with world.scope():
        return ApiKey.objects.create(
            name="Key", prefix=uuid4().hex[:8], key_hash=uuid4().hex, scopes=["read"]
        )


def audit_entry(world: World) -> Any:
    from tenants.models import AuditEntry

    with world.scope():
        return AuditEntry.objects.create(action="company.updated")


def payload(world: World) -> Any:
    from whatsapp.models import App, Payload

    with world.scope():
        app, _ = App.objects.get_or_create(app_id="77001122334455")
        return Payload.objects.create(
            app=app, sha256=uuid4().bytes, body=b"{}", received_at=now(), state="quarantined"
        )


def event(world: World) -> Any:
    from whatsapp.models import Event

    told = message(world)
    with world.scope():
        return Event.objects.create(
            payload=payload(world), connection_id=told.connection_id, kind="message", key=uuid4().hex,
            at=now(), state="quarantined", provider_id=told.provider_id,
        )  # fmt: skip


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


def device(world: World) -> Any:
    from whatsapp.models import Device

    phone = world.connection(f"Phone {uuid4().hex[:6]}", kind="qr")
    with world.scope():
        return Device.objects.create(connection=phone)


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


def admin_of(world: World) -> Any:
    """Whose own rows the gates look at."""
    from tenants.models import Membership

    with world.scope():
        admin = Membership.objects.filter(role="admin").order_by("pk").first()
    return admin.user if admin else world.person(f"Person {uuid4().hex[:6]}", role="admin")


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


def app(world: World) -> Any:
    from whatsapp.models import App

    with world.scope():
        return App.objects.create(
            app_id=uuid4().hex, secrets=["secret"], verify_token="token", api_root="http://127.0.0.1:9"
        )


def view(world: World) -> Any:
    from tickets.models import SavedView

    with world.scope():
        return SavedView.objects.create(name="Waiting", filter={"all": []})


def bulk_job(world: World) -> Any:
    from tickets.models import BulkJob

    with world.scope():
        return BulkJob.objects.create(action="close")


def ai_provider(world: World) -> Any:
    from integrations.models import AiProvider

    with world.scope():
        return AiProvider.objects.create(
            name="Provider",
            base_url="http://127.0.0.1:9/v1",
            api_key="sk-secret-of-a-company",
            chat_model="m",
        )


def ai_call(world: World) -> Any:
    from integrations.models import AiCall

    asked = ai_provider(world)
    with world.scope():
        return AiCall.objects.create(provider=asked, at=now(), purpose="answer", model="m")


def turn(world: World) -> Any:
    from integrations.models import Turn

    spoken = ticket(world)
    with world.scope():
        return Turn.objects.create(ticket=spoken, bot=1, name="Robot", state="spoken", since=1, upto=1)


def bot(world: World) -> Any:
    from integrations.models import Bot

    with world.scope():
        return Bot.objects.create(
            name=f"Robot {uuid4().hex[:6]}", kind="webhook", url="https://bot.example.com/"
        )


def talk(world: World) -> Any:
    from integrations.models import Talk

    with world.scope():
        return Talk.objects.create(user=admin_of(world), name="Vendas de hoje")


def exam(world: World) -> Any:
    from integrations.models import Assistant, Exam

    with world.scope():
        assistant = Assistant.objects.create(name=f"Assistant {uuid4().hex[:6]}", instructions="Help.")
        return Exam.objects.create(assistant=assistant, edition=1, threshold=80, source="tickets", size=1)


def exam_case(world: World) -> Any:
    from integrations.models import ExamCase

    of = exam(world)
    with world.scope():
        return ExamCase.objects.create(exam=of, position=1, question="Do you deliver?", verdict="right")


def exam_set(world: World) -> Any:
    from integrations.models import ExamSet

    with world.scope():
        return ExamSet.objects.create(name=f"Set {uuid4().hex[:6]}", questions=[])


def recording(world: World) -> Any:
    from integrations.models import Recording
    from tickets.models import Attachment

    with world.scope():
        file = Attachment.objects.create(kind="audio", name="a.mp3", mime="audio/mpeg", state="stored")
        return Recording.objects.create(
            file=file, name="Call", state="completed", seconds=2.0, text="Oi", has_speakers=True,
            utterances=[{"speaker": "A", "start": 0, "end": 2, "text": "Oi"}],
        )  # fmt: skip


def assistant(world: World) -> Any:
    from integrations.models import Assistant

    with world.scope():
        return Assistant.objects.create(name=f"Assistant {uuid4().hex[:6]}", instructions="Answer.")


def assistant_tool(world: World) -> Any:
    from integrations.models import AssistantTool

    with world.scope():
        return AssistantTool.objects.create(
            name=f"tool_{uuid4().hex[:6]}", description="Orders", url="https://shop.example.com/orders"
        )


def assistant_thread(world: World) -> Any:
    from integrations.models import AssistantThread

    of = assistant(world)
    with world.scope():
        return AssistantThread.objects.create(assistant=of, user=admin_of(world))


def assistant_run(world: World) -> Any:
    from integrations.models import AssistantRun

    of = assistant(world)
    with world.scope():
        return AssistantRun.objects.create(assistant=of, user=admin_of(world))


def document(world: World) -> Any:
    from integrations.models import KnowledgeChunk, KnowledgeDocument

    with world.scope():
        made = KnowledgeDocument.objects.create(
            name="Trocas", source="text", state="ready", text="Em sete dias."
        )
        KnowledgeChunk.objects.create(document=made, heading="Trocas", text="Em sete dias.", end=13)
        return made


def knowledge_answer(world: World) -> Any:
    from integrations.models import KnowledgeAnswer, KnowledgeChunk

    with world.scope():
        made = KnowledgeAnswer.objects.create(question="Troca?", answer="Em sete dias.", validated_by="human")
        KnowledgeChunk.objects.create(answer=made, heading="Troca?", text="Em sete dias.", end=13)
        return made


MAKERS = {
    "integrations.KnowledgeDocument": document,
    "integrations.KnowledgeAnswer": knowledge_answer,
    "whatsapp.App": app,
    "tenants.User": person,
    "integrations.Assistant": assistant,
    "integrations.AssistantRun": assistant_run,
    "integrations.AssistantThread": assistant_thread,
    "integrations.AssistantTool": assistant_tool,
    "tenants.Membership": person,
    "tenants.Session": session,
    "tenants.ApiKey": api_key,
    "tenants.AuditEntry": audit_entry,
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
    "whatsapp.Device": device,
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
    "whatsapp.Payload": payload,
    "whatsapp.Event": event,
    "tickets.Attempt": attempt,
    "integrations.AiCall": ai_call,
    "integrations.AiProvider": ai_provider,
    "integrations.Bot": bot,
    "integrations.Talk": talk,
    "integrations.Recording": recording,
    "integrations.Turn": turn,
    "integrations.Exam": exam,
    "integrations.ExamCase": exam_case,
    "integrations.ExamSet": exam_set,
}


def rows() -> dict[type, Any]:
    """Model → how to make one."""
    return {apps.get_model(name): make for name, make in MAKERS.items()}
