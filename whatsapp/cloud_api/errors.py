"""Meta's error codes, and what each means for a message: refused, postponed, or possibly sent.

Only the number decides, never the title or the HTTP status, which are documented but unreliable. A code that
may have been raised after processing is Unclear: sending again could reach the customer twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tickets.transport import Postponed, Refused, Unclear
from whatsapp.cloud_api.foreign import decimal, line_of, mapping

NotAccepted = Refused | Postponed | Unclear
REFUSED, POSTPONED, UNCLEAR = "refused", "postponed", "unclear"


@dataclass(frozen=True, slots=True)
class Rule:
    """`code` is ours and stable: the console translates it.
    `action` is what an agent can do about it: retry, template, connection (ask an administrator), wait, none.
    """

    code: str
    title: str
    action: str
    policy: str = REFUSED
    scope: str = "connection"  # of a postponement: lane, connection, account or hold
    seconds: float = 60
    hold: bool = False
    window_closed: bool = False
    needs_phone: bool = False


def _wait(code: str, title: str, scope: str, seconds: float) -> Rule:
    return Rule(code, title, "wait", POSTPONED, scope, seconds)


def _hold(code: str, title: str) -> Rule:
    """Nothing can leave until an administrator acts, and then the queue goes on."""
    return Rule(code, title, "connection", POSTPONED, "hold", 0)


_TOKEN = _hold("token_invalid", "WhatsApp no longer accepts this connection's access token")
_PERMISSION = _hold("permission_missing", "The access token may not use this number")
_LOCKED = _hold("account_locked", "Meta has restricted this WhatsApp account")
_PAYMENT = _hold("payment_problem", "Meta asks for a payment method")
_NUMBER = _hold("number_not_ready", "This number is not registered or its name is not approved")
_RATE = _wait("rate_limited", "Too many requests; sending slows down", "account", 60)
_DOWN = _wait("service_unavailable", "WhatsApp is being maintained", "connection", 60)
_UNSURE = Rule("provider_failed", "WhatsApp failed while handling the message", "retry", UNCLEAR)
_BAD = Rule("request_invalid", "WhatsApp does not accept this message", "retry")
_UNREACHABLE = Rule("recipient_unreachable", "The customer cannot be reached on WhatsApp", "retry")
_TEMPLATE = Rule("template_invalid", "The template does not fit its approved form", "template")
_PIN = Rule("pin_invalid", "The two-step PIN is wrong", "connection")
_MARKETING = Rule("marketing_refused", "The customer does not receive marketing messages", "none")

RULES: dict[int, Rule] = {
    130429: _wait("rate_limited", "Too many messages at once; sending slows down", "connection", 2),
    131056: _wait("pair_rate_limited", "Too many messages to this customer; sending slows down", "lane", 4),
    **dict.fromkeys((4, 80007, 613), _RATE),
    **dict.fromkeys((131057, 133004, 2494100), _DOWN),
    **dict.fromkeys((1, 2, 131000, 131016), _UNSURE),
    131048: Rule(
        "spam_limited", "Meta limits this number because customers reported it", "connection", hold=True
    ),
    131064: _hold("classification_limited", "Meta limits this account"),
    **dict.fromkeys((368, 131031), _LOCKED),
    130497: Rule("country_restricted", "This account may not write to this country", "none"),
    **dict.fromkeys((0, 190), _TOKEN),
    **dict.fromkeys((3, 10, 131005, *range(200, 300)), _PERMISSION),
    **dict.fromkeys((131042, 131044, 134011), _PAYMENT),
    **dict.fromkeys((131037, 131045, 133000, 133006, 133010, 133015, 133016, 136024), _NUMBER),
    **dict.fromkeys((133005, 133008, 133009), _PIN),
    **dict.fromkeys((33, 100, 131008, 131009, 131051, 135000), _BAD),
    131021: Rule("recipient_is_sender", "The number cannot write to itself", "retry"),
    131047: Rule(
        "window_closed", "More than 24 hours since the customer wrote", "template", window_closed=True
    ),
    131026: _UNREACHABLE,
    131030: Rule("recipient_not_allowed", "A test number only writes to numbers on its list", "connection"),
    131049: Rule("ecosystem_limited", "Meta chose not to deliver this marketing message", "none"),
    131050: _MARKETING,
    130472: Rule("experiment", "Meta keeps this customer out of marketing messages", "none"),
    130403: Rule("recipient_blocked", "The customer is blocked on WhatsApp", "retry"),
    131062: Rule(
        "phone_required",
        "This message needs the customer's phone number: ask for it",
        "retry",
        needs_phone=True,
    ),
    **dict.fromkeys((131055, 131063, 134100, 134102), _TEMPLATE),
    134101: _wait("template_syncing", "The template is not ready yet", "lane", 600),
    131052: Rule("file_unreadable", "WhatsApp could not load the file", "retry"),
    131053: Rule("file_refused", "WhatsApp does not accept this file", "retry"),
    **dict.fromkeys((132000, 132005, 132007, 132008, 132012, 132018), _TEMPLATE),
    132001: Rule("template_missing", "The template does not exist or is not approved", "template"),
    132015: Rule("template_paused", "Meta paused the template", "template"),
    132016: Rule("template_disabled", "Meta disabled the template", "template"),
    132068: Rule("flow_blocked", "Meta blocked the flow", "connection"),
    132069: _wait("flow_limited", "Meta slows the flow down", "lane", 3600),
    137000: Rule("identity_changed", "The customer's identity has changed", "retry"),
    131020: Rule("group_refused", "The group cannot be reached", "none"),
    131041: Rule("group_refused", "The group cannot be reached", "none"),
}
_OTHER = Rule("refused", "WhatsApp refused the message", "none")


def rule_of(code: int) -> Rule:
    return RULES.get(code, _OTHER)


def of_answer(status: int, body: Any, headers: Mapping[str, str]) -> NotAccepted:
    """The outcome of a send that was not answered with a message id."""
    error = mapping(mapping(body).get("error"))
    code = error.get("code")
    if not isinstance(code, int) or isinstance(code, bool):
        return _without_code(status)
    rule = RULES.get(code)
    if rule is None:
        rule = _UNSURE if status >= 500 or error.get("is_transient") is True else _OTHER
    return _outcome(rule, _words(code, error), headers)


def of_status(listed: list[Any]) -> dict[str, str]:
    """Why a message failed after WhatsApp had taken it, as the agent will read it."""
    error = mapping(listed[0]) if listed else {}
    code = error.get("code")
    number = code if isinstance(code, int) and not isinstance(code, bool) else -1
    rule = rule_of(number)
    return shown(rule.code, rule.title, _words(number, error), rule.action)


def shown(code: str, title: str, detail: str, action: str = "") -> dict[str, str]:
    """The error that a message shows."""
    return {"code": code, "title": title, "detail": detail, "action": action or "none"}


def _outcome(rule: Rule, detail: str, headers: Mapping[str, str]) -> NotAccepted:
    if rule.policy == UNCLEAR:
        return Unclear(rule.code, detail)
    if rule.policy == POSTPONED:
        said = f"{rule.title}. {detail}" if rule.scope == "hold" else detail  # an administrator reads it
        return Postponed(rule.code, said, rule.scope, _told_to_wait(headers) or rule.seconds)
    return Refused(rule.code, rule.title, detail, rule.hold, rule.window_closed, rule.needs_phone)


def _without_code(status: int) -> NotAccepted:
    """Not Graph's own words: a proxy, a gateway, or a Graph in trouble."""
    detail = f"HTTP {status} without an error code."
    if status == 401:
        return Postponed(_TOKEN.code, f"{_TOKEN.title}. {detail}", "hold", 0)
    if status == 429:
        return Postponed(_RATE.code, detail, "connection", _RATE.seconds)
    if 400 <= status < 500 and status != 408:
        return Refused(_OTHER.code, _OTHER.title, detail)
    return Unclear(_UNSURE.code, detail)


def words_of(error: Mapping[str, Any]) -> str:
    """Meta's explanation of an error document, for an administrator."""
    code = error.get("code")
    return _words(code if isinstance(code, int) and not isinstance(code, bool) else -1, error)


def _words(code: int, error: Mapping[str, Any]) -> str:
    """Meta's explanation, with its number for whoever wants to look it up."""
    said = line_of(mapping(error.get("error_data")).get("details"), 400)
    said = said or line_of(error.get("error_user_msg"), 400)
    said = said or line_of(error.get("message"), 400) or line_of(error.get("title"), 400)
    return f"{said} (#{code})" if code >= 0 and f"(#{code})" not in said else said or "No reason was given."


def _told_to_wait(headers: Mapping[str, str]) -> float:
    """Seconds that Graph asks for, 0 when it does not say."""
    asked = decimal(headers.get("retry-after"))
    return min(max(asked, 0), 3600) if asked else 0
