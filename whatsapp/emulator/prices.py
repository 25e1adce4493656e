"""What a message would cost: illustrative rates, and Meta's rules for who pays."""

import calendar

from .identity import country_of
from .records import Chat, Json

# USD per delivered message: marketing, utility, authentication, service. Illustrative, not a price list.
RATES = {
    "BR": (0.0625, 0.0068, 0.0068, 0.0068),
    "MX": (0.0305, 0.0085, 0.0085, 0.0085),
    "AR": (0.0618, 0.0260, 0.0260, 0.0260),
    "CO": (0.0125, 0.0008, 0.0008, 0.0008),
    "CL": (0.0889, 0.0200, 0.0200, 0.0200),
    "ES": (0.0615, 0.0200, 0.0200, 0.0200),
    "US": (0.0250, 0.0034, 0.0034, 0.0034),
}
CATEGORIES = ("marketing", "utility", "authentication", "service")
# From this day on Meta bills free-form messages and utility templates inside the window too.
SERVICE_BILLED_FROM = calendar.timegm((2026, 10, 1, 0, 0, 0))


def price_of(category: str, chat: Chat, now: float, window_is_open: bool) -> Json:
    """The pricing block of the statuses."""
    kind, billable = "regular", True
    if chat.entry_point_until is not None and now < chat.entry_point_until:
        kind, billable = "free_entry_point", False
    elif now < SERVICE_BILLED_FROM and (category == "service" or (category == "utility" and window_is_open)):
        kind, billable = "free_customer_service", False
    return {"billable": billable, "pricing_model": "PMP", "type": kind, "category": category}


def amount_usd(price: Json, persona: str) -> float:
    """The price tag on a bubble of the phone page."""
    if not price.get("billable"):
        return 0.0
    rates = RATES.get(country_of(persona), RATES["US"])
    return rates[CATEGORIES.index(price["category"])]
