"""Options about money."""

from tenants.option import CHOICE, Option

COSTS = [
    Option(
        "cost_currency", CHOICE, "USD", "Currency of messages",
        "In which the price list is written and sums are shown: the currency that the provider bills.",
        choices=("USD", "BRL", "EUR", "MXN", "ARS", "COP", "CLP", "PEN", "GBP", "INR"),
    ),
]  # fmt: skip
