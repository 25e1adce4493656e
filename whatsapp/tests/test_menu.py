"""The customer walks the menu by writing, from the webhook to what is sent back."""

import pytest
from django.utils.timezone import now

from whatsapp.tests.conftest import MARIA, messages_from

pytestmark = pytest.mark.django_db
JOAO = "5521988887777"


@pytest.fixture
def queues(acme_world, sales, support, bruno, clara):
    return {
        "sales": sales,
        "support": support,
        "billing": acme_world.queue("Billing", greeting="Oi, {{firstName}}!"),
    }


@pytest.fixture
def menu(street, queues, acme_world):
    """Sales, Support with a level below, and Billing."""
    options = [
        {"title": "Vendas", "kind": "queue", "queue": queues["sales"].pk, "text": "Vendas é com a gente."},
        {"title": "Suporte", "kind": "queue", "queue": queues["support"].pk, "text": "Sobre o quê?", "options": [
            {"title": "Entrega", "kind": "text", "text": "Qual entrega?", "options": [
                {"title": "Atrasada", "kind": "queue", "queue": queues["support"].pk, "text": "Vamos ver o atraso."},
                {"title": "Troca", "kind": "close", "text": "Troque em loja.example."},
            ]},
            {"title": "Falar com Clara", "kind": "agent", "queue": queues["support"].pk, "agent": clara_of(acme_world)},
        ]},
        {"title": "Financeiro", "kind": "queue", "queue": queues["billing"].pk},
    ]  # fmt: skip
    made = street.make("menus", name="Main", text="Como podemos ajudar?", options=options)
    street.number_has(menu=made["id"], queue=None, greeting="{{ms}}, {{firstName}}!")
    return made


def clara_of(world):
    from tenants.models import Membership

    with world.scope():
        return Membership.objects.get(user__name="Clara").user_id


FIRST = """Boa tarde, Maria!

Como podemos ajudar?

*[ 1 ]* - Vendas
*[ 2 ]* - Suporte
*[ 3 ]* - Financeiro
*[ Sair ]* - Encerrar atendimento"""


def test_a_numbered_menu_greets_and_a_number_puts_the_ticket_in_that_queue(street, menu, queues):
    assert street.says("oi") == [FIRST]
    assert (street.ticket().awaiting, street.ticket().queue) == ("menu", None)
    [text] = street.says("1")
    assert text == "Vendas é com a gente."
    assert (street.ticket().awaiting, street.ticket().queue) == ("", queues["sales"])
    assert street.ticket().status == "pending"


def test_a_walk_of_three_levels_lands_where_it_should(street, menu, queues):
    street.says("oi")
    [second] = street.says("2")
    assert second.startswith("Sobre o quê?\n\n*[ 1 ]* - Entrega")
    assert "*[ # ]* - Voltar para o menu principal" in second
    assert street.ticket().queue == queues["support"]
    assert street.says("1")[0].startswith("Qual entrega?")
    assert street.says("1") == ["Vamos ver o atraso."]
    assert (street.ticket().awaiting, street.ticket().queue) == ("", queues["support"])


def test_a_hash_leads_back_to_the_main_menu_and_out_of_the_queue(street, menu):
    street.says("oi")
    street.says("2")
    assert street.says("#") == [FIRST]
    assert street.ticket().queue is None


def test_a_hash_also_helps_who_already_waits(street, menu, queues):
    street.says("oi")
    street.says("1")
    assert street.says("#") == [FIRST]
    assert (street.ticket().awaiting, street.ticket().queue) == ("menu", None)


@pytest.mark.parametrize("word", ["sair", "SAIR", "Salir", "exit", "*sair*"])
def test_leaving_says_goodbye_and_closes(street, menu, word):
    street.options(farewell_text="Até logo, {{firstName}}.")
    street.says("oi")
    assert street.says(word) == ["Até logo, Maria."]
    assert street.ticket().status == "closed"


@pytest.mark.parametrize("said", ["3", " 3 ", "3.", "[3]", "3️⃣", "opção 3", "financeiro", "FINANCEIRO"])
def test_a_choice_may_be_written_in_many_ways(street, menu, queues, said):
    street.says("oi")
    assert street.says(said) == ["Oi, Maria!"]
    assert street.ticket().queue == queues["billing"]


