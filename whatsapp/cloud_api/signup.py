"""Embedded signup's words with Meta: the address of its dialog, and the code that becomes a token.

The platform's own app offers it (`WHATSAPP_SIGNUP_…`). What the browser says about accounts and numbers is a
hint: the token itself names the accounts that it was made for, and those are asked.
"""

import json
import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core import signing

from helpdesk.errors import Refused
from whatsapp.cloud_api.asking import NOT_ASKED, UNREACHABLE, Asker, Said
from whatsapp.cloud_api.foreign import line_of, mapping
from whatsapp.cloud_api.pasted import NEEDED, accounts_in, described, numbers_of

SALT = "whatsapp.signup"
STATE_SECONDS = 30 * 60  # how long somebody may spend in Meta's window
COEXISTENCE = "whatsapp_business_app_onboarding"
REASONS = {36007: "signup_code_expired", 36008: "signup_redirect_wrong", 36009: "signup_code_used"}


@dataclass(frozen=True, slots=True)
class Granted:
    """What somebody gave the platform's app: a token, and the numbers that it reaches, by account."""

    token: str = field(repr=False)
    numbers: tuple[tuple[str, dict[str, Any]], ...] = ()  # (account, number as `described`)


def is_available() -> bool:
    known = (
        settings.WHATSAPP_SIGNUP_APP_ID,
        settings.WHATSAPP_SIGNUP_APP_SECRET,
        settings.WHATSAPP_SIGNUP_CONFIG_ID,
    )
    return all(known)


def is_platforms(app_id: str) -> bool:
    """Whether this is the app that all companies share."""
    return bool(app_id) and app_id == settings.WHATSAPP_SIGNUP_APP_ID


def redirect_uri() -> str:
    return f"{settings.PUBLIC_URL}/connect/whatsapp"


def origin() -> str:
    """Whose messages the console may believe while the dialog is open."""
    parts = urlsplit(settings.WHATSAPP_SIGNUP_DIALOG)
    return f"{parts.scheme}://{parts.netloc}"


def invitation(company_id: int, user_id: int | None, *, on_phone: bool) -> tuple[str, str]:
    """The dialog's address, and the state that must come back with the code."""
    said = {"company": company_id, "user": user_id, "on_phone": on_phone, "once": secrets.token_urlsafe(8)}
    state = signing.dumps(said, salt=SALT)
    extras = {"setup": {}, "sessionInfoVersion": "3", "version": "v4"}
    if on_phone:
        extras["featureType"] = COEXISTENCE
    asked = {
        "client_id": settings.WHATSAPP_SIGNUP_APP_ID,
        "config_id": settings.WHATSAPP_SIGNUP_CONFIG_ID,
        "response_type": "code",
        "override_default_response_type": "true",
        "display": "popup",
        "redirect_uri": redirect_uri(),
        "state": state,
        "extras": json.dumps(extras),
    }
    root = settings.WHATSAPP_SIGNUP_DIALOG.rstrip("/")
    return f"{root}/{settings.WHATSAPP_GRAPH_VERSION}/dialog/oauth?{urlencode(asked)}", state


def read_state(state: str, company_id: int, user_id: int | None) -> bool:
    """Whether a number on a phone was wanted. Raises Refused for a state that is not this person's."""
    try:
        said = signing.loads(state, salt=SALT, max_age=STATE_SECONDS)
    except signing.SignatureExpired as error:
        raise Refused("signup_state_expired", "This took too long. Start again.") from error
    except signing.BadSignature as error:
        raise Refused("signup_state_wrong", "This answer does not belong to a question of ours.") from error
    if (said.get("company"), said.get("user")) != (company_id, user_id):
        raise Refused("signup_state_wrong", "Somebody else began this, or in another company.")
    return bool(said.get("on_phone"))


def redeem(code: str) -> str:
    """The business's token for the code, which lives half a minute and works once. Raises Refused."""
    try:
        answer = Asker(settings.WHATSAPP_API_ROOT.rstrip("/"), settings.WHATSAPP_GRAPH_VERSION).post(
            "oauth/access_token",
            client_id=settings.WHATSAPP_SIGNUP_APP_ID,
            client_secret=settings.WHATSAPP_SIGNUP_APP_SECRET,
            redirect_uri=redirect_uri(),
            code=code,
        )
    except Said as said:
        default = "unreachable" if said.number in {UNREACHABLE, NOT_ASKED} else "signup_refused"
        raise Refused(REASONS.get(said.subcode, default), said.words) from said
    token = answer.get("access_token")
    if not isinstance(token, str) or not token.isascii():
        raise Refused("signup_refused", "Meta's answer holds no token.")
    return token


def granted(token: str) -> Granted:
    """Every number that the token reaches, as Meta tells it. Raises Refused."""
    root, version = settings.WHATSAPP_API_ROOT.rstrip("/"), settings.WHATSAPP_GRAPH_VERSION
    app = Asker(root, version, f"{settings.WHATSAPP_SIGNUP_APP_ID}|{settings.WHATSAPP_SIGNUP_APP_SECRET}")
    try:
        about = mapping(app.get("debug_token", input_token=token).get("data"))
        if about.get("is_valid") is not True:
            raise Refused("token_invalid", "Meta does not know the token that it gave.")
        if missing := [one for one in NEEDED if one not in set(about.get("scopes") or [])]:
            raise Refused("token_lacks_scopes", f"Not everything was allowed: {', '.join(missing)}.")
        business = Asker(root, version, token)
        found = [
            (account, described(row))
            for account in accounts_in(about)
            for row in numbers_of(business, account)
        ]
    except Said as said:
        raise Refused("meta_refused", line_of(said.words, 300)) from said
    return Granted(token, tuple(found))
