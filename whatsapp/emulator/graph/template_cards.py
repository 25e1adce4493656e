"""What Meta refuses in a carousel: too few cards, cards that are not alike, parts that cards cannot have."""

from ..errors import GraphError
from ..records import Json
from . import checks

FEWEST, MOST, BODY, MOST_BUTTONS = 2, 10, 160, 2
HEADERS, BUTTONS = {"IMAGE", "VIDEO"}, {"QUICK_REPLY", "URL", "PHONE_NUMBER"}
Shape = tuple[str, tuple[str, ...]]


def inspect(components: list[Json], carousel: Json) -> None:
    """The words above the cards stand alone."""
    if {_kind(one) for one in components} - {"BODY", "CAROUSEL"}:
        raise _refused("A carousel can be accompanied by a body only.")
    cards = checks.items(carousel, "cards", "components.")
    if not FEWEST <= len(cards) <= MOST:
        raise _refused(f"A carousel has {FEWEST} to {MOST} cards.")
    shapes = {_shape(checks.items(card, "components", "components.cards.")) for card in cards}
    if len(shapes) > 1:
        raise _refused("All cards of a carousel must have the same components.")


def _shape(card: list[Json]) -> Shape:
    parts = {_kind(one): one for one in card}
    form = str(parts.get("HEADER", {}).get("format", "")).upper()
    if form not in HEADERS:
        raise _refused("A card's header is an image or a video.")
    checks.text(parts.get("BODY", {}), "text", BODY, "components.cards.body")
    buttons = tuple(str(one.get("type", "")).upper() for one in parts.get("BUTTONS", {}).get("buttons") or [])
    if not 1 <= len(buttons) <= MOST_BUTTONS or not BUTTONS.issuperset(buttons):
        raise _refused(f"A card has 1 to {MOST_BUTTONS} buttons.")
    return form, buttons


def _kind(component: Json) -> str:
    return str(component.get("type", "")).upper()


def _refused(why: str) -> GraphError:
    return GraphError(100, why, subcode=2388043)
