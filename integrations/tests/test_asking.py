"""Asking through the one door: what it counts, what it costs, where the budget ends, what is remembered."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.test.testcases import TestCase
from django.utils.timezone import now

from integrations.actions import asking, lost_calls, spending
from integrations.ai.port import AiError, Request, Said, Stopped
from integrations.models import AiCall, AiProvider, Assistant

QUESTION = Request(model="", instructions="Be kind.", items=(Said("user", "Oi"),))
TAKES = {"input_tokens": 1_000_000, "cached_tokens": 200_000, "output_tokens": 500_000}  # 0.8 + 0.1 + 1.0


@pytest.fixture(autouse=True)
def inside(acme_world):
    with acme_world.scope():
        yield


def ask(**more):
    return asking.respond(QUESTION, purpose="answer", **more)


def refused(**more):
    with pytest.raises(AiError) as caught:
        ask(**more)
    return caught.value.code


def look_for_lost_calls():
    with TestCase.captureOnCommitCallbacks(execute=True):
        lost_calls.sweep()


def told(as_, user):
    rows = as_(user).get("/api/notifications/").json()["results"]
    return [row["data"]["what"] for row in rows if row["kind"] == "ai"]


def test_a_call_is_written_down_with_what_it_took(provider, ai_server, ticket, ana):
    ai_server.script({"say": "Olá!", "usage": TAKES})
    assert ask(ticket=ticket, by=ana).text == "Olá!"
    (call,) = AiCall.objects.all()
    assert (call.model, call.purpose, call.outcome) == ("scripted-chat", "answer", "ok")
    assert (call.input_tokens, call.cached_tokens, call.output_tokens) == (1_000_000, 200_000, 500_000)
    assert (call.cost, call.ticket, call.user) == (Decimal("1.9"), ticket, ana)


def test_a_model_without_a_price_costs_nobody_knows_what(provider):
    AiProvider.objects.update(prices={})
    ask()
    assert AiCall.objects.get().cost is None


def test_an_answer_that_is_stopped_is_counted_by_what_came(provider, ai_server):
    ai_server.script({"say": "uma resposta que ninguém quer mais ouvir"})

    def stop(piece):
        raise Stopped

    with pytest.raises(Stopped):
        ask(on_text=stop)
    call = AiCall.objects.get()
    assert (call.outcome, call.is_estimated) == ("stopped", True)
    assert call.input_tokens == 3 and 0 < call.output_tokens < 5  # "Be kind." and "Oi"; one word came
    provider.refresh_from_db()
    assert provider.spent == call.cost > 0


def test_what_breaks_here_while_an_answer_comes_is_counted(provider, ai_server):
    def break_down(piece):
        raise RuntimeError("ours")

    with pytest.raises(RuntimeError):
        ask(on_text=break_down)
    call = AiCall.objects.get()
    assert (call.outcome, call.is_estimated, call.cost > 0) == ("broke", True, True)


def test_an_answer_that_breaks_off_is_counted_by_what_came(provider, ai_server):
    ai_server.script({"say": "uma resposta que se perde no caminho", "cut_after": 2})
    with pytest.raises(AiError):
        ask(on_text=lambda piece: None)
    call = AiCall.objects.get()
    assert (call.outcome != "ok", call.is_estimated, call.output_tokens > 0) == (True, True, True)


def test_a_call_whose_worker_died_counts_what_was_asked_once(provider, acme_world, time_machine, monkeypatch):
    monkeypatch.setattr(spending, "end", lambda *call, **how: None)
    ask()
    monkeypatch.undo()
    assert AiCall.objects.get().outcome == "asking"
    look_for_lost_calls()
    assert AiCall.objects.get().outcome == "asking"  # it may still be at work
    time_machine.move_to(now() + timedelta(minutes=20))
    look_for_lost_calls()
    look_for_lost_calls()
    call = AiCall.objects.get()
    assert (call.outcome, call.is_estimated, call.input_tokens) == ("lost", True, 3)
    provider.refresh_from_db()
    assert provider.spent == call.cost > 0


def test_without_a_price_a_budget_refuses_before_it_is_asked(provider, ai_server, as_, ana):
    AiProvider.objects.update(prices={}, monthly_budget="4.00")
    assert [refused(), refused()] == ["price_needed"] * 2
    assert ai_server.calls() == []
    assert [(call.outcome, call.cost) for call in AiCall.objects.all()] == [("price_needed", None)] * 2
    assert told(as_, ana) == ["unpriced"]
    assert "ai_budget.unpriced" in [row["action"] for row in as_(ana).get("/api/audit/").json()["results"]]
    provider.refresh_from_db()
    assert provider.trouble == ""


def test_a_price_of_nothing_is_a_price(provider):
    AiProvider.objects.update(prices={"scripted-chat": {"input": "0"}}, monthly_budget="4.00")
    ask()
    assert AiCall.objects.get().cost == 0


def test_without_a_price_a_budget_that_only_warns_says_that_it_cannot(provider, as_, ana):
    AiProvider.objects.update(prices={}, monthly_budget="4.00", stop_at_budget=False)
    ask()
    ask()
    assert told(as_, ana) == ["unpriced"]


def test_minutes_of_sound_are_priced_too(provider, ai_server):
    AiProvider.objects.update(prices={"scripted-transcription": {"minute": "0.6"}})
    ai_server.script({"say": "Oi", "segments": [{"text": "Oi", "start": 0, "end": 20}]})
    asking.transcribe("a.ogg", "audio/ogg", b"x" * 80_000)
    call = AiCall.objects.get()
    assert (call.purpose, call.audio_seconds, call.cost) == ("transcription", 20.0, Decimal("0.2"))


@pytest.mark.parametrize(
    ("status", "code"), [(401, "not_authenticated"), (429, "rate_limited"), (500, "failed"), (503, "failed")]
)
def test_a_failure_is_one_word_and_written_down(provider, ai_server, status, code):
    ai_server.script({"status": status})
    assert refused() == code
    call = AiCall.objects.get()
    assert (call.outcome, call.cost) == (code, None)


def test_trouble_is_remembered_and_told_once_until_it_works_again(provider, ai_server, as_, ana):
    ai_server.script({"status": 401, "times": 2})
    refused()
    refused()
    provider.refresh_from_db()
    assert provider.trouble == "not_authenticated"
    assert told(as_, ana) == ["trouble"]
    ask()
    provider.refresh_from_db()
    assert provider.trouble == ""


def test_nothing_is_asked_beyond_the_budget(provider, ai_server, as_, ana):
    AiProvider.objects.update(monthly_budget="4.00")
    ai_server.script({"say": "Oi", "usage": TAKES})
    for _ in range(3):  # 1.9 each: warned after the second, spent after the third
        ask()
    assert refused() == "out_of_budget"
    assert len(ai_server.calls()) == 3
    assert told(as_, ana) == ["spent", "warned"]
    actions = [row["action"] for row in as_(ana).get("/api/audit/").json()["results"]]
    assert [name for name in actions if "budget" in name] == ["ai_budget.spent", "ai_budget.warned"]


def test_a_budget_that_only_warns_stops_nothing(provider, ai_server, as_, ana):
    AiProvider.objects.update(monthly_budget="1.00", stop_at_budget=False)
    ai_server.script({"say": "Oi", "usage": TAKES})
    ask()
    ask()
    assert told(as_, ana) == ["spent"]


def test_the_budget_begins_anew_with_the_month(provider, ai_server, time_machine):
    AiProvider.objects.update(monthly_budget="1.00")
    ai_server.script({"say": "Oi", "usage": TAKES})
    time_machine.move_to("2026-11-30T12:00:00Z", tick=True)
    ask()
    assert refused() == "out_of_budget"
    time_machine.move_to("2026-12-01T02:59:00Z", tick=True)  # still November in São Paulo
    assert refused() == "out_of_budget"
    time_machine.move_to("2026-12-01T03:01:00Z", tick=True)
    ask()


def test_a_raised_budget_works_at_once(provider, ai_server):
    AiProvider.objects.update(monthly_budget="1.00")
    ai_server.script({"say": "Oi", "usage": TAKES})
    ask()
    assert refused(provider=provider) == "out_of_budget"
    AiProvider.objects.update(monthly_budget="10.00")
    ask(provider=provider)


def test_without_a_provider_that_can_the_word_is_no_provider(provider):
    AiProvider.objects.update(is_on=False)
    assert refused() == "no_provider"
    with pytest.raises(AiError, match="embedding"):
        asking.embed(["um"], purpose="knowledge")


def test_an_assistant_keeps_to_the_provider_it_names(provider, ai_server, acme_world):
    own = ai_server.provider_of(acme_world, name="Own", is_default=False, chat_model="scripted-chat-small")
    assistant = Assistant.objects.create(name="Bia", instructions="…", provider=own)
    assert ask(assistant=assistant).model == "scripted-chat-small"
    AiProvider.objects.filter(pk=own.pk).update(is_on=False)
    assert refused(assistant=assistant) == "no_provider"  # its words are not meant for another


def test_nobody_waits_for_a_model_inside_of_a_transaction(provider):
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        ask()


def test_a_company_never_asks_with_the_key_of_another(rival_world, ai_server, provider):
    ai_server.provider_of(rival_world, name="Foreign", api_key="sk-of-the-rival-5678")
    ask()
    (call,) = ai_server.calls()
    assert call["headers"]["authorization"] == "…1234"


def test_the_key_is_in_no_log_line(provider, ai_server, caplog):
    caplog.set_level("DEBUG")
    ai_server.script({"status": 401})
    refused()
    assert provider.api_key not in caplog.text


def test_vectors_come_from_the_provider_of_embeddings(provider):
    answer = asking.embed(["boleto", "boletos"], purpose="knowledge", dimensions=64)
    assert answer.vectors[0] == answer.vectors[1]
    assert AiCall.objects.get().purpose == "knowledge"


def test_speech_counts_its_characters(provider):
    assert asking.speak("Bom dia!").startswith(b"OggS")
    assert AiCall.objects.get().input_tokens == 8
