"""Several people at one conversation: who looks, who answers, who was asked to join, whose draft it is."""

from uuid import uuid4

import pytest
from django.utils.timezone import now

from helpdesk.sockets import Visitor
from tickets.actions import claims, watching


@pytest.fixture
def dora(acme_world, sales):
    return acme_world.person("Dora", "agent", (sales,))


@pytest.fixture
def mine(acme_world, line, sales, bruno, paper):
    return acme_world.ticket(line, queue=sales, agent=bruno, status="open", opened_at=now())


def post(client, ticket, *, status=201, **given):
    given = {"client_id": str(uuid4()), "kind": "text", "body": "Olá!", **given}
    answer = client.post(f"/api/tickets/{ticket.pk}/messages/", given, format="json")
    assert answer.status_code == status, answer.content
    return answer.json()


def types(client, ticket, **given):
    assert client.post(f"/api/tickets/{ticket.pk}/typing/", {"is_typing": True, **given}).status_code == 204


def test_a_participant_sees_the_ticket_and_may_answer(api, as_, mine, clara):
    assert as_(clara).get(f"/api/tickets/{mine.pk}/").status_code == 404
    row = api.post(f"/api/tickets/{mine.pk}/participants/", {"users": [clara.pk]}).json()
    assert row["participants"] == [clara.pk]
    assert as_(clara).get(f"/api/tickets/{mine.pk}/").status_code == 200
    post(as_(clara), mine)


def test_who_no_longer_takes_part_sees_it_no_more(api, as_, mine, clara):
    api.post(f"/api/tickets/{mine.pk}/participants/", {"users": [clara.pk]})
    assert api.delete(f"/api/tickets/{mine.pk}/participants/{clara.pk}/").json()["participants"] == []
    assert as_(clara).get(f"/api/tickets/{mine.pk}/").status_code == 404
    kinds = [step["kind"] for step in api.get(f"/api/tickets/{mine.pk}/history/").json()["results"]]
    assert kinds == ["joined", "left"]


def test_what_a_participant_sees_and_hears_agree(api, acme_world, mine, clara):
    from tickets.models import Ticket
    from tickets.models.ticket import Viewer

    api.post(f"/api/tickets/{mine.pk}/participants/", {"users": [clara.pk]})
    viewer = Viewer(clara.pk, sees_all=False, sees_unqueued=False, queue_ids=[])
    with acme_world.scope():
        [ticket] = Ticket.objects.visible_to(viewer)
        assert f"user.{clara.pk}" in ticket.audience()


def test_a_stranger_cannot_take_part(api, mine, raul):
    answer = api.post(f"/api/tickets/{mine.pk}/participants/", {"users": [raul.pk]})
    assert (answer.status_code, answer.json()["code"]) == (400, "user_unknown")


def test_who_is_mentioned_in_a_note_takes_part(api, as_, mine, clara):
    note = post(api, mine, kind="note", body="@Clara, vê isto?", mentions=[clara.pk])
    assert note["content"] == {"mentions": [clara.pk]}
    assert as_(clara).get(f"/api/tickets/{mine.pk}/").json()["participants"] == [clara.pk]


def test_who_is_mentioned_is_told(api, as_, mine, clara):
    post(api, mine, kind="note", body="@Clara, vê isto?", mentions=[clara.pk])
    [notice] = as_(clara).get("/api/notifications/").json()["results"]
    assert notice["kind"] == "mentioned"


def test_only_a_note_mentions_people(api, mine, clara):
    assert "mentions" in post(api, mine, mentions=[clara.pk], status=400)["fields"]


def test_while_somebody_writes_another_is_asked_first(api, as_, sofia, mine):
    types(as_(sofia), mine)
    refused = post(api, mine, status=409)
    assert (refused["code"], refused["fields"]["user"]["name"]) == ("someone_answering", "Sofia")
    assert refused["fields"]["why"] == "writing"
    post(api, mine, anyway=True)


def test_who_began_first_is_not_held_up_by_the_second(api, as_, sofia, mine):
    types(api, mine)
    types(as_(sofia), mine)
    post(api, mine)


def test_sending_lets_go_of_the_claim(api, as_, sofia, mine):
    types(as_(sofia), mine)
    sent = post(as_(sofia), mine)
    post(api, mine, seen=sent["id"])


