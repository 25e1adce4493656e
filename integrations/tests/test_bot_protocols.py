"""Bots of others, asked over real HTTP: only the address differs from production."""

import hashlib
import hmac
import json
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from integrations.bots import google, richtext, shapes, webhook
from integrations.bots.clients import ask
from integrations.bots.port import Act, BotError, Choice, File, Place, Question
from integrations.bots.testing import typebot as flows

ABOUT = {
    "company": {"id": 1, "name": "Acme"},
    "contact": {"id": 7, "name": "Rui", "number": "5511987654321"},
    "ticket": {"id": 3, "number": 12},
    "connection": {"id": 2, "name": "Vendas"},
}


def says(text="", *, session="", state=None, reply_id="", files=(), id="q1"):
    return Question(
        id,
        text,
        talk="talk-1",
        session=session,
        state=state or {},
        reply_id=reply_id,
        files=files,
        about=ABOUT,
    )


def texts(answer):
    return [bubble.text for bubble in answer.bubbles]


# --- Webhook ---


@pytest.fixture
def n8n(bot_world):
    """`n8n(answer)`: where a workflow lives that answers this."""

    def made(answer, **secrets):
        bot_world.answers["flow"] = answer
        return Place(f"{bot_world.url}/webhook/flow", {}, secrets)

    return made


def test_a_webhook_is_sent_the_documented_payload_and_its_signature(bot_world, n8n):
    ask("webhook", n8n({"reply": "Oi"}, secret="s3cret", token="abc"), says("Olá"))
    call = bot_world.calls[0]
    assert call["body"]["event"] == "message.received" and call["body"]["id"] == "q1"
    assert call["body"]["contact"] == ABOUT["contact"] and call["body"]["ticket"] == ABOUT["ticket"]
    assert (call["body"]["chatInput"], call["body"]["sessionId"]) == ("Olá", "talk-1")
    wanted = hmac.new(b"s3cret", call["raw"].encode(), hashlib.sha256).hexdigest()
    assert call["headers"]["x-helpdesk-signature"] == f"sha256={wanted}"
    assert call["headers"]["idempotency-key"] == "q1" and call["headers"]["authorization"] == "Bearer abc"


def test_a_webhooks_whole_vocabulary_is_understood(n8n):
    said = {
        "reply": "Oi!",
        "replies": [
            "Tudo bem?",
            {"text": "A tabela", "media": "https://example.com/t.pdf", "delay": 2},
            {"text": "Escolha", "buttons": ["Sim", {"id": "n", "title": "Não"}]},
        ],
        "setTags": ["vip", "novo"],
        "transferQueue": 5,
    }
    answer = ask("webhook", n8n(said), says("Oi"))
    assert texts(answer) == ["Oi!", "Tudo bem?", "A tabela", "Escolha"]
    assert (answer.bubbles[2].media, answer.bubbles[2].wait) == ("document", 2.0)
    assert answer.bubbles[3].choices == (Choice("Sim", "Sim"), Choice("n", "Não"))
    assert answer.acts == (Act("tag", "vip"), Act("tag", "novo"), Act("queue", "5"))
    assert answer.is_over


@pytest.mark.parametrize(
    ("said", "pending"),
    [((202, {}), True), ({"async": True}, True), ((204, {}), False), ({"reply": ""}, False)],
)
def test_a_webhook_may_answer_later_or_nothing(n8n, said, pending):
    answer = ask("webhook", n8n(said), says("Oi"))
    assert (answer.bubbles, answer.is_pending) == ((), pending)


