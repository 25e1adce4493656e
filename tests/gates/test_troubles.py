"""Whatever stops a number or a message is said in the person's language: no code without words of ours."""

import json
from pathlib import Path

import pytest

from whatsapp.actions.device_states import WORDS
from whatsapp.actions.number_news import STOPS
from whatsapp.cloud_api.errors import POSTPONED, REFUSED, RULES

TEXTS = Path(__file__).resolve().parents[2] / "console/src/features"
LANGUAGES = ["pt-BR", "en", "es"]
STOPPING = {
    rule.code for rule in RULES.values() if rule.hold or (rule.policy, rule.scope) == (POSTPONED, "hold")
}
# What the looks at a number and at a gateway say besides.
CHECKED = {
    "business_account", "webhook_subscription", "display_name", "restrictions", "token_ends", "quality_red",
    "quality_yellow", "phone_silent", "gateway", "gateway_refused", "online", "linked", "address_refused",
    "unreachable", "not_connected", *(rule.code for rule in RULES.values() if rule.policy == POSTPONED),
} - {"pair_rate_limited", "template_syncing", "flow_limited"}  # fmt: skip
FAILING = {rule.code for rule in RULES.values() if rule.policy == REFUSED} - {"pin_invalid"}
# Those of the other transports, and of ourselves.
SAID = {
    "upload_failed", "file_missing", "file_too_big", "file_type_refused", "caption_not_allowed", "text_too_long",
    "no_address", "kind_not_supported", "not_on_whatsapp", "reachout_locked", "gateway_rejected", "window_closed",
    "gave_up", "dismissed", "withdrawn", "parked_ticket_closed",
}  # fmt: skip


def texts(feature, language):
    return json.loads((TEXTS / feature / "texts" / f"{language}.json").read_text())


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_a_number_stands_still_is_said_in_each_language(language):
    known = texts("connections", language)
    needed = STOPPING | CHECKED | {code for code, _ in STOPS.values()}
    assert needed - known["trouble"].keys() == set()
    assert {str(state) for state in WORDS} - known["phone"]["states"].keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_a_message_did_not_leave_is_said_in_each_language(language):
    often, seldom = texts("inbox", language), texts("acts", language)
    known = often["failures"]["codes"].keys() | often["refusals"].keys() | seldom["failures"].keys()
    assert (FAILING | SAID) - known == set()