def test_a_note_keeps_nobody_from_answering(api, as_, sofia, mine):
    types(as_(sofia), mine, is_note=True)
    post(api, mine)


def test_an_answer_that_was_not_seen_is_shown_before_another_leaves(api, as_, acme_world, sofia, mine):
    seen = acme_world.message(mine)
    post(as_(sofia), mine, body="Já vejo isso.", seen=seen.pk)
    refused = post(api, mine, seen=seen.pk, status=409)
    assert (refused["code"], refused["fields"]["why"]) == ("someone_answering", "replied")


def test_a_program_is_never_held_up(api, as_, ana, anonymous, sofia, mine):
    types(as_(sofia), mine)
    made = as_(ana).post("/api/api-keys/", {"name": "Bot", "scopes": ["write"]}).json()
    anonymous.credentials(HTTP_AUTHORIZATION=f"Api-Key {made['key']}")
    post(anonymous, mine)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_answer_at_once_one_is_asked(acme_world, mine, bruno, sofia):
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection as database

    from helpdesk.errors import Refused
    from tickets.actions import outbound
    from tickets.actions.composing import Draft

    seen = acme_world.message(mine).pk

    def answer(user):
        try:
            with acme_world.scope():
                draft = Draft(uuid4(), "text", f"{user.name} fala", seen=seen, anyway=False)
                outbound.send_all(mine, draft, by=user)
                return "sent"
        except Refused as refused:
            return refused.code
        finally:
            database.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(answer, [bruno, sofia])) == ["sent", "someone_answering"]


def test_taking_over_turns_the_question_around(api, as_, sofia, mine, told):
    types(as_(sofia), mine)
    types(api, mine, takes_over=True)
    post(as_(sofia), mine, status=409)
    post(api, mine)
    assert [row["answering"] for row in told] == [sofia.pk, mine.agent_id, None]


def test_who_keeps_writing_is_told_once(api, mine, bruno, told):
    for _ in range(3):
        types(api, mine)
    assert [row["answering"] for row in told] == [bruno.pk]


def test_who_comes_later_is_told_who_is_answering(as_, mine, bruno, sofia, told):
    types(as_(sofia), mine)
    watching.watch(visitor(bruno, mine), 1, {"ticket": mine.pk})
    assert told[-1] == {"ticket": mine.pk, "users": [bruno.pk], "answering": sofia.pk}


def test_going_elsewhere_lets_go_of_the_claim(api, sofia, mine):
    watching.watch(visitor(sofia, mine, "supervisors"), 1, {"ticket": mine.pk, "draft": True})
    watching.watch(visitor(sofia, mine, "supervisors"), 1, {"ticket": None})
    post(api, mine)


def test_a_claim_survives_and_ends_by_itself(acme_world, mine, sofia):
    from helpdesk.redis import connection

    with acme_world.scope():
        claims.composes(mine, by=sofia)
    assert 0 < connection().ttl(f"answering:{mine.company_id}:{mine.pk}") <= claims.CLAIM_SECONDS


def visitor(user, ticket, *more):
    return Visitor(ticket.company_id, user.pk, 1, frozenset({f"user.{user.pk}", *more}), 0)


@pytest.fixture
def told(monkeypatch):
    """Every `viewers.changed` that left."""
    left = []
    monkeypatch.setattr(watching, "publish_signal", lambda what, company, data, to: left.append(data))
    return left


def test_who_looks_is_told_to_all_who_may_see_it(mine, bruno, sofia, told):
    watching.watch(visitor(bruno, mine), 1, {"ticket": mine.pk})
    watching.watch(visitor(sofia, mine, "supervisors"), 2, {"ticket": mine.pk})
    watching.watch(visitor(sofia, mine, "supervisors"), 2, {"ticket": None})
    assert [row["users"] for row in told] == [[bruno.pk], [bruno.pk, sofia.pk], [bruno.pk]]


def test_looking_again_says_nothing_new(mine, bruno, told):
    for _ in range(3):
        watching.watch(visitor(bruno, mine), 1, {"ticket": mine.pk})
    assert len(told) == 1


def test_a_second_window_of_the_same_person_counts_once(mine, bruno, told):
    watching.watch(visitor(bruno, mine), 1, {"ticket": mine.pk})
    watching.watch(visitor(bruno, mine), 2, {"ticket": mine.pk})
    watching.left(visitor(bruno, mine), 2)
    assert [row["users"] for row in told] == [[bruno.pk]] * 3