def test_the_fourth_answer_that_fits_nothing_gets_no_menu(street, menu):
    street.says("oi")
    for _ in range(3):
        [text] = street.says("quero um pastel")
        assert text.startswith("Não entendi.")
    assert street.says("quero um pastel") == []
    assert street.ticket().awaiting == ""
    assert street.says("alô?") == []


def test_without_a_limit_the_menu_comes_again_and_again(street, menu):
    street.options(menu_max_tries=0)
    street.says("oi")
    assert all(len(street.says("pastel")) == 1 for _ in range(6))


def test_after_the_pause_who_found_nothing_is_asked_again(street, menu):
    street.options(menu_pause_minutes=60, menu_max_tries=1)
    street.says("oi")
    street.says("pastel")
    assert street.says("pastel") == []
    assert street.says("alô?") == []
    street.after(minutes=61)
    assert street.says("alô?") == [FIRST]


def test_a_new_conversation_within_the_pause_shows_no_menu(street, menu):
    street.options(menu_pause_minutes=60)
    street.number_has(reopen_minutes=0)
    street.says("oi")
    street.says("sair")
    assert street.says("oi de novo") == []
    street.after(minutes=61)
    assert street.ticket().awaiting == ""
    assert street.tickets() == 2


def test_an_option_that_closes_says_its_text_and_closes(street, menu):
    for said in ("oi", "2", "1"):
        street.says(said)
    assert street.says("2") == ["Troque em loja.example."]
    assert street.ticket().status == "closed"


def test_a_queue_that_closes_says_its_greeting_and_closes(street, menu, queues):
    street.change("queues", queues["billing"].pk, closes=True, greeting="Boletos em boleto.example.")
    street.says("oi")
    assert street.says("3") == ["Boletos em boleto.example."]
    assert street.ticket().status == "closed"


def test_an_option_may_lead_to_an_agent(street, menu, clara):
    street.says("oi")
    street.says("2")
    street.says("2")
    assert (street.ticket().agent, street.ticket().status) == (clara, "open")


def test_a_customer_who_writes_in_pieces_gets_one_menu(street, menu):
    street.write("oi")
    street.write("tudo bem?")
    street.write("preciso de ajuda")
    assert street.after(seconds=2) == [FIRST]


def test_an_answer_among_other_words_counts(street, menu, queues):
    street.says("oi")
    street.write("deixa eu ver")
    street.write("1")
    assert street.after(seconds=2) == ["Vendas é com a gente."]
    assert street.ticket().queue == queues["sales"]


def test_a_run_that_is_repeated_answers_nothing_twice(street, menu):
    from django.test import TestCase

    from tickets.actions import answering

    street.says("oi")
    ticket = street.ticket()
    with street.world.scope(), TestCase.captureOnCommitCallbacks(execute=True):
        answering.answer(ticket.pk)
        answering.answer(ticket.pk)
    assert street.new() == []


def test_an_agent_who_accepts_ends_the_menu(street, menu, sofia):
    street.says("oi")
    assert street.client(sofia).post(f"/api/tickets/{street.ticket().pk}/accept/").status_code == 200
    assert street.ticket().awaiting == ""
    assert street.says("1") == []


def test_a_contact_without_bots_hears_nothing(street, menu):
    street.says("oi")
    street.change("contacts", street.ticket().contact_id, bot_off=True)
    assert street.says("1") == []
    street.number_has(reopen_minutes=0)
    street.client().post(f"/api/tickets/{street.ticket().pk}/close/")
    assert street.says("oi de novo") == []


def test_two_bots_that_answer_each_other_stop(street, menu):
    street.options(menu_max_tries=0)
    heard = []
    for _ in range(60):
        heard += street.says("Olá! Sou o robô da Loja.")
    assert len(heard) == 30


def test_one_queue_is_taken_without_asking(street, queues):
    only = [{"title": "Financeiro", "kind": "queue", "queue": queues["billing"].pk}]
    street.number_has(menu=street.make("menus", name="Only", options=only)["id"], queue=None)
    assert street.says("oi") == ["Oi, Maria!"]
    assert street.ticket().queue == queues["billing"]
    assert street.says("alguém aí?") == []


def test_one_queue_greets_only_where_the_company_wants_it(street, queues):
    street.options(greet_single=False)
    street.number_has(queue=queues["billing"].pk)
    assert street.says("oi") == []


