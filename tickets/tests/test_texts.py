"""The variables of texts, as they stand in a message to a customer."""

from datetime import UTC, datetime

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from tenants.models import Company
from tickets import texts

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 17, 5, 9, tzinfo=UTC)  # 14:05:09 in São Paulo


@pytest.fixture
def preview(as_, bruno):
    def _preview(text, **more):
        answer = as_(bruno).post("/api/variables/preview/", {"text": text, **more})
        assert answer.status_code == 200, answer.content
        return answer.json()

    return _preview


@pytest.fixture
def talk(acme_world, line, sales, bruno):
    with time_machine.travel(datetime(2026, 11, 23, 16, 59, 58, 123000, tzinfo=UTC), tick=False):
        contact = acme_world.contact("Maria Clara <3 & filhos")
        return acme_world.ticket(line, contact, queue=sales, agent=bruno, status="open")


EXPECTED = {
    "firstName": "Maria",
    "name": "Maria Clara <3 & filhos",
    "userName": "Bruno",
    "ms": "Boa tarde",
    "hour": "14:05:09",
    "date": "23-11-2026",
    "data_hora": "23-11-2026 às 14:05:09",
    "queue": "Sales",
    "connection": "Main number",
    "name_company": "Acme",
}


@pytest.mark.parametrize("name", [*EXPECTED, "protocol", "ticket_id"])
def test_each_variable_is_filled_in(preview, talk, name):
    expected = EXPECTED | {"ticket_id": str(talk.number), "protocol": f"202611235958123{talk.number}"}
    with time_machine.travel(AT, tick=False):
        assert preview(f"<{{{{{name}}}}}>", ticket=talk.pk)["text"] == f"<{expected[name]}>"


@pytest.mark.parametrize(
    ("hour", "words"),
    [(0, "Boa madrugada"), (5, "Boa madrugada"), (6, "Bom dia"), (11, "Bom dia"), (12, "Boa tarde"),
     (17, "Boa tarde"), (18, "Boa noite"), (23, "Boa noite")],
)  # fmt: skip
def test_the_greeting_follows_the_companys_clock(preview, hour, words):
    with time_machine.travel(datetime(2026, 11, 23, hour, 30, tzinfo=UTC).timestamp() + 3 * 3600, tick=False):
        assert preview("{{ms}}!")["text"] == f"{words}!"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Good afternoon"), ("es", "Buenas tardes"), ("pt-BR", "Boa tarde")]
)
def test_the_greeting_speaks_the_companys_language(acme, preview, language, words):
    Company.objects.filter(pk=acme.pk).update(language=language)
    with time_machine.travel(AT, tick=False):
        assert preview("{{ms}}")["text"] == words


@pytest.mark.parametrize("text", ["Olá {{name", "{{", "{{{name}}", "}} {{#queue}} {{", "{{/x}}", "${name"])
def test_an_unclosed_tag_does_no_harm(preview, talk, text):
    assert isinstance(preview(text, ticket=talk.pk)["text"], str)


def test_nothing_is_escaped_and_three_braces_are_as_good_as_two(preview, talk):
    assert preview("{{{name}}} {{&name}}", ticket=talk.pk)["text"] == " ".join([EXPECTED["name"]] * 2)


def test_a_customers_name_is_never_a_template(preview, acme_world, line):
    ticket = acme_world.ticket(line, acme_world.contact("{{protocol}}"), agent=None)
    assert preview("{{name}}", ticket=ticket.pk)["text"] == "{{protocol}}"


def test_parts_may_depend_on_a_variable(preview, talk):
    text = "{{#queue}}Fila {{queue}}{{/queue}}{{^queue}}Sem fila{{/queue}}"
    assert preview(text, ticket=talk.pk)["text"] == "Fila Sales"


def test_what_is_no_variable_is_named_and_disappears(preview):
    found = preview("Olá {{nome}}, R$ ${10} {{ms}}")
    assert found["unknown"] == ["nome"]
    assert found["text"].startswith("Olá , R$ ${10} ")


def test_the_old_spelling_of_the_queue_works(preview, talk):
    assert preview("para ${queue.name}", ticket=talk.pk)["text"] == "para Sales"


def test_a_conversation_that_i_may_not_see_fills_nothing(as_, clara, talk):
    answer = as_(clara).post("/api/variables/preview/", {"text": "{{name}}", "ticket": talk.pk})
    assert answer.status_code == 404


@given(st.text(alphabet="{}#^/&!$ abcnamequeue", max_size=60))
def test_no_text_raises(text):
    facts = texts.example(Company(name="Acme"))
    assert isinstance(texts.fill(text, facts), str)
