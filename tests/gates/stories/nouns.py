"""What administrators make, change and delete, and everybody hears of."""

from tests.gates.stories import EVERYONE, SUPERVISORS, story

NOUNS = {  # event's name, address: what makes one, what changes it
    ("queue", "queues"): ({"color": "#123456"}, {"name": "Bills"}),
    ("tag", "tags"): ({"color": "#123456"}, {"name": "Urgente"}),
    ("field", "fields"): ({"on": "contact", "label": "Plano"}, {"label": "Plan"}),
    ("hours", "hours"): ({}, {"name": "Day"}),
    ("menu", "menus"): ({}, {"name": "Other"}),
}


def declare(event, address, fields, change):
    @story(f"{event}.created", hears=EVERYONE)
    def _(on):
        return lambda: on.spare(address, **fields)

    @story(f"{event}.updated", hears=EVERYONE)
    def _(on):
        row = on.spare(address, **fields)
        return lambda: on.ana.patch(f"/api/{address}/{row}/", change)

    @story(f"{event}.deleted", hears=EVERYONE)
    def _(on):
        row = on.spare(address, **fields)
        return lambda: on.removed(address, row)


for (event, address), (fields, change) in NOUNS.items():
    declare(event, address, fields, change)


def with_template(on):
    """A template of the line's account; what the provider says of it is told as it comes."""
    from tickets.models import Template

    with on.world.scope():
        Template.objects.create(
            kind="cloud_api", account="1", name="gate", language="en", provider_id="t1", status="pending",
            components=[{"type": "BODY", "text": "Hi!"}],
        )  # fmt: skip


def heard_of(on, **news):
    from django.db import transaction

    from tickets.actions import templates
    from tickets.template_book import News

    def tell():
        with on.world.scope(), transaction.atomic():
            templates.heard(News("1", "t1", **news), kind="cloud_api")

    return tell


@story("template.created", hears=EVERYONE)
def _(on):
    words = [{"type": "BODY", "text": "Hi!"}]
    given = {"name": "gate", "language": "en", "components": words, "connection": on.line.pk}
    return lambda: on.ana.post("/api/templates/", given)


@story("template.updated", hears=EVERYONE)
def _(on):
    with_template(on)
    return heard_of(on, status="approved")


@story("template.deleted", hears=EVERYONE)
def _(on):
    with_template(on)
    return heard_of(on, is_gone=True)


@story("ai_provider.created", hears=SUPERVISORS)
def _(on):
    return lambda: on.spare("ai/providers")


@story("ai_provider.updated", hears=SUPERVISORS)
def _(on):
    provider = on.spare("ai/providers")
    return lambda: on.ana.patch(f"/api/ai/providers/{provider}/", {"name": "Other"})


@story("ai_provider.deleted", hears=SUPERVISORS)
def _(on):
    provider = on.spare("ai/providers")
    return lambda: on.removed("ai/providers", provider)


@story("assistant.created", hears=SUPERVISORS)
def _(on):
    return lambda: on.spare("ai/assistants", instructions="Answer.")


@story("assistant.updated", hears=SUPERVISORS)
def _(on):
    assistant = on.spare("ai/assistants", instructions="Answer.")
    return lambda: on.ana.patch(f"/api/ai/assistants/{assistant}/", {"name": "Lia"})


@story("assistant.deleted", hears=SUPERVISORS)
def _(on):
    assistant = on.spare("ai/assistants", instructions="Answer.")
    return lambda: on.removed("ai/assistants", assistant)
