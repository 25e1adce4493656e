"""The customers of the demo: names and numbers as they come, the short, the long and the strange."""

import random
from dataclasses import dataclass

FIRST = {
    "pt": "Maria João Ana Pedro Beatriz Lucas Juliana Rafael Larissa Thiago Fernanda Gustavo Letícia "
    "Matheus Patrícia Rodrigo Sônia Vinícius Aline Caio Renata Otávio Débora Márcio Tatiane "
    "Wesley Íris Antônio",
    "es": "Carmen Alejandro Lucía Javier Sofía Manuel Elena Diego Paula Andrés Marta Sergio Valentina "
    "Ignacio Rocío Tomás Inés Hugo Pilar Álvaro Noelia Joaquín Begoña Martín Ximena Óscar",
    "en": "Emily James Olivia Jack Charlotte Oliver Amelia Harry Grace Noah Chloe Liam Megan Ethan Zoe "
    "Owen Hannah Ryan Freya Aisha Connor Priya",
}
LAST = {
    "pt": "Silva Santos Oliveira Souza Rodrigues Ferreira Alves Pereira Lima Gomes Costa Ribeiro "
    "Martins Carvalho Almeida Lopes Araújo Conceição Assunção Magalhães",
    "es": "García Fernández González Rodríguez López Martínez Sánchez Pérez Gómez Jiménez Núñez Ibáñez "
    "Muñoz Vega Castaño Peña",
    "en": "Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Wright Walker Thompson O'Brien "
    "Hughes",
}
CODES = {
    "pt": ["5511", "5521", "5531", "5583", "3519"],
    "es": ["346", "54911", "5255"],
    "en": ["447", "1415", "3538"],
}
LENGTHS = {"5511": 13, "5521": 13, "5531": 13, "5583": 13, "3519": 12, "346": 11, "54911": 13, "5255": 12,
           "447": 12, "1415": 11, "3538": 12}  # fmt: skip
SPECIAL = {
    "aurora": [
        "Maria Aparecida dos Santos Albuquerque de Figueiredo Vasconcelos Sobrinho",
        "🌻 Dona Lúcia 🌻",
        "João",
        "Ateliê da Bê ✂️🧵",
        "DJ Kaká Oficial 🎧🔥",
        "Oficina das Flores Ltda. (compras)",
        "Zé",
    ],
    "sol": [
        "María de los Ángeles Fernández de Córdoba y Ruiz de la Torre-Echevarría",
        "Mamá de Nico 🦖",
        "Талант Бекович",
        "Ñoño",
        "李雷",
        "Talleres Moreno S.L.",
    ],
}


@dataclass(frozen=True)
class Customer:
    name: str
    number: str
    language: str
    email: str = ""
    username: str = ""

    @property
    def first(self) -> str:
        word = self.name.split()[0] if self.name.split() else ""
        return word if word[:1].isalpha() else self.name


def customers(key: str, languages: dict[str, int], count: int, dice: random.Random) -> list[Customer]:
    """As many different people as wanted, some of them without a name or without a number."""
    pool = [language for language, share in languages.items() for _ in range(share)]
    found: dict[str, Customer] = {}
    special = list(SPECIAL[key])
    while len(found) < count:
        language = pool[len(found) % len(pool)]
        number = _number(language, dice)
        name = special.pop() if special and len(found) % 9 == 4 else _name(language, dice)
        email = f"{name.split()[0].lower()}{number[-3:]}@example.com" if dice.random() < 0.15 else ""
        found[number] = Customer(name, number, language, email if email.isascii() else "")
    return list(found.values())


def _name(language: str, dice: random.Random) -> str:
    parts = [dice.choice(FIRST[language].split()), dice.choice(LAST[language].split())]
    if language != "en" and dice.random() < 0.4:
        parts.append(dice.choice(LAST[language].split()))
    return " ".join(parts)


def _number(language: str, dice: random.Random) -> str:
    code = dice.choice(CODES[language])
    missing = LENGTHS[code] - len(code)
    first = "9" if code.startswith("55") and code != "5255" else str(dice.randint(1, 9))
    return code + first + "".join(str(dice.randint(0, 9)) for _ in range(missing - 1))
