"""Messages, what is being written, and what is written for later."""

from uuid import uuid4

from tests.gates.stories import EVERYONE, SUPERVISORS, WAITING, story
from tickets.actions import tell

QUICK = {"shortcut": "oi", "title": "Oi", "body": "Oi", "is_shared": True}
STEPS = {"name": "Fim", "steps": [{"kind": "close"}], "is_shared": True}


@story("message.created", hears=WAITING)
def _(on):
    note = {"client_id": str(uuid4()), "kind": "note", "body": "Liga amanhã"}
    on.accepted()
    return lambda: on.agent.post(f"/api/tickets/{on.ticket.pk}/messages/", note)


@story("message.updated", hears=WAITING)
def _(on):
    said = on.world.message(on.ticket)
    return lambda: on.told(tell.message_changed, said)


@story("draft.changed", hears={"bruno"})
def _(on):
    return lambda: on.agent.put(f"/api/tickets/{on.ticket.pk}/draft/", {"body": "Bom dia"})


@story("typing.changed", hears=WAITING)
def _(on):
    on.accepted()
    return lambda: on.agent.post(f"/api/tickets/{on.ticket.pk}/typing/", {"is_typing": True})


@story("scheduled_message.created", hears=WAITING)
def _(on):
    promise = _promise(on)
    return lambda: on.agent.post("/api/scheduled-messages/", promise)


@story("scheduled_message.updated", hears=SUPERVISORS)
def _(on):
    promised = on.ana.post("/api/scheduled-messages/", _promise(on)).json()["id"]
    return lambda: on.ana.post(f"/api/scheduled-messages/{promised}/pause/")


@story("quick_reply.created", hears=EVERYONE)
def _(on):
    own = {**QUICK, "is_shared": False}
    return lambda: (on.ana.post("/api/quick-replies/", QUICK), on.agent.post("/api/quick-replies/", own))


@story("quick_reply.updated", hears={"bruno"})
def _(on):
    kept = on.agent.post("/api/quick-replies/", {**QUICK, "is_shared": False}).json()["id"]
    return lambda: on.agent.patch(f"/api/quick-replies/{kept}/", {"body": "Até já"})


@story("quick_reply.deleted", hears=EVERYONE)
def _(on):
    shared = on.ana.post("/api/quick-replies/", QUICK).json()["id"]
    return lambda: on.removed("quick-replies", shared)


@story("macro.created", hears=EVERYONE)
def _(on):
    return lambda: on.ana.post("/api/macros/", STEPS)


@story("macro.updated", hears={"bruno"})
def _(on):
    mine = on.agent.post("/api/macros/", {**STEPS, "is_shared": False}).json()["id"]
    return lambda: on.agent.patch(f"/api/macros/{mine}/", {"name": "Minha"})


@story("macro.deleted", hears=EVERYONE)
def _(on):
    shared = on.spare("macros", **STEPS)
    return lambda: on.removed("macros", shared)


def _promise(on):
    who, through = on.world.contact("Rui"), on.world.connection("Second")
    return {"contacts": [who.pk], "connection": through.pk, "body": "Oi", "at": "2040-01-02T12:00:00Z"}
