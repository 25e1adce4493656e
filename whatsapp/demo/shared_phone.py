"""A number of the demo that lives in the owner's phone as well: its contacts and old chats come by themselves."""

from collections.abc import Callable
from typing import Any

from tickets.models import Connection
from whatsapp.actions import phones
from whatsapp.demo.cast import Line
from whatsapp.models import PhoneSync

SHARED = "100000000000102"  # Aurora Atacado
APP = {"app_id": "990000000000001", "app_secret": "demo-signup-secret", "config_id": "770000000000001"}
BOOK = [
    ("Mercearia do Zé", "5511955510001"),
    ("Dona Lúcia Festas", "5511955510002"),
    ("Padaria Real", "5511955510003"),
]
CHATS: list[tuple[int, list[tuple[float, bool, str]]]] = [  # whose, then (days ago, from us, words)
    (0, [(41, False, "Bom dia! Vocês entregam 20 caixas em Osasco?"), (41, True, "Entregamos sim, na quinta."),
         (40.9, False, "Fechado, pode mandar"), (3.2, False, "Semana que vem quero repetir o pedido"),
         (3.1, True, "Combinado, seu Zé. Separo na segunda.")]),
    (1, [(130, False, "Oi, qual o valor das taças?"), (130, True, "R$ 3,90 acima de 50 unidades."),
         (129, False, "Vou querer 120")]),
    (2, [(0.4, True, "Seu pedido saiu para entrega."), (0.3, False, "Chegou tudo certo, obrigada!")]),
]  # fmt: skip

Tell = Callable[[str, str, Any], None]


def offer_signup(tell: Tell) -> None:
    """The platform's own app, so that Meta's window can be tried in the demo."""
    tell("PUT", "apps", APP)


def share(connection: Connection, line: Line, tell: Tell, now: float) -> None:
    """Once: the owner's phone has chats and contacts, and they are asked for."""
    if line.phone_number_id != SHARED or PhoneSync.objects.filter(connection=connection).exists():
        return
    threads = [
        {
            "persona": BOOK[who][1],
            "name": BOOK[who][0],
            "messages": [{"days_ago": days, "from_me": ours, "body": words} for days, ours, words in said],
        }
        for who, said in CHATS
    ]
    tell("PUT", "numbers", {"phone_number_id": SHARED, "on_phone": True, "onboarded_at": now})
    tell("POST", f"owner/{SHARED}/history", {"threads": threads})
    contacts = [{"name": name, "number": number} for name, number in BOOK]
    tell("POST", f"owner/{SHARED}/book", {"contacts": contacts})
    phones.arrived(connection, by=None)
