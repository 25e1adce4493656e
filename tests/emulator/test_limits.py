"""What Meta limits, on the virtual clock: people that a business writes to first, and management calls."""

from .conftest import ACCOUNT, LINE, Emulator

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
