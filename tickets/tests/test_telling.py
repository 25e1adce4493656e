"""Who is told: those who could see the ticket before and those who can now, and nobody else."""

import orjson

from helpdesk.redis import connection as redis_client


def told(company):
    """What the company's consoles were sent, as (event, audiences, data)."""
    found = []
    for _, fields in redis_client().xrange(f"live:{company.pk}:events"):
        frame = orjson.loads(fields[b"f"])
        found.append((frame["type"], set(fields[b"a"].decode().split(",")), frame["data"]))
    return found


def test_a_transfer_is_told_to_the_old_and_the_new_audience(api, acme, ticket, bruno, support):
    api.post(f"/api/tickets/{ticket.id}/accept/")
    api.post(f"/api/tickets/{ticket.id}/transfer/", {"queue": support.id})
    name, audience, data = told(acme)[-1]
    assert name == "ticket.updated"
    assert audience == {f"user.{bruno.id}", f"queue.{support.id}", "supervisors"}
    assert data["queue"]["id"] == support.id


def test_what_is_told_is_what_the_api_shows(api, acme, ticket):
    shown = api.post(f"/api/tickets/{ticket.id}/accept/").json()
    assert told(acme)[-1][2] == shown == api.get(f"/api/tickets/{ticket.id}/").json()


def test_a_private_note_of_a_transfer_is_told_to_who_gets_the_ticket(api, acme, ticket, support):
    api.post(f"/api/tickets/{ticket.id}/transfer/", {"queue": support.id, "note": "Be kind"})
    notes = [(audience, data["body"]) for name, audience, data in told(acme) if name == "message.created"]
    assert notes == [({f"queue.{support.id}", "supervisors"}, "Be kind")]


def test_tickets_of_a_deleted_queue_are_told(as_, ana, acme, sales, ticket):
    as_(ana).delete(f"/api/queues/{sales.id}/")
    updates = [audience for name, audience, _ in told(acme) if name == "ticket.updated"]
    assert updates == [{"supervisors", f"queue.{sales.id}", "unqueued"}]
    assert told(acme)[-1][0] == "queue.deleted"


def test_nobody_of_another_company_is_told(api, rival, ticket):
    api.post(f"/api/tickets/{ticket.id}/accept/")
    assert told(rival) == []


def test_typing_is_a_signal_that_leaves_no_trace(api, acme, ticket):
    assert api.post(f"/api/tickets/{ticket.id}/typing/", {"is_typing": True}).status_code == 204
    assert told(acme) == []
