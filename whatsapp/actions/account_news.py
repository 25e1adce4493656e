"""What Meta tells of an account rather than of a number: which fields are applied, and by whom."""

from collections.abc import Callable, Mapping
from typing import Any

from tickets.actions import templates
from tickets.template_book import News
from whatsapp.actions import number_news
from whatsapp.cloud_api import template_news
from whatsapp.models import Event

KIND = "cloud_api"


def apply(event: Event) -> None:
    """Part of the lane's transaction."""
    raw = event.data["raw"]
    HANDLERS[raw["field"]](raw["account"], raw["value"])


def _template(
    read: Callable[[str, Mapping[str, Any]], News | None],
) -> Callable[[str, Mapping[str, Any]], None]:
    def handle(account: str, value: Mapping[str, Any]) -> None:
        if (news := read(account, value)) is not None:
            templates.heard(news, kind=KIND)

    return handle


HANDLERS: dict[str, Callable[[str, Mapping[str, Any]], None]] = {
    "message_template_status_update": _template(template_news.status),
    "message_template_quality_update": _template(template_news.quality),
    "template_category_update": _template(template_news.category),
    **dict.fromkeys(number_news.FIELDS, number_news.heard),
}
