"""An agent and the copilot: it writes into the draft, and only the agent sends."""

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import accept, bubble, open_waiting

pytestmark = pytest.mark.journey

SUGGESTED = "A entrega leva cinco dias úteis."


@pytest.fixture(scope="module")
def company(found, stack):
    """A company whose provider answers from a script, and knows one thing."""
    made = found("copiloto")
    made.call("PATCH", "auth/me/", json={"language": "pt-BR"})
    made.call("POST", "ai/providers/", json={
        "name": "Roteiro", "base_url": f"{stack.ai_server}/v1", "api_key": "sk-roteiro",
        "chat_model": "scripted-chat", "is_default": True,
    })  # fmt: skip
    made.call("POST", "tags/", json={"name": "Entrega", "color": "#0b7285"})
    return made


@pytest.fixture
def script(stack):
    """What the provider says next."""

    def write(*rules):
        httpx.put(f"{stack.ai_server}/_ctl/script", json=list(rules), timeout=10).raise_for_status()

    yield write
    write()


@pytest.fixture
def talk(company, admin, customer):
    """The conversation of somebody who asks when it arrives, taken by the agent."""
    maria = customer(company, "Maria Luz")
    maria.write("Qual o prazo de entrega?")
    page = admin(company).page
    open_waiting(page, "Qual o prazo de entrega?")
    accept(page)
    return maria, page


def test_a_suggestion_is_inserted_edited_and_sent_by_the_agent(talk, script):
    maria, page = talk
    script({"say": f"{SUGGESTED} [1]", "pace": 0.02})
    page.get_by_test_id("copilot").click()
    expect(page.get_by_test_id("copilot-text")).to_contain_text(SUGGESTED)
    expect(bubble(page, SUGGESTED)).to_have_count(0)
    page.get_by_test_id("copilot-take").click()
    composer = page.get_by_test_id("composer")
    expect(composer).to_have_value(SUGGESTED)
    expect(composer).to_be_focused()
    composer.press("End")
    composer.press_sequentially(" Abraço!")
    composer.press("Enter")
    expect(bubble(page, f"{SUGGESTED} Abraço!")).to_be_visible()
    expect(maria.bubble(f"{SUGGESTED} Abraço!")).to_be_visible()
    improves_and_takes_it_back(page, script)
    sums_up_into_a_note(page, script)
    translates_a_message(page, script)
    hears_why_there_is_no_answer(page, script)


def improves_and_takes_it_back(page: Page, script) -> None:
    """With the keys alone."""
    composer = page.get_by_test_id("composer")
    composer.fill("vou ver")
    script({"say": "Vou verificar agora mesmo."})
    composer.press("Alt+w")
    expect(page.get_by_test_id("copilot-text")).to_have_text("Vou verificar agora mesmo.")
    page.keyboard.press("Alt+Enter")
    expect(composer).to_have_value("Vou verificar agora mesmo.")
    page.get_by_test_id("undo").last.click()  # that of the suggestion before may still be on its way out
    expect(composer).to_have_value("vou ver")
    composer.fill("")


def sums_up_into_a_note(page: Page, script) -> None:
    script({"say": "- Quer saber o prazo de entrega."})
    page.get_by_test_id("composer").press("Alt+u")
    expect(page.get_by_test_id("copilot-text")).to_contain_text("Quer saber o prazo")
    page.get_by_test_id("copilot-note").click()
    expect(bubble(page, "Quer saber o prazo de entrega.")).to_be_visible()
    page.get_by_test_id("copilot-close").click()
    expect(page.get_by_test_id("copilot-panel")).to_have_count(0)


def translates_a_message(page: Page, script) -> None:
    script({"say": "What is the delivery time?"})
    message = bubble(page, "Qual o prazo de entrega?").first
    number = str(message.get_attribute("data-message"))
    message.hover()
    page.get_by_test_id(f"translate-{number}").click()
    expect(page.get_by_test_id(f"translated-{number}")).to_contain_text("What is the delivery time?")


def hears_why_there_is_no_answer(page: Page, script) -> None:
    script({"status": 429, "code": "rate_limit_exceeded"})
    page.get_by_test_id("copilot").click()
    expect(page.get_by_test_id("copilot-trouble")).to_be_visible()
    page.get_by_test_id("copilot-close").click()
