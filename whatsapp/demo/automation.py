"""What the demo's companies say by themselves: hours with holidays, a menu to walk, and texts of their own."""

from collections.abc import Iterable
from typing import Any

from django.utils.timezone import now

from tenants.actions import company
from tickets.actions import connections, hours, menus, queues
from tickets.models import Hours
from whatsapp.demo.company import Stage

MORNING, AFTERNOON = ["09:00", "12:00"], ["13:00", "18:00"]
WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
EVERY_DAY = (*WORKDAYS, "sat", "sun")

BRAZIL = (
    ("01-01", "Confraternização Universal"), ("04-21", "Tiradentes"), ("05-01", "Dia do Trabalho"),
    ("09-07", "Independência do Brasil"), ("10-12", "Nossa Senhora Aparecida"), ("11-02", "Finados"),
    ("11-15", "Proclamação da República"), ("11-20", "Consciência Negra"), ("12-25", "Natal"),
)  # fmt: skip
SPAIN = (
    ("01-01", "Año Nuevo"), ("01-06", "Epifanía"), ("05-01", "Fiesta del Trabajo"), ("08-15", "Asunción"),
    ("10-12", "Fiesta Nacional"), ("11-01", "Todos los Santos"), ("12-06", "Constitución"),
    ("12-08", "Inmaculada Concepción"), ("12-25", "Navidad"),
)  # fmt: skip


def automate(stage: Stage) -> None:
    """In the company's scope."""
    {"aurora": _aurora, "sol": _sol}[stage.cast.key](stage)


def _aurora(stage: Stage) -> None:
    office = _hours("Comercial", (MORNING, AFTERNOON), BRAZIL, sat=[["09:00", "13:00"]])
    support = hours.create(
        by=None, name="Plantão do suporte", weekly={day: [["08:00", "22:00"]] for day in EVERY_DAY}
    )
    queues.update(stage.queues["suporte"], by=None, hours=support)
    _speak(
        stage, office,
        out_of_hours_text="Oi, {{firstName}}! Nossa equipe atende de segunda a sexta, das 9h às 18h, e no sábado "
        "até as 13h. Deixe sua mensagem que respondemos assim que abrirmos.",
        acceptance_text="{{ms}}, {{firstName}}! Aqui é {{userName}}, da {{name_company}}.",
        farewell_text="Obrigado por falar com a {{name_company}}! Seu protocolo é {{protocol}}.",
        vacation_text="Estamos em férias coletivas e voltamos em janeiro. Boas festas!",
        consent_link="https://aurora.example/privacidade",
    )  # fmt: skip
    options = [
        _queue(stage, "Comprar ou tirar dúvidas", "vendas"),
        {
            "title": "Meu pedido", "kind": "text", "text": "O que você precisa saber do seu pedido?",
            "options": [
                {"title": "Prazo de entrega", "kind": "text", "text": "Capitais: até 3 dias úteis. Demais cidades: "
                 "até 7. O rastreio chega por e-mail no dia do envio."},
                _queue(stage, "Não chegou", "suporte"),
                _queue(stage, "Trocar ou devolver", "trocas"),
            ],
        },
        _queue(stage, "Boletos e notas fiscais", "financeiro"),
        {"title": "Endereço da loja", "kind": "close", "text": "Rua das Acácias, 210, Pinheiros. Até breve!"},
    ]  # fmt: skip
    _menu(
        stage,
        "Atendimento",
        "Sobre o que você quer falar?",
        options,
        "{{ms}}, {{firstName}}! Bem-vindo à Aurora.",
    )


def _sol(stage: Stage) -> None:
    office = _hours("Consultas", (MORNING, ["15:00", "20:00"]), SPAIN)
    _speak(
        stage, office,
        out_of_hours_text="Hola, {{firstName}}. Atendemos de lunes a viernes, de 9 a 12 y de 15 a 20. Si es una "
        "emergencia, llame al 112.",
        farewell_text="Gracias por confiar en {{name_company}}. Número de atención: {{ticket_id}}.",
        consent_link="https://clinicasol.example/privacidad",
    )  # fmt: skip
    options = [
        _queue(stage, "Pedir o cambiar una cita", "citas"),
        _queue(stage, "Facturas y seguros", "facturacion"),
        _queue(stage, "Hablar con recepción", "recepcion"),
    ]
    _menu(
        stage, "Recepción", "¿En qué podemos ayudarle?", options, "{{ms}}. Ha llamado a la puerta correcta."
    )


def _hours(
    name: str, shifts: Iterable[list[str]], holidays: Iterable[tuple[str, str]], **others: Any
) -> Hours:
    year = now().year
    weekly = {day: [list(shift) for shift in shifts] for day in WORKDAYS}
    days = [
        {"date": f"{when}-{day}", "name": holiday, "shifts": []}
        for when in (year, year + 1)
        for day, holiday in holidays
    ]
    return hours.create(by=None, name=name, weekly={**weekly, **others}, holidays=days)


def _speak(stage: Stage, office: Hours, **texts: str) -> None:
    """Hours of the queue first, so that whoever tries the demo at night still gets the menu."""
    options = {
        "hours_of": "queue",
        "hours": office.pk,
        "acceptance": True,
        "position": True,
        "farewell": True,
    }
    stage.company = company.set_options({**options, **texts}, by=None)


def _queue(stage: Stage, title: str, key: str) -> dict[str, Any]:
    return {"title": title, "kind": "queue", "queue": stage.queues[key].pk}


def _menu(stage: Stage, name: str, text: str, options: list[dict[str, Any]], greeting: str) -> None:
    menu = menus.create(by=None, name=name, text=text, options=options)
    connections.update(stage.lines[0], by=None, menu=menu, greeting=greeting)