def test_who_died_without_a_word_is_gone_at_the_next_look(mine, bruno, sofia, told, time_machine):
    time_machine.move_to(now(), tick=False)
    watching.watch(visitor(sofia, mine, "supervisors"), 2, {"ticket": mine.pk})
    watching.watch(visitor(bruno, mine), 1, {"ticket": mine.pk})
    time_machine.shift(40)
    watching.watch(visitor(bruno, mine), 1, {"ticket": mine.pk})
    time_machine.shift(40)
    watching.watch(visitor(bruno, mine), 1, {"ticket": mine.pk})
    assert told[-1]["users"] == [bruno.pk]


@pytest.mark.parametrize("asked", ["1", True, -1, 2**70, 10**12, None, [1]])
def test_looking_at_nothing_tells_nobody(mine, bruno, told, asked):
    watching.watch(visitor(bruno, mine), 1, {"ticket": asked})
    assert told == []


def test_nobody_looks_at_what_they_may_not_see(mine, clara, told):
    watching.watch(visitor(clara, mine), 1, {"ticket": mine.pk})
    assert told == []


def test_a_begun_answer_on_the_screen_keeps_the_claim(api, sofia, mine):
    watching.watch(visitor(sofia, mine, "supervisors"), 1, {"ticket": mine.pk, "draft": True})
    assert post(api, mine, status=409)["code"] == "someone_answering"


def test_a_draft_follows_its_author_and_nobody_else(api, as_, bruno, sofia, mine):
    path = f"/api/tickets/{mine.pk}/draft/"
    kept = api.put(path, {"body": "Bom dia, M", "mode": "note"}).json()
    assert as_(bruno).get(path).json() == kept
    assert as_(sofia).get(path).status_code == 404
    assert [row["ticket"] for row in api.get("/api/drafts/").json()["results"]] == [mine.pk]
    assert as_(sofia).get("/api/drafts/").json()["results"] == []


def test_of_two_writes_the_last_one_wins_and_says_so(api, as_, bruno, mine):
    path = f"/api/tickets/{mine.pk}/draft/"
    first = api.put(path, {"body": "um"}).json()
    second = as_(bruno).put(path, {"body": "dois"}).json()
    assert second["version"] > first["version"]
    assert api.get(path).json()["body"] == "dois"


def test_a_thrown_away_draft_is_gone_and_its_version_goes_on(api, mine):
    path = f"/api/tickets/{mine.pk}/draft/"
    first = api.put(path, {"body": "um"}).json()
    assert api.delete(path).status_code == 204
    assert api.get(path).status_code == 404
    assert api.put(path, {"body": "dois"}).json()["version"] > first["version"] + 1


def test_sending_takes_the_draft_away(api, mine):
    api.put(f"/api/tickets/{mine.pk}/draft/", {"body": "Olá"})
    post(api, mine, body="Olá!")
    assert api.get("/api/drafts/").json()["results"] == []


def test_a_draft_of_somebody_elses_file_is_refused(api, mine):
    answer = api.put(f"/api/tickets/{mine.pk}/draft/", {"body": "", "attachments": [10**9]})
    assert (answer.status_code, answer.json()["code"]) == (400, "attachment_unknown")


def test_the_author_corrects_a_note_and_others_do_not(api, as_, sofia, mine):
    note = post(api, mine, kind="note", body="Liga amanha")
    path = f"/api/messages/{note['id']}/"
    changed = api.patch(path, {"body": "Liga amanhã"}).json()
    assert (changed["body"], "edited_at" in changed["content"]) == ("Liga amanhã", True)
    assert as_(sofia).patch(path, {"body": "x"}).status_code == 403


def test_only_an_admin_removes_the_note_of_another(api, as_, sofia, ana, mine):
    path = f"/api/messages/{post(api, mine, kind='note', body='Segredo')['id']}/"
    assert as_(sofia).delete(path).status_code == 403
    removed = as_(ana).delete(path).json()
    assert (removed["body"], removed["content"]["removed_by"]["name"]) == ("", "Ana")


def test_a_message_of_the_customer_is_no_note(api, acme_world, mine):
    path = f"/api/messages/{acme_world.message(mine).pk}/"
    assert api.patch(path, {"body": "x"}).json()["code"] == "not_a_note"
    assert api.delete(path).json()["code"] == "not_a_note"
