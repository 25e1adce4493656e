"""A customer and an assistant: it answers, hands over to a person, and says nothing more once somebody has answered."""

import httpx
import pytest
from playwright.sync_api import expect

from tests.journeys.people import accept, answer, bubble, open_waiting

pytestmark = pytest.mark.journey
PRICE = "O azul custa R$ 10."
HANDED_OVER = "Vou passar você para uma pessoa da nossa equipe."


@pytest.fixture
def company(found, stack):
    """A company whose assistant knows one price."""
    made = found("ajuda")
    for path in ("company/", "auth/me/"):
        made.call("PATCH", path, json={"language": "pt-BR"})
    made.call("POST", "ai/providers/", json={
        "name": "Roteiro", "base_url": f"{stack.ai_server}/v1", "api_key": "sk-roteiro",
        "chat_model": "scripted-chat", "is_default": True,
    })  # fmt: skip
    made.call("POST", "ai/assistants/", json={
        "name": "Clara", "instructions": "Ajude.", "uses_knowledge": False, "debounce_seconds": 1,
        "exam_threshold": 0, "is_on": True,
    })  # fmt: skip
    rules = [{"say": PRICE}]
    httpx.put(f"{stack.ai_server}/_ctl/script", json=rules, timeout=10).raise_for_status()
    return made


def test_an_assistant_answers_until_a_person_does(company, admin, customer):
    maria = customer(company, "Maria Pergunta")
    maria.write("Quanto custa o azul?")
    expect(maria.bubble(PRICE)).to_be_visible(timeout=20_000)

    page = admin(company).page
    open_waiting(page, PRICE)
    expect(page.locator("[data-ticket]").get_by_text("Assistente responde")).to_be_visible()

    maria.write("Quero falar com uma pessoa")
    expect(maria.bubble(HANDED_OVER)).to_be_visible(timeout=20_000)
    expect(bubble(page, "o cliente pediu uma pessoa")).to_be_visible()
    accept(page)
    answer(page, "Olá, aqui é a Ana.")
    expect(maria.bubble("Olá, aqui é a Ana.")).to_be_visible()

    maria.write("Obrigada! E o verde?")
    expect(bubble(page, "E o verde?")).to_be_visible()
    answer(page, "Custa o mesmo.")
    expect(maria.bubble("Custa o mesmo.")).to_be_visible()
    expect(maria.page.get_by_test_id("phone-bubble").filter(has_text=PRICE)).to_have_count(1)
