"""Templates of the demo: written here, submitted to the emulator and reviewed by it, one of every fate."""

import random
from collections.abc import Callable
from typing import Any

from tenants.models import Membership
from tenants.roles import Role
from tickets.actions import media, template_sync, templates
from tickets.models import Connection, Template
from tickets.template_book import account_of
from whatsapp.demo import files

Tell = Callable[[str, dict[str, Any]], None]
Json = dict[str, Any]


def submit(connection: Connection, language: str, tell: Tell) -> None:
    """Once per account; later starts only read what the emulator has. `tell` speaks to Meta's reviewer."""
    account = account_of(connection)
    known = Template.objects.filter(account=account).exclude(provider_id="")
    if not known.exists():
        for words in WORDS[language]:
            _submit(connection, account, words, tell)
    template_sync.synchronise(connection)


def _submit(connection: Connection, account: str, words: Json, tell: Tell) -> None:
    """`fate`: what the reviewer decides; a draft has none."""
    given = {name: words[name] for name in ("name", "language", "category", "components")}
    boss = Membership.objects.filter(role=Role.ADMIN).select_related("user").order_by("pk").first()
    by = boss.user if boss else None
    pictures = []
    if words.get("picture"):
        picture = files.picture(words["picture"], random.Random(words["name"]))  # noqa: S311
        pictures = [media.store_upload(picture, by=by).pk]
    template = templates.create(
        connection, by=by, uploader=by, files=pictures, defaults=words.get("defaults", {}), **given
    )
    fate = words.get("fate")
    if fate is None:
        return
    templates.submit(template, by=by)
    which = {"waba_id": account, "name": template.name, "language": template.language}
    for decision in fate:
        tell("templates", {**which, **decision})


def _body(text: str, *examples: str) -> Json:
    return {"type": "BODY", "text": text} | ({"example": {"body_text": [list(examples)]}} if examples else {})


def _buttons(*buttons: Json) -> Json:
    return {"type": "BUTTONS", "buttons": list(buttons)}


def _reply(text: str) -> Json:
    return {"type": "QUICK_REPLY", "text": text}


def _footer(text: str) -> Json:
    return {"type": "FOOTER", "text": text}


APPROVED = {"event": "APPROVED"}
WELL, SO_SO = {"quality": "GREEN"}, {"quality": "YELLOW"}
FIRST = {"1": "{{firstName}}"}
WORDS: dict[str, list[Json]] = {
    "pt-BR": [
        {
            "name": "pedido_enviado", "language": "pt_BR", "category": "utility", "fate": [APPROVED, WELL],
            "defaults": FIRST,
            "components": [
                {"type": "HEADER", "format": "TEXT", "text": "Pedido {{1}}", "example": {"header_text": ["1042"]}},
                _body("Olá {{1}}, seu pedido saiu para entrega e chega até {{2}}. 🚚", "Marina", "sexta-feira"),
                _footer("Loja Aurora"),
                _buttons(
                    {"type": "URL", "text": "Acompanhar", "url": "https://aurora.example/p/{{1}}", "example": ["1042"]},
                    {"type": "PHONE_NUMBER", "text": "Falar com a loja", "phone_number": "+551140001000"},
                ),
            ],
        },
        {
            "name": "retomar_conversa", "language": "pt_BR", "category": "utility", "fate": [APPROVED, WELL],
            "defaults": {"1": "{{firstName}}", "2": "{{userName}}"},
            "components": [
                _body("Olá {{1}}, aqui é {{2}} da Loja Aurora. Tenho uma resposta para você: posso mandar agora?",
                      "Marina", "Bruno"),
                _buttons(_reply("Pode mandar"), _reply("Depois")),
            ],
        },
        {
            "name": "colecao_de_verao", "language": "pt_BR", "category": "marketing", "fate": [APPROVED, SO_SO],
            "picture": "dress", "defaults": FIRST,
            "components": [
                {"type": "HEADER", "format": "IMAGE"},
                _body("Oi {{1}}, a coleção de verão chegou. Use o código e ganhe frete grátis até domingo.", "Marina"),
                _footer("Para não receber ofertas, responda SAIR"),
                _buttons({"type": "COPY_CODE", "example": "VERAO26"},
                         {"type": "URL", "text": "Ver a coleção", "url": "https://aurora.example/verao"}),
            ],
        },
        {
            "name": "pagamento_pendente", "language": "pt_BR", "category": "utility",
            "fate": [{"event": "REJECTED", "reason": "TAG_CONTENT_MISMATCH",
                      "rejection_info": {"reason": "The words urge to buy although the category is utility.",
                                         "recommendation": "Say only what became of the order."}}],
            "components": [_body("Olá {{1}}, aproveite: o pagamento do pedido {{2}} ainda está em aberto hoje.",
                                 "Marina", "1042")],
        },
        {
            "name": "ultimas_pecas", "language": "pt_BR", "category": "marketing",
            "fate": [APPROVED, {"quality": "RED"}],
            "components": [_body("São as últimas peças da estação, e elas não voltam. Venha escolher a sua na loja.")],
        },
        {
            "name": "pesquisa_de_entrega", "language": "pt_BR", "category": "utility",
            "components": [_body("Olá {{1}}, como foi a entrega do seu pedido? Conte para nós.", "Marina"),
                           _buttons(_reply("Tudo certo"), _reply("Tive um problema"))],
        },
    ],
    "es": [
        {
            "name": "recordatorio_de_turno", "language": "es", "category": "utility", "fate": [APPROVED, WELL],
            "defaults": FIRST,
            "components": [
                _body("Hola {{1}}, te esperamos {{2}} en la Clínica Sol. ¿Confirmas tu turno?", "Lucía", "el martes"),
                _buttons(_reply("Confirmo"), _reply("Quiero cambiarlo")),
            ],
        },
        {
            "name": "resultados_listos", "language": "es", "category": "utility", "fate": [APPROVED, SO_SO],
            "defaults": FIRST,
            "components": [_body("Hola {{1}}, tus resultados están listos. Responde y te los enviamos por aquí.",
                                 "Lucía")],
        },
    ],
}  # fmt: skip
