"""A small Typebot, as a shop might draw one: greets, offers choices, asks for a number and an address."""

from .typebot import Flow, ask, choice, media, rich, text, wait


def _p(*children: dict[str, object]) -> dict[str, object]:
    return {"type": "p", "children": list(children)}


DEMO: Flow = {
    "start": [
        rich(_p({"text": "Olá, "}, {"text": "{name}", "bold": True}, {"text": "! 👋"})),
        wait(2),
        text("Como posso ajudar?"),
        choice(("Preços", "prices"), ("Horários", "hours"), ("Falar com alguém", "person")),
    ],
    "prices": [
        text("Cada unidade custa R$ 10,00."),
        text("Quantas você quer?"),
        ask("number input", save="amount", then="email"),
    ],
    "email": [
        text("{amount} unidades, anotado. Qual é o seu e-mail?"),
        ask("email input", save="email", then="thanks"),
    ],
    "thanks": [text("Obrigado! A proposta vai para {email}.")],
    "hours": [
        rich(
            _p({"text": "Atendemos assim:"}),
            {
                "type": "ul",
                "children": [
                    {
                        "type": "li",
                        "children": [{"type": "lic", "children": [{"text": "segunda a sexta, 9h às 18h"}]}],
                    },
                    {
                        "type": "li",
                        "children": [{"type": "lic", "children": [{"text": "sábado, 9h às 12h"}]}],
                    },
                ],
            },
        ),
        media("embed", "https://example.com/mapa", height=300),
    ],
    "person": [text("Um momento, vou chamar alguém."), text('#{"stopBot": true}')],
}