@pytest.mark.parametrize(
    "said",
    [
        {"output": "Olá"},
        {"message": "Olá"},
        {"text": "Olá"},
        {"response": "Olá"},
        {"result": "Olá"},
        {"answer": "Olá"},
        {"content": "Olá"},
        [{"output": "Olá"}, {"output": "não"}],
        ["Olá"],
        "Olá",
        {"data": {"json": {"output": " Olá "}}},
        {"choices": [{"message": {"role": "assistant", "content": "Olá"}}]},
    ],
)
def test_every_shape_of_an_answer_gives_one_string(n8n, said):
    assert shapes.text_of(said) == "Olá"
    assert webhook.one_string(n8n(said), says("Oi"), seconds=5) == "Olá"
    assert texts(ask("webhook", n8n(said), says("Oi"))) == ["Olá"]


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"status": 500}, "failed"),
        ({"status": 401}, "not_authenticated"),
        ({"status": 404}, "not_found"),
        ({"status": 429}, "rate_limited"),
        ({"broken": True}, "bad_answer"),
        ({"delay": 3}, "timeout"),
    ],
)
def test_whatever_goes_wrong_has_one_of_our_words(bot_world, n8n, settings, fault, code):
    settings.BOT_SECONDS = 1
    place = n8n({"reply": "Oi"})
    bot_world.record.faults.append(fault)
    with pytest.raises(BotError) as refused:
        ask("webhook", place, says("Oi"))
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://169.254.169.254/latest/meta-data", "address_refused"),
        ("http://10.0.0.5/webhook", "address_refused"),
        ("file:///etc/passwd", "address_refused"),
        ("http://[::1]:5432/", "address_refused"),
        ("", "misconfigured"),
    ],
)
def test_no_bot_leads_into_a_private_network(settings, url, code):
    settings.PRIVATE_HOSTS_ALLOWED = set()
    with pytest.raises(BotError) as refused:
        ask("webhook", Place(url, {}, {}), says("Oi"))
    assert refused.value.code == code


# --- Typebot ---


@pytest.fixture
def flow(bot_world):
    """`flow(*steps, **others)`: a Typebot that begins with these steps."""

    def made(*steps, **others):
        bot_world.typebot.flows["shop"] = {"start": list(steps), **others}
        return Place(bot_world.url, {"slug": "shop"}, {})

    return made


def test_a_typebot_walks_from_greeting_to_end(bot_world):
    place = Place(bot_world.url, {"slug": "demo"}, {})
    first = ask("typebot", place, says("Oi"))
    assert texts(first) == ["Olá, *Rui*! 👋", "Como posso ajudar?"]
    assert [choice.title for choice in first.bubbles[-1].choices] == [
        "Preços",
        "Horários",
        "Falar com alguém",
    ]
    assert [bubble.wait for bubble in first.bubbles] == [0, 2]
    second = ask("typebot", place, says("1", session=first.session, state=first.state))
    assert texts(second) == ["Cada unidade custa R$ 10,00.", "Quantas você quer?"]
    wrong = ask("typebot", place, says("muitas", session=first.session, state=second.state))
    assert texts(wrong) == ["Invalid message. Please, try again."] and not wrong.is_over
    third = ask("typebot", place, says("30", session=first.session, state=wrong.state))
    assert texts(third) == ["30 unidades, anotado. Qual é o seu e-mail?"]
    last = ask("typebot", place, says("rui@example.com", session=first.session, state=third.state))
    assert texts(last) == ["Obrigado! A proposta vai para rui@example.com."] and last.is_over
    started = bot_world.calls[0]["body"]["prefilledVariables"]
    assert (started["number"], started["pushName"]) == ("5511987654321", "Rui")
    assert started["remoteJid"] == "5511987654321@s.whatsapp.net"


@pytest.mark.parametrize(
    ("text", "reply_id"), [("2", ""), ("Horários", "item2"), ("horários", ""), ("[ 2 ]", "")]
)
def test_a_choice_is_tapped_typed_or_numbered(bot_world, text, reply_id):
    place = Place(bot_world.url, {"slug": "demo"}, {})
    first = ask("typebot", place, says("Oi"))
    answer = ask("typebot", place, says(text, session=first.session, state=first.state, reply_id=reply_id))
    assert answer.bubbles[0].text.startswith("Atendemos assim:\n- segunda a sexta")
    assert answer.bubbles[1].text == "https://example.com/mapa"


