"""What the columns of a file of contacts mean: guessed from titles in three languages and from the cells."""

import re
from collections.abc import Sequence

from tickets.models import CustomField
from tickets.models.custom_field import FieldOn
from tickets.models.search import plain

PARTS = ("name", "number", "email", "notes", "tags", "owner")
FIELD = "field:"
_TITLES: dict[str, set[str]] = {
    "name": {"nome", "name", "nombre", "cliente", "contato", "contacto", "contact", "full name", "nome completo"},
    "number": {
        "numero", "number", "telefone", "phone", "celular", "whatsapp", "fone", "telefono", "movil", "mobile",
        "phone number", "tel", "numero de telefone", "numero de whatsapp",
    },
    "email": {"email", "e-mail", "mail", "correo", "correo electronico"},
    "notes": {"notas", "notes", "observacoes", "observacao", "obs", "observaciones", "comentario", "anotacoes"},
    "tags": {"tags", "tag", "etiquetas", "etiqueta", "labels", "label", "marcadores"},
    "owner": {"responsavel", "dono", "owner", "carteira", "responsable", "agente", "vendedor", "atendente"},
}  # fmt: skip
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_NUMBER = re.compile(r"\+?[\d\s().\-/]{8,20}")


def looks_like_header(rows: Sequence[Sequence[str]]) -> bool:
    """Titles are words that we know, or at least neither numbers nor addresses."""
    first = [plain(cell).strip() for cell in rows[0]]
    known = {title for titles in _TITLES.values() for title in titles}
    if any(cell in known for cell in first):
        return True
    return not any("@" in cell or _NUMBER.fullmatch(cell) for cell in first) and len(rows) > 1


def guess(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A part for each column, each part once; nothing where nothing fits."""
    fields = {
        name: f"{FIELD}{field.key}"
        for field in CustomField.objects.live().filter(on=FieldOn.CONTACT)
        for name in (plain(field.label).strip(), field.key)
    }
    found: list[str] = []
    for place, title in enumerate(columns):
        word = plain(title).strip()
        part = next((part for part, titles in _TITLES.items() if word in titles), fields.get(word, ""))
        part = part or _by_content([row[place] for row in rows[:50] if row[place]])
        found.append(part if part not in found else "")
    return found


def _by_content(cells: Sequence[str]) -> str:
    if not cells:
        return ""
    for part, pattern in (("email", _EMAIL), ("number", _NUMBER)):
        if sum(1 for cell in cells if pattern.fullmatch(cell)) * 10 >= len(cells) * 8:
            return part
    return ""
