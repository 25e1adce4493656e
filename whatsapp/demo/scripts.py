"""Reads conversations: `<` a customer, `>` an agent, `~` a private note, `+` a reaction to an answer."""

import random
import re
from dataclasses import dataclass
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"
_FILE = re.compile(r"\[(image|voice)(?::(\w+))?\]\s*")


@dataclass(frozen=True)
class Line:
    """`file` is what is sent along: "voice", or the name of a picture."""

    who: str
    text: str
    file: str = ""


@dataclass(frozen=True)
class Script:
    queue: str
    lines: tuple[Line, ...]


def scripts(key: str, language: str) -> list[Script]:
    """The conversations of one company in one language."""
    text = (TEXTS / f"{key}.{language}.txt").read_text(encoding="utf-8")
    return [_script(block) for block in text.strip().split("\n\n")]


def slots(agent: str, first: str, language: str, dice: random.Random) -> dict[str, str]:
    """What fills the braces, the same throughout one conversation."""
    days = {
        "pt": ["segunda", "terça", "quarta", "quinta", "sexta"],
        "es": ["lunes", "martes", "miércoles", "jueves", "viernes"],
        "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
    }
    products = {
        "pt": ["vestido Lis", "tênis Brisa", "bota Serra", "casaco Inverno", "bolsa Trama", "conjunto Areia"],
        "es": ["vestido Lis", "bolso Trama", "abrigo Serra", "conjunto Areia"],
        "en": ["Lis dress", "Trama bag", "Serra boots", "Areia set"],
    }
    return {
        "agent": agent.split()[0],
        "first": first,
        "day": dice.choice(days[language]),
        "product": dice.choice(products[language]),
        "size": dice.choice(["36", "38", "40", "P", "M", "G"]),
        "amount": f"{dice.randint(49, 489)},{dice.choice(['00', '50', '90'])}",
        "order": f"A{dice.randint(10_000, 99_999)}",
        "hour": f"{dice.randint(9, 19)}:{dice.choice(['00', '15', '30', '45'])}",
        "city": dice.choice(["Campinas", "Recife", "Curitiba", "Belém", "Niterói", "Londrina"]),
        "doctor": dice.choice(["Navarro", "Costa", "Herrero", "Santos", "Benítez"]),
    }


def _script(block: str) -> Script:
    head, *rows = block.splitlines()
    return Script(head.removeprefix("# ").strip(), tuple(_line(row) for row in rows if row.strip()))


def _line(row: str) -> Line:
    who, text = row[0], row[1:].strip()
    found = _FILE.match(text)
    if found is None:
        return Line(who, text)
    return Line(who, text[found.end() :], found[2] or found[1])