def test_several_choices_are_answered_by_their_numbers(flow):
    place = flow(
        flows.choice(("Azul", ""), ("Verde", ""), several=True, then="end"), end=[flows.text("{answer}")]
    )
    first = ask("typebot", place, says("Oi"))
    answer = ask("typebot", place, says("1, 2", session=first.session, state=first.state))
    assert texts(answer) == ["Azul, Verde"]


@pytest.mark.parametrize(
    ("kind", "wrong", "right"),
    [
        ("text input", None, "qualquer coisa"),
        ("number input", "dez", "10"),
        ("email input", "rui", "rui@example.com"),
        ("url input", "nada", "https://example.com"),
        ("date input", "amanhã", "24/12/2026"),
        ("time input", "cedo", "09:30"),
        ("phone number input", "não", "+55 11 98765-4321"),
        ("rating input", "ótimo", "5"),
    ],
)
def test_each_kind_of_input_is_asked_until_it_fits(flow, kind, wrong, right):
    place = flow(flows.text("E agora?"), flows.ask(kind, then="end"), end=[flows.text("= {answer}")])
    answer = ask("typebot", place, says("Oi"))
    session = answer.session
    if wrong:
        answer = ask("typebot", place, says(wrong, session=session, state=answer.state))
        assert not answer.is_over
    assert texts(ask("typebot", place, says(right, session=session, state=answer.state))) == [f"= {right}"]


def test_a_file_is_sent_as_its_address(flow):
    place = flow(
        flows.text("O comprovante?"), flows.ask("file input", then="end"), end=[flows.text("{answer}")]
    )
    first = ask("typebot", place, says("Oi"))
    file = File("a.pdf", "application/pdf", "https://helpdesk.example.com/f/1")
    answer = ask("typebot", place, says("", session=first.session, state=first.state, files=(file,)))
    assert texts(answer) == ["https://helpdesk.example.com/f/1"]


def test_media_links_pauses_and_ratings_become_messages(flow):
    place = flow(
        flows.media("image", "https://example.com/a.png"),
        flows.wait(3),
        flows.media("audio", "https://example.com/a.mp3"),
        flows.media(
            "video",
            "",
            type="youtube",
            id="b",
        ),
        flows.wait(1, pause=True),
        flows.redirect("https://example.com/pay"),
        flows.text("Nota?"),
        flows.ask("rating input", options={"length": 5, "labels": {"left": "ruim", "right": "ótimo"}}),
    )
    answer = ask("typebot", place, says("Oi"))
    shown = [(bubble.media, bubble.url or bubble.text, bubble.wait) for bubble in answer.bubbles]
    assert shown == [
        ("image", "https://example.com/a.png", 0),
        ("audio", "https://example.com/a.mp3", 3),
        ("", "https://example.com/pay", 0),
        ("", "Nota?", 0),
        ("", "1 = ruim, 5 = ótimo", 0),
    ]
    assert not answer.is_over


@pytest.mark.parametrize(
    ("command", "acts", "over"),
    [
        ('#{"stopBot": true}', (Act("leave"),), True),
        ('#{"queueId": 3, "userId": 7}', (Act("agent", "7"), Act("queue", "3")), True),
        ('#{"closeTicket": true}', (Act("close"),), True),
        ('#{"tag": "vip"}', (Act("tag", "vip"),), False),
        ("#{broken", (), False),
    ],
)
def test_commands_are_obeyed_and_never_shown(flow, command, acts, over):
    place = flow(flows.text("Certo."), flows.text(command), flows.ask("text input"))
    answer = ask("typebot", place, says("Oi"))
    assert (texts(answer), answer.acts, answer.is_over) == (["Certo."], acts, over)


