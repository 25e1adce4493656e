"""The views that the demo's companies share, and one that each agent keeps."""

from typing import Any

from tickets.actions import views
from tickets.models import Tag
from tickets.models.sorting import Sort
from whatsapp.demo.company import Stage

LIVE = {"key": "status", "operator": "is", "value": ["pending", "open"]}
NAMES = {
    "aurora": ("Urgentes", "Trocas e reclamações", "Vendas sem resposta", "Minhas desta semana"),
    "sol": ("Urgentes", "Citas por cambiar", "Citas sin respuesta", "Las mías de esta semana"),
}
TAGGED = {"aurora": ("Troca", "Reclamação"), "sol": ("Cambio de cita",)}
SOLD = {"aurora": "vendas", "sol": "citas"}
COLORS = ("#b42318", "#8a4b08", "#0f766e", "#1d5fbf")


def save_views(stage: Stage) -> None:
    """Inside the company's scope, once its tags are there."""
    key = stage.cast.key
    tagged = list(Tag.objects.filter(name__in=TAGGED[key]).values_list("pk", flat=True))
    queue = stage.queues[SOLD[key]].pk
    shared: tuple[tuple[list[dict[str, Any]], str], ...] = (
        ([_is("priority", ["high", "urgent"])], Sort.PRIORITY),
        ([{"key": "tag", "operator": "any", "value": tagged}], Sort.NEWEST),
        ([_is("queue", [queue]), _is("waiting", True)], Sort.WAITING),
    )
    *names, own = NAMES[key]
    for name, color, (conditions, sort) in zip(names, COLORS, shared, strict=False):
        asked = {"all": [LIVE, *conditions]}
        views.create(by=None, owner=None, name=name, color=color, filter=asked, sort=sort)
    this_week = {"key": "created_at", "operator": "within_days", "value": 7}
    for person in stage.people.values():
        asked = {"all": [_is("agent", ["me"]), this_week]}
        views.create(by=None, owner=person, name=own, color=COLORS[-1], filter=asked)


def _is(key: str, value: Any) -> dict[str, Any]:
    return {"key": key, "operator": "is", "value": value}
