"""Webhooks about templates in the core's words. Each answers nothing when the document makes no sense."""

from collections.abc import Mapping
from typing import Any

from tickets.template_book import News
from whatsapp.cloud_api.foreign import line_of, mapping, text
from whatsapp.cloud_api.templates import CATEGORIES, NO_REASON, QUALITIES, STATUSES

FIELDS = {"message_template_status_update", "message_template_quality_update", "template_category_update"}


def status(account: str, value: Mapping[str, Any]) -> News | None:
    """The review's outcome, a pause, or the end of the template."""
    event = text(value.get("event")).upper()
    if event == "DELETED":
        return _news(account, value, is_gone=True)
    if event not in STATUSES:
        return None
    told = mapping(value.get("rejection_info"))
    reason = line_of(value.get("reason"), 60).upper() or line_of(
        mapping(value.get("other_info")).get("title"), 60
    )
    words = [text(told.get("reason")), text(told.get("recommendation"))]
    return _news(
        account,
        value,
        status=STATUSES[event],
        reason="" if reason in NO_REASON else reason,
        advice=" ".join(word for word in words if word)[:1000],
    )


def quality(account: str, value: Mapping[str, Any]) -> News | None:
    score = text(value.get("new_quality_score")).upper()
    return _news(account, value, quality=QUALITIES[score]) if score in QUALITIES else None


def category(account: str, value: Mapping[str, Any]) -> News | None:
    """Announced (`correct_category`) or done: another category is another price."""
    if (announced := CATEGORIES.get(text(value.get("correct_category")).upper())) is not None:
        return _news(account, value, next_category=announced)
    done = CATEGORIES.get(text(value.get("new_category")).upper())
    return _news(account, value, category=done, next_category="") if done else None


def _news(account: str, value: Mapping[str, Any], **told: Any) -> News | None:
    number = value.get("message_template_id")
    is_number = isinstance(number, int) and not isinstance(number, bool) and abs(number) < 10**60
    provider_id = str(number) if is_number else line_of(number, 64)
    name, language = (
        line_of(value.get("message_template_name"), 512),
        line_of(value.get("message_template_language"), 20),
    )
    if not (provider_id or name):
        return None
    return News(account, provider_id, name=name, language=language.replace("-", "_"), **told)