def test_a_number_without_a_menu_greets_once(street, queues):
    street.number_has(queue=queues["billing"].pk, greeting="Olá!")
    assert street.says("oi") == ["Olá!", "Oi, Maria!"]
    assert street.says("oi") == []


def test_the_position_in_the_queue_is_right(street, menu, queues):
    street.options(position=True)
    for other in (JOAO, "5521988886666"):
        street.says("oi", other)
        street.says("1", other)
    street.says("oi")
    assert street.says("1") == ["Vendas é com a gente.", "Sua posição na fila de atendimento é: *3*"]


def test_the_position_stands_where_the_text_wants_it(street, menu):
    street.options(position=True, position_text="Você é o nº {{position}} em {{queue}}.")
    street.says("oi")
    assert street.says("1")[-1] == "Você é o nº 1 em Sales."


def test_a_changed_menu_begins_again_for_who_was_in_it(street, menu, queues):
    street.says("oi")
    street.says("2")
    street.change("menus", menu["id"], options=menu["options"][:1])
    assert street.says("1") == ["Boa tarde, Maria!\n\nComo podemos ajudar?", "Vendas é com a gente."]


def test_an_option_whose_queue_was_deleted_is_not_offered(street, menu, queues):
    street.client().delete(f"/api/queues/{queues['support'].pk}/")
    [text] = street.says("oi")
    assert "Suporte" not in text
    assert "*[ 2 ]* - Financeiro" in text


def test_files_of_an_option_and_of_its_queue_arrive_in_order(street, queues):
    from django.core.files.uploadedfile import SimpleUploadedFile

    def upload(name):
        file = SimpleUploadedFile(name, b"%PDF-1.4 " + name.encode(), "application/pdf")
        answer = street.client().post("/api/uploads/", {"file": file}, format="multipart")
        assert answer.status_code == 201, answer.content
        return answer.json()["id"]

    names = [f"{number}.pdf" for number in range(1, 4)]
    first, second, third = [upload(name) for name in names]
    street.change("queues", queues["sales"].pk, files=[first])
    options = [
        {"title": "Preços", "kind": "queue", "queue": queues["sales"].pk, "text": "Preços:", "files": [second, third]},
        {"title": "Outro", "kind": "text", "text": "…"},
    ]  # fmt: skip
    street.number_has(menu=street.make("menus", name="Files", options=options)["id"], queue=None)
    street.says("oi")
    for who in (MARIA, JOAO):  # the same files serve everyone
        street.says("oi", who)
        street.says("1", who)
    from tickets.models import Attachment

    with street.world.scope():
        sent = Attachment.objects.filter(message__ticket=street.ticket()).order_by(
            "message__at", "message_id"
        )
        assert [file.name for file in sent] == names
        assert Attachment.objects.filter(message__ticket=street.ticket(JOAO)).count() == 3


def taps(messages):
    """What the newest message that went out offers to tap."""
    said = [one for one in messages() if one.direction == "out"][-1]
    return [(one["id"], one["title"]) for one in (said.content.get("choices") or {}).get("options", [])]


def tap(street, key, title):
    street.count += 1
    answer = {"type": "list_reply", "list_reply": {"id": key, "title": title}}
    message = {"from": MARIA, "id": f"wamid.tap{street.count}", "timestamp": str(int(now().timestamp())),
               "type": "interactive", "interactive": answer}  # fmt: skip
    street.post(messages_from(MARIA, message))
    return street.after(seconds=2)


def test_the_menu_can_be_walked_by_tapping(street, menu, queues, messages):
    street.says("oi")
    offered = taps(messages)
    assert [title for _, title in offered] == ["Vendas", "Suporte", "Financeiro", "Encerrar atendimento"]
    tap(street, *offered[1])
    below = taps(messages)
    assert [title for _, title in below][:2] == ["Entrega", "Falar com Clara"]
    [first] = tap(street, *below[2])  # back to the beginning
    assert first.startswith("Como podemos ajudar?") or first == FIRST
    assert tap(street, *offered[0]) == ["Vendas é com a gente."]
    assert street.ticket().queue == queues["sales"]


def test_leaving_can_be_tapped(street, menu, messages):
    street.says("oi")
    tap(street, *taps(messages)[-1])
    assert street.ticket().status == "closed"


def test_a_company_may_want_numbers_only(street, menu, messages):
    street.options(choices_as_buttons=False)
    assert street.says("oi") == [FIRST]
    assert taps(messages) == []
