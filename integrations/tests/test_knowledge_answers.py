"""Answers are written, embedded, searched, judged, listed and deleted."""

from io import StringIO

import pytest
from django.core.management import call_command

from integrations.actions import asking, embedding
from integrations.models import KnowledgeAnswer, KnowledgeChunk, KnowledgeIndex
from integrations.models.knowledge_search import fitted

pytestmark = pytest.mark.django_db(transaction=True)

BOLETO = {
    "question": "Problema com boleto",
    "answer": "Gere a segunda via no portal.",
    "sector": "financeiro",
}
PASSWORD = {"question": "Como troco a senha?", "answer": "Em Conta, toque em Senha.", "sector": "suporte"}


@pytest.fixture
def boss(as_, sofia):
    return as_(sofia)


def add(client, **given):
    answer = client.post("/api/knowledge/answers/", given, format="json")
    assert answer.status_code == 201, answer.content
    return answer.json()


def look(client, pk):
    return client.get(f"/api/knowledge/answers/{pk}/")


def search(client, q, **asked):
    return client.get("/api/knowledge/search/", {"q": q, **asked}).json()


def test_an_answer_is_embedded_by_itself_with_the_providers_size(boss, provider, acme_world):
    row = add(boss, **BOLETO)
    assert look(boss, row["id"]).json()["embedded_with"] == "scripted-embedding"
    with acme_world.scope():
        chunk = KnowledgeChunk.objects.get(answer=row["id"])
        assert len(chunk.embedding) == chunk.size
        assert KnowledgeIndex.objects.get().model == "scripted-embedding"


def test_an_answer_is_found_by_its_words_before_it_has_a_vector(boss):
    row = add(boss, **BOLETO)
    assert look(boss, row["id"]).json()["embedded_with"] == ""
    found = search(boss, "problema com boleto")
    assert (found["how"], found["results"][0]["answer"]) == ("text", row["id"])


def test_the_nearest_answer_comes_first_and_what_is_below_the_threshold_is_left_out(boss, provider):
    row, other = add(boss, **BOLETO), add(boss, **PASSWORD)
    found = search(boss, "problema com boleto")
    assert found["how"] == "hybrid"
    assert found["results"][0]["answer"] == row["id"]
    near = [one["answer"] for one in search(boss, "problema com boleto", threshold=0.5)["results"]]
    assert row["id"] in near
    assert other["id"] not in near
    assert search(boss, "problema com boleto", sector="suporte", threshold=0.5)["results"] == []
    assert len(search(boss, "boleto senha", limit=1)["results"]) == 1


@pytest.fixture
def invoices(boss, provider):
    """Eight answers that say the same little word, and one that says none of the question but means it."""
    for month in range(8):
        add(boss, question=f"Boleto de mês {month}", answer="Veja o portal.")
    return add(boss, question="Segunda via", answer="Em Financeiro, toque em Baixar.")


QUESTION = "perdi o papel do boleto e preciso quitar hoje"


def test_meaning_is_not_outvoted_by_a_word_that_many_passages_say(boss, invoices, acme_world):
    means(acme_world, invoices, QUESTION)
    found = search(boss, QUESTION)
    assert (found["how"], found["results"][0]["answer"]) == ("hybrid", invoices["id"])


def test_words_that_say_all_of_a_question_are_not_outvoted_by_a_poor_model(boss, invoices, acme_world):
    exact = add(boss, question="Garantia estendida", answer="Vale por um ano.")
    means(acme_world, exact, "algo muito diferente")
    assert search(boss, "garantia estendida")["results"][0]["answer"] == exact["id"]


def means(world, row, text):
    """Let its vector be that of another text, as a better or a worse model would have it."""
    with world.scope():
        (vector,) = asking.embed([text], purpose="knowledge").vectors
        KnowledgeChunk.objects.filter(answer=row["id"]).update(embedding=fitted(vector))


def test_a_provider_in_trouble_leaves_the_words(boss, provider, ai_server):
    add(boss, **BOLETO)
    ai_server.script({"status": 500})
    found = search(boss, "problema com boleto")
    assert (found["how"], len(found["results"])) == ("text", 1)


def test_only_people_models_and_nobody_yet_can_stand_for_an_answer(boss):
    row = add(boss, question="Onde fica a loja?")
    assert row["validated_by"] == "pending"
    path = f"/api/knowledge/answers/{row['id']}/"
    assert boss.patch(path, {"validated_by": "robot"}, format="json").status_code == 400
    assert boss.patch(path, {"validated_by": "human"}, format="json").json()["code"] == "answer_missing"
    given = {"answer": "Na Rua das Flores, 10.", "operator": "Bruno", "validated_by": "ai"}
    changed = boss.patch(path, given, format="json").json()
    assert (changed["answer"], changed["operator"], changed["validated_by"]) == tuple(given.values())
    assert look(boss, row["id"]).json()["operator"] == "Bruno"


