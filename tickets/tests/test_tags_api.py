"""Tags over HTTP: who may keep them, and what becomes of a deleted one."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_supervisor_makes_a_tag_and_an_agent_may_not(as_, sofia, bruno):
    made = as_(sofia).post("/api/tags/", {"name": "Troca", "color": "#b45309"})
    assert (made.status_code, made.json()["name"], made.json()["position"]) == (201, "Troca", 0)
    assert as_(bruno).post("/api/tags/", {"name": "Outra"}).status_code == 403
    assert [tag["name"] for tag in as_(bruno).get("/api/tags/").json()["results"]] == ["Troca"]


def test_two_tags_cannot_have_the_same_name(as_, ana):
    api = as_(ana)
    api.post("/api/tags/", {"name": "Troca"})
    again = api.post("/api/tags/", {"name": "troca"})
    assert (again.status_code, again.json()["code"]) == (409, "tag_name_taken")


def test_a_deleted_tag_disappears_from_tickets_and_comes_back_with_them(as_, ana, acme_world, ticket):
    from tickets.actions import tags
    from tickets.models import Ticket

    api = as_(ana)
    pk = api.post("/api/tags/", {"name": "VIP"}).json()["id"]
    with acme_world.scope():
        tags.put_on_ticket(Ticket.objects.get(pk=ticket.pk), [pk])
    shown = f"/api/tickets/{ticket.pk}/"
    assert api.get(shown).json()["tags"] == [pk]
    assert api.delete(f"/api/tags/{pk}/").status_code == 204
    assert api.get("/api/tags/").json()["results"] == []
    assert api.post(f"/api/tags/{pk}/restore/").status_code == 200
    assert api.get(shown).json()["tags"] == [pk]
