"""What Meta limits, on the virtual clock: people that a business writes to first, and management calls."""

from typing import Any

from httpx import Response

from .conftest import ACCOUNT, LINE, Emulator, Receiver, wait_for

TEMPLATE = {
    "type": "template",
    "template": {"name": "hello_world", "language": {"code": "en_US"}},
}


def test_only_so_many_people_are_written_to_first_within_a_day(emulator: Emulator) -> None:
    emulator.ctl("settings", {"portfolio_per_day": 2})
    people = [f"+551191000000{n}" for n in range(3)]
    answers = [emulator.send(to=one, **TEMPLATE) for one in people]
    assert [one.status_code for one in answers] == [200, 200, 400]
    assert emulator.code(answers[2]) == 131048
    assert emulator.send(to=people[0], **TEMPLATE).status_code == 200, "the same person counts once"
    emulator.ctl("clock", {"advance_s": 86_401})
    assert emulator.send(to=people[2], **TEMPLATE).status_code == 200


def test_whoever_wrote_first_is_not_counted(open_window: Emulator) -> None:
    open_window.ctl("settings", {"portfolio_per_day": 1})
    open_window.sent()
    assert open_window.send(to="+5511910000001", **TEMPLATE).status_code == 200


def test_management_calls_are_limited_by_the_hour(emulator: Emulator) -> None:
    emulator.ctl("settings", {"account_per_hour": 2})
    answers = [emulator.http.get(f"/v25.0/{ACCOUNT}/phone_numbers") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 400]
    assert emulator.code(answers[2]) == 80007
    emulator.ctl("clock", {"advance_s": 3601})
    assert emulator.http.get(f"/v25.0/{ACCOUNT}/phone_numbers").status_code == 200


def test_a_faster_number_answers_that_it_is_busy_and_then_that_it_is_done(
    open_window: Emulator, receiver: Receiver
) -> None:
    open_window.ctl(f"numbers/{LINE}/grow", {"throughput": "HIGH", "seconds": 30})
    assert open_window.code(open_window.send()) == 131057
    open_window.ctl("clock", {"advance_s": 31})
    open_window.sent()
    asked = open_window.http.get(f"/v25.0/{LINE}?fields=throughput").json()
    assert asked["throughput"] == {"level": "HIGH"}
    [told] = wait_for(lambda: _news(receiver))
    assert (told["event"], told["current_limit"]) == ("THROUGHPUT_UPGRADE", "TIER_2K")


def test_a_business_may_write_to_more_people_and_is_told(emulator: Emulator, receiver: Receiver) -> None:
    emulator.ctl("settings", {"portfolio_per_day": 1})
    emulator.send(to="+5511910000001", **TEMPLATE)
    assert emulator.code(emulator.send(to="+5511910000002", **TEMPLATE)) == 131048
    emulator.ctl(f"numbers/{LINE}/grow", {"limit": "TIER_10K"})
    assert emulator.send(to="+5511910000002", **TEMPLATE).status_code == 200
    limit = "whatsapp_business_manager_messaging_limit"
    assert emulator.http.get(f"/v25.0/{LINE}?fields={limit}").json()[limit] == "TIER_10K"
    [told] = wait_for(lambda: _news(receiver))
    assert (told["event"], told["old_limit"], told["current_limit"]) == ("UPGRADE", "TIER_2K", "TIER_10K")
    wait_for(lambda: {"max_daily_conversations_per_business": 10_000} in receiver.values())
    assert emulator.http.post(f"/_ctl/numbers/{LINE}/grow", json={"limit": "TIER_1K"}).status_code == 400


def _news(receiver: Receiver) -> list[dict[str, Any]]:
    return [value for value in receiver.values() if "current_limit" in value]


def test_only_marketing_goes_by_the_address_for_marketing(open_window: Emulator) -> None:
    def send(**body: object) -> Response:
        whole = {"messaging_product": "whatsapp", "to": "+5511910000001", **body}
        return open_window.http.post(f"/v25.0/{LINE}/marketing_messages", json=whole)

    assert open_window.code(send(type="text", text={"body": "Oi"})) == 134100
    assert open_window.code(send(**TEMPLATE)) == 134100
    words = {"type": "BODY", "text": "Liquidação de verão em todas as lojas."}
    made = {"name": "verao", "language": "pt_BR", "category": "MARKETING", "components": [words]}
    assert open_window.http.post(f"/v25.0/{ACCOUNT}/message_templates", json=made).status_code == 200
    about = {"waba_id": ACCOUNT, "name": "verao", "language": "pt_BR", "event": "APPROVED"}
    open_window.ctl("templates", about)
    sent = send(type="template", template={"name": "verao", "language": {"code": "pt_BR"}})
    assert sent.status_code == 200, sent.text


def test_a_number_has_a_user_name_links_greetings_and_flows(emulator: Emulator) -> None:
    def ask(method: str, path: str, body: object = None) -> dict[str, object]:
        answer = emulator.http.request(method, f"/v25.0/{path}", json=body)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    assert emulator.http.post(f"/v25.0/{LINE}/username", json={"username": "meta"}).status_code == 400
    ask("POST", f"{LINE}/username", {"username": "loja.azul"})
    assert ask("GET", f"{LINE}/username")["username"] == "loja.azul"
    assert ask("GET", f"{LINE}/username_suggestions")["data"]
    link = ask("POST", f"{LINE}/message_qrdls", {"prefilled_message": "Quero comprar"})
    changed = ask("POST", f"{LINE}/message_qrdls", {"code": link["code"], "prefilled_message": "Oi"})
    assert ask("GET", f"{LINE}/message_qrdls")["data"] == [changed]
    ask("DELETE", f"{LINE}/message_qrdls/{link['code']}")
    assert ask("GET", f"{LINE}/message_qrdls")["data"] == []
    ask("POST", f"{LINE}/conversational_automation", {"prompts": ["Preços"]})
    kept = ask("GET", f"{LINE}/conversational_automation")["conversational_automation"]
    assert isinstance(kept, dict) and kept["prompts"] == ["Preços"]
    flow = ask("POST", f"{ACCOUNT}/flows", {"name": "Pesquisa", "categories": ["SURVEY"], "publish": True})
    [listed] = list(ask("GET", f"{ACCOUNT}/flows")["data"])  # type: ignore[call-overload]
    assert (listed["id"], listed["status"]) == (flow["id"], "PUBLISHED")