def test_what_waits_for_a_person_is_told_to_nobody_until_it_is_accepted(boss):
    row = add(boss, **BOLETO, validated_by="pending")
    assert search(boss, "problema com boleto")["results"] == []
    boss.patch(f"/api/knowledge/answers/{row['id']}/", {"validated_by": "human"}, format="json")
    assert search(boss, "problema com boleto")["results"][0]["answer"] == row["id"]


def test_the_history_of_a_contact_and_the_list_of_a_sector_are_counted_and_paged(boss, acme_world):
    maria, other = acme_world.contact(), acme_world.contact()
    for number in range(5):
        add(boss, question=f"Pergunta {number}", answer="Sim.", sector="vendas", contact=maria.pk)
    add(boss, question="De outro", answer="Sim.", sector="geral", contact=other.pk)
    first = boss.get("/api/knowledge/answers/", {"contact": maria.pk, "limit": 2}).json()
    assert [row["question"] for row in first["results"]] == ["Pergunta 4", "Pergunta 3"]
    assert {name: first[name] for name in ("total", "pages", "has_next", "has_prev")} == {
        "total": 5, "pages": 3, "has_next": True, "has_prev": False,
    }  # fmt: skip
    second = boss.get(first["next"]).json()
    last = boss.get(second["next"]).json()
    assert [row["question"] for row in last["results"]] == ["Pergunta 0"]
    assert (last["has_next"], last["has_prev"]) == (False, True)
    assert boss.get("/api/knowledge/answers/", {"sector": "geral"}).json()["total"] == 1


def test_the_newest_come_first_and_a_deleted_answer_is_gone(boss):
    older, newer = add(boss, **BOLETO), add(boss, **PASSWORD)
    listed = boss.get("/api/knowledge/answers/").json()["results"]
    assert [row["id"] for row in listed] == [newer["id"], older["id"]]
    assert boss.delete(f"/api/knowledge/answers/{older['id']}/").status_code == 204
    assert look(boss, older["id"]).status_code == 404
    assert boss.delete(f"/api/knowledge/answers/{older['id']}/").status_code == 404
    assert search(boss, "problema com boleto")["results"] == []


def test_another_company_sees_and_finds_nothing(boss, as_, raul):
    row = add(boss, **BOLETO)
    rival = as_(raul)
    assert look(rival, row["id"]).status_code == 404
    assert rival.get("/api/knowledge/answers/").json()["total"] == 0
    assert search(rival, "problema com boleto")["results"] == []


def test_an_agent_gets_validated_answers_to_what_the_customer_asks(boss, api, acme_world, ticket):
    row = add(boss, **BOLETO)
    add(boss, **PASSWORD)
    add(boss, question="Boleto vencido?", answer="Pague com multa.", validated_by="pending")
    acme_world.message(ticket, "Oi, tive um problema com o boleto")
    found = api.get(f"/api/knowledge/for-ticket/{ticket.pk}/", {"limit": 1}).json()
    assert [one["answer"] for one in found["results"]] == [row["id"]]
    assert found["results"][0]["score"] > 0.5


def test_an_agent_of_another_queue_gets_no_suggestions_for_the_ticket(as_, clara, ticket):
    assert as_(clara).get(f"/api/knowledge/for-ticket/{ticket.pk}/").status_code == 404


def test_another_model_means_new_vectors_and_words_alone_until_then(boss, provider, acme_world, ai_server):
    row = add(boss, **BOLETO)
    ai_server.state.models.append({"id": "scripted-embedding-2"})
    with acme_world.scope():
        provider.embedding_model = "scripted-embedding-2"
        provider.save()
    assert search(boss, "problema com boleto")["how"] == "text"
    state = boss.get("/api/knowledge/index/").json()
    assert (state["how"], state["model"], state["wanted"]) == (
        "text", "scripted-embedding", "scripted-embedding-2",
    )  # fmt: skip
    embedding.sweep()
    assert search(boss, "problema com boleto")["how"] == "hybrid"
    assert look(boss, row["id"]).json()["embedded_with"] == "scripted-embedding-2"
    assert boss.get("/api/knowledge/index/").json()["done"] == 1


def test_a_failing_provider_is_named_and_asked_again_later(boss, provider, ai_server, acme_world):
    ai_server.script({"status": 401})
    add(boss, **BOLETO)
    state = boss.get("/api/knowledge/index/").json()
    assert state["how"] == "text"
    assert state["reason"] == "not_authenticated"


def test_the_index_is_made_anew_when_somebody_asks(boss, provider, acme_world, api):
    row = add(boss, **BOLETO)
    assert api.post("/api/knowledge/index/").status_code == 403
    assert boss.post("/api/knowledge/index/").status_code == 200
    assert look(boss, row["id"]).json()["embedded_with"] == "scripted-embedding"
    with acme_world.scope():
        assert KnowledgeAnswer.objects.count() == 1


def test_the_command_makes_every_vector_anew(boss, provider, ai_server):
    add(boss, **BOLETO)
    before = len(ai_server.calls("/embeddings"))
    call_command("reindex_knowledge", stdout=StringIO())
    assert len(ai_server.calls("/embeddings")) == before + 1
    assert search(boss, "problema com boleto")["how"] == "hybrid"