def test_a_session_that_typebot_has_forgotten_begins_again(bot_world):
    place = Place(bot_world.url, {"slug": "demo"}, {})
    answer = ask("typebot", place, says("1", session="gone"))
    assert answer.bubbles[-1].text == "Como posso ajudar?" and answer.session != "gone"


def test_a_typebot_that_wants_a_token_gets_it(bot_world):
    bot_world.typebot.token = "tok"
    assert ask("typebot", Place(bot_world.url, {"slug": "demo"}, {"token": "tok"}), says("Oi")).bubbles
    with pytest.raises(BotError) as refused:
        ask("typebot", Place(bot_world.url, {"slug": "demo"}, {"token": "no"}), says("Oi"))
    assert refused.value.code == "not_authenticated"


def test_rich_text_keeps_its_marks_where_whatsapp_shows_them():
    leaf = [{"text": "a "}, {"text": "bold ", "bold": True, "italic": True}, {"text": "b"}]
    link = {"type": "a", "url": "https://x.example", "children": [{"text": "aqui"}]}
    items = [
        {"type": "li", "children": [{"type": "lic", "children": [{"text": f"item {n}"}]}]} for n in (1, 2)
    ]
    rich = [
        {"type": "p", "children": leaf},
        {"type": "p", "children": [{"text": ""}]},
        {"type": "p", "children": [link]},
        {"type": "ol", "children": items},
    ]
    assert richtext.marked(rich) == "a *_bold_* b\n\naqui (https://x.example)\n1. item 1\n2. item 2"
    assert (
        richtext.from_markdown("**oi** *you* [x](https://x.example)\n* a")
        == "*oi* _you_ x (https://x.example)\n- a"
    )


def test_where_a_flow_wants_to_be_paid_people_go_on(flow):
    place = flow(
        flows.text("São 50 reais."), flows.ask("payment input", then="paid"), paid=[flows.text("Pago!")]
    )
    answer = ask("typebot", place, says("Oi"))
    assert (texts(answer), answer.acts, answer.is_over) == (["São 50 reais."], (Act("leave"),), True)


# --- Dialogflow ---


@pytest.fixture
def agent(bot_world):
    account = json.dumps(bot_world.google.service_account())
    return Place(bot_world.url, {"language": "pt-BR"}, {"service_account": account})


def test_dialogflow_answers_with_each_of_its_messages(bot_world, agent):
    bot_world.google.intents = [
        (
            "oi",
            {
                "fulfillmentMessages": [
                    {"text": {"text": ["Olá!", "Sou o robô."]}},
                    {"quickReplies": {"title": "O que deseja?", "quickReplies": ["Preços", "Sair"]}},
                    {"image": {"imageUri": "https://example.com/a.png"}},
                    {"payload": {"reply": "Do payload", "setTag": "robo"}},
                    {"text": {"text": ["só no Telegram"]}, "platform": "TELEGRAM"},
                ]
            },
        )
    ]
    answer = ask("dialogflow", agent, says("oi"))
    assert texts(answer) == ["Olá!", "Sou o robô.", "O que deseja?", "", "Do payload"]
    assert [choice.title for choice in answer.bubbles[2].choices] == ["Preços", "Sair"]
    assert answer.bubbles[3].media == "image" and answer.acts == (Act("tag", "robo"),)
    detected = bot_world.calls[-1]
    assert detected["path"] == "/v2/projects/acme-agent/agent/sessions/talk-1:detectIntent"
    assert detected["body"]["queryInput"] == {"text": {"text": "oi", "languageCode": "pt-BR"}}


def test_a_token_is_signed_once_and_kept(bot_world, agent):
    for _ in range(3):
        ask("dialogflow", agent, says("oi"))
    assert [call["path"] for call in bot_world.calls].count("/token") <= 1
    bot_world.google.tokens.clear()  # Google took it back
    assert texts(ask("dialogflow", agent, says("oi"))) == ["Desculpe, não entendi."]


