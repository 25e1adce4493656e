"""Contacts."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.gates.stories import EVERYONE, story


@story("contact.created", hears=EVERYONE)
def _(on):
    return lambda: on.spare("contacts", number="5511987654321")


@story("contact.updated", hears=EVERYONE)
def _(on):
    customer = on.world.contact("Rui")
    return lambda: on.agent.patch(f"/api/contacts/{customer.pk}/", {"name": "Rui Costa"})


@story("contact_note.created", hears=EVERYONE)
def _(on):
    customer = on.world.contact("Rui")
    return lambda: on.agent.post(f"/api/contacts/{customer.pk}/notes/", {"body": "Liga à tarde"})


@story("contact_note.updated", hears=EVERYONE)
def _(on):
    note = _note(on)
    return lambda: on.agent.patch(f"/api/contact-notes/{note}/", {"body": "Liga de manhã"})


@story("contact_note.deleted", hears=EVERYONE)
def _(on):
    note = _note(on)
    return lambda: on.removed("contact-notes", note)


@story("contact_import.updated", hears={"ana"})
def _(on):
    file = SimpleUploadedFile("a.csv", b"nome,telefone\nRui,+5511987650000\n", content_type="text/csv")
    sheet = on.ana.post("/api/contact-imports/", {"file": file}, format="multipart").json()["id"]
    return lambda: on.ana.post(f"/api/contact-imports/{sheet}/start/")


@story("contact_job.updated", hears={"bruno"})
def _(on):
    act = {"action": "block", "contacts": [on.world.contact("Rui").pk]}
    return lambda: on.agent.post("/api/contact-jobs/", act)


@story("segment.created", hears=EVERYONE)
def _(on):
    return lambda: on.spare("segments", is_shared=True)


@story("segment.updated", hears={"bruno"})
def _(on):
    own = on.agent.post("/api/segments/", {"name": "Meus"}).json()["id"]
    return lambda: on.agent.patch(f"/api/segments/{own}/", {"name": "Só meus"})


@story("segment.deleted", hears=EVERYONE)
def _(on):
    shared = on.spare("segments", is_shared=True)
    return lambda: on.removed("segments", shared)


def _note(on):
    customer = on.world.contact("Rui")
    return on.agent.post(f"/api/contacts/{customer.pk}/notes/", {"body": "Liga"}).json()["id"]