def test_a_token_is_for_who_has_the_private_key(bot_world, agent):
    """An e-mail address and a key's id are no secrets: another company may write them down."""
    ask("dialogflow", agent, says("oi"))
    account = json.loads(agent.secrets["service_account"])
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    thief = Place(bot_world.url, {}, {"service_account": {**account, "private_key": pem}})
    with pytest.raises(BotError) as refused:
        ask("dialogflow", thief, says("oi"))
    assert refused.value.code == "not_authenticated"


@pytest.mark.parametrize("options", [{}, {"edition": "cx", "agent": "ag-1"}])
def test_a_voice_message_is_heard_by_dialogflow(bot_world, agent, options):
    place = Place(agent.url, options, agent.secrets)
    bot_world.google.intents = [("9 bytes of sound", {"fulfillmentText": "Ouvi."})]
    question = replace(says(""), sound=b"OggS sound"[:9])
    assert texts(ask("dialogflow", place, question)) == ["Ouvi."]


def test_what_has_no_words_is_called_by_its_kind(bot_world, agent):
    bot_world.google.intents = [("image", {"fulfillmentText": "Uma foto!"})]
    question = replace(says(""), about={**ABOUT, "message": {"kind": "image"}})
    assert texts(ask("dialogflow", agent, question)) == ["Uma foto!"]


def test_a_key_of_another_account_opens_nothing(bot_world, agent):
    account = json.loads(agent.secrets["service_account"])
    google.forget(agent)
    bot_world.google.key_id = "another"
    try:
        with pytest.raises(BotError) as refused:
            ask("dialogflow", agent, says("oi"))
    finally:
        bot_world.google.key_id = account["private_key_id"]
    assert refused.value.code == "not_authenticated" and account["private_key"] not in refused.value.detail


@pytest.mark.parametrize(
    "result",
    [
        {"diagnosticInfo": {"end_conversation": True}},
        {"parameters": {"end_conversation": "true"}},
        {"intent": {"displayName": "tchau", "endInteraction": True}},
        {"responseMessages": [{"text": {"text": ["Tchau"]}}, {"endInteraction": {}}]},
        {"responseMessages": [{"text": {"text": ["Tchau"]}}, {"liveAgentHandoff": {}}]},
    ],
)
def test_the_end_of_a_conversation_leaves_the_bot(bot_world, agent, result):
    bot_world.google.intents = [("tchau", {"fulfillmentText": "Tchau", **result})]
    answer = ask("dialogflow", agent, says("tchau"))
    assert (texts(answer), answer.acts, answer.is_over) == (["Tchau"], (Act("leave"),), True)


def test_a_cx_agent_and_an_environment_have_addresses_of_their_own(bot_world, agent):
    options = {"edition": "cx", "agent": "ag-1", "location": "us-central1", "environment": "prod"}
    ask("dialogflow", Place(agent.url, options, agent.secrets), says("oi"))
    place = "projects/acme-agent/locations/us-central1/agents/ag-1/environments/prod"
    assert bot_world.calls[-1]["path"] == f"/v3/{place}/sessions/talk-1:detectIntent"
    ask("dialogflow", Place(agent.url, {"environment": "prod"}, agent.secrets), says("oi"))
    place = "projects/acme-agent/agent/environments/prod/users/-"
    assert bot_world.calls[-1]["path"] == f"/v2/{place}/sessions/talk-1:detectIntent"


@pytest.mark.parametrize(
    "account", ["", "{", '{"client_email": "a@b"}', '{"client_email": "a", "private_key": "x"}']
)
def test_a_service_account_that_cannot_be_used_says_so(bot_world, account):
    with pytest.raises(BotError) as refused:
        ask("dialogflow", Place(bot_world.url, {"project": "p"}, {"service_account": account}), says("oi"))
    assert refused.value.code == "misconfigured"
