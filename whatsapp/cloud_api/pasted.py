"""The values that an administrator pastes, looked at one by one while they are typed.

Each line has a code that the console turns into a reason and a fix; what cannot be asked yet, because another
value is missing, waits. Nothing is stored here.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from whatsapp.cloud_api.asking import NOT_ASKED, UNREACHABLE, Asker, Said
from whatsapp.cloud_api.foreign import items, line_of, mapping, text

NEEDED = ("whatsapp_business_management", "whatsapp_business_messaging")
NUMBER_FIELDS = (
    "id,display_phone_number,verified_name,status,code_verification_status,platform_type,is_on_biz_app"
)
_ID = re.compile(r"[0-9]{5,32}")
_TOKEN = re.compile(r"[!-~]{10,1000}")  # what can travel in a header
PAGES = 20  # of a hundred numbers


@dataclass(frozen=True, slots=True)
class Pasted:
    """What is typed so far; anything may still be empty."""

    root: str
    version: str
    app_id: str = ""
    app_secret: str = field(default="", repr=False)
    access_token: str = field(default="", repr=False)
    waba_id: str = ""
    phone_number_id: str = ""

    def with_token(self, token: str) -> Asker:
        return Asker(self.root, self.version, token)


@dataclass(frozen=True, slots=True)
class Line:
    """`state` is ok, warning, failed or waiting. `facts` fill the console's sentence for `code`."""

    name: str
    state: str
    code: str
    detail: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Findings:
    """The lines, and what the token leads to: accounts and numbers to choose from."""

    lines: list[Line] = field(default_factory=list)
    accounts: list[dict[str, str]] = field(default_factory=list)
    numbers: list[dict[str, Any]] = field(default_factory=list)


def look(pasted: Pasted) -> Findings:
    """Every question that can be asked with what is there. What cannot be such a value is not sent anywhere."""
    found = Findings()
    if malformed := _malformed(pasted):
        found.lines = malformed
        return found
    found.lines.append(_guarded("app_secret", lambda: _secret(pasted)))
    app_is_proved = found.lines[0].state == "ok"
    accounts: list[str] = []
    found.lines.append(_guarded("access_token", lambda: _token(pasted, accounts, app_is_proved)))
    token_works = found.lines[1].state in {"ok", "warning"}
    if token_works:
        found.accounts = [{"id": one, "name": _name_of(pasted, one)} for one in accounts[:20]]
    found.lines.append(_guarded("account", lambda: _account(pasted, token_works)))
    account_works = found.lines[2].state == "ok"
    if account_works:
        found.lines.append(_guarded("number", lambda: _number(pasted, found.numbers)))
    else:
        found.lines.append(Line("number", "waiting", "needs_account"))
    return found


def _malformed(pasted: Pasted) -> list[Line]:
    given = {
        "app_secret": (_ID, pasted.app_id),
        "access_token": (_TOKEN, pasted.access_token),
        "account": (_ID, pasted.waba_id),
        "number": (_ID, pasted.phone_number_id),
    }
    wrong = [name for name, (shape, value) in given.items() if value and not shape.fullmatch(value)]
    if pasted.app_secret and not _TOKEN.fullmatch(pasted.app_secret):
        wrong.append("app_secret")
    if not wrong:
        return []
    return [
        Line(name, "failed", "malformed") if name in wrong else Line(name, "waiting", "needs_others")
        for name in given
    ]


def _guarded(name: str, ask: Callable[[], Line]) -> Line:
    try:
        return ask()
    except Said as said:
        if said.number in {UNREACHABLE, NOT_ASKED}:
            return Line(name, "failed", "unreachable", said.words)
        return Line(name, "failed", _REFUSED[name], said.words)


_REFUSED = {
    "app_secret": "app_secret_wrong",
    "access_token": "token_invalid",
    "account": "account_unreachable",
    "number": "number_unreachable",
}


def _secret(pasted: Pasted) -> Line:
    """Whoever gets the app's own token with it has the app's secret."""
    if not (pasted.app_id and pasted.app_secret):
        return Line("app_secret", "waiting", "needs_app")
    Asker(pasted.root, pasted.version).post(
        "oauth/access_token",
        client_id=pasted.app_id,
        client_secret=pasted.app_secret,
        grant_type="client_credentials",
    )
    return Line("app_secret", "ok", "app_secret_right")


def _token(pasted: Pasted, accounts: list[str], app_is_proved: bool) -> Line:
    """What Meta knows of the token. Fills `accounts` with the accounts that it was made for."""
    if not pasted.access_token:
        return Line("access_token", "waiting", "needs_token")
    asker = pasted.with_token(
        f"{pasted.app_id}|{pasted.app_secret}" if app_is_proved else pasted.access_token
    )
    about = mapping(asker.get("debug_token", input_token=pasted.access_token).get("data"))
    if about.get("is_valid") is not True:
        told = line_of(mapping(about.get("error")).get("message"), 200)
        return Line("access_token", "failed", "token_invalid", told)
    accounts += accounts_in(about)
    app_id = line_of(about.get("app_id"), 32)
    if pasted.app_id and app_id and app_id != pasted.app_id:
        return Line("access_token", "failed", "token_of_other_app", facts={"app_id": app_id})
    scopes = {text(one) for one in items(about.get("scopes"))}
    if missing := [one for one in NEEDED if one not in scopes]:
        return Line("access_token", "failed", "token_lacks_scopes", facts={"scopes": ", ".join(missing)})
    expires = about.get("expires_at")
    if isinstance(expires, int) and expires > 0:
        at = datetime.fromtimestamp(expires, UTC).isoformat()
        return Line("access_token", "warning", "token_expires", facts={"expires_at": at})
    return Line("access_token", "ok", "token_lasts")


def accounts_in(about: Any) -> list[str]:
    """The WhatsApp accounts among the token's granular scopes, as Meta names them."""
    scopes = [mapping(one) for one in items(mapping(about).get("granular_scopes"))]
    ids = [
        line_of(target, 32)
        for scope in scopes
        if scope.get("scope") in NEEDED
        for target in items(scope.get("target_ids"))
    ]
    return sorted({one for one in ids if one.isdigit()})


def _name_of(pasted: Pasted, waba_id: str) -> str:
    try:
        return line_of(pasted.with_token(pasted.access_token).get(waba_id, fields="name").get("name"), 120)
    except Said:
        return ""


def _account(pasted: Pasted, token_works: bool) -> Line:
    if not (token_works and pasted.waba_id):
        return Line("account", "waiting", "needs_token" if not token_works else "needs_account")
    account = pasted.with_token(pasted.access_token).get(pasted.waba_id, fields="id,name")
    return Line("account", "ok", "account_reachable", facts={"name": line_of(account.get("name"), 120)})


def _number(pasted: Pasted, numbers: list[dict[str, Any]]) -> Line:
    """The number among those of its account; whether it can already be used."""
    rows = list(numbers_of(pasted.with_token(pasted.access_token), pasted.waba_id))
    numbers += [described(row) for row in rows]
    if not pasted.phone_number_id:
        return Line("number", "waiting", "needs_number")
    row = next((one for one in numbers if one["id"] == pasted.phone_number_id), None)
    if row is None:
        return Line("number", "failed", "number_elsewhere")
    facts = {"number": row["number"], "name": row["name"]}
    if row["on_phone"] or row["is_registered"]:
        return Line("number", "ok", "number_ready", facts=facts)
    code = "number_to_register" if row["is_verified"] else "number_to_verify"
    return Line("number", "warning", code, facts=facts)


def numbers_of(asker: Asker, waba_id: str) -> Iterator[dict[str, Any]]:
    """Every number of the account, page by page."""
    after = ""
    for _ in range(PAGES):
        more = {"after": after} if after else {}
        answer = asker.get(f"{waba_id}/phone_numbers", fields=NUMBER_FIELDS, limit="100", **more)
        yield from (dict(mapping(row)) for row in items(answer.get("data")))
        paging = mapping(answer.get("paging"))
        after = line_of(mapping(paging.get("cursors")).get("after"), 400)
        if not after or not paging.get("next"):
            return


def described(row: dict[str, Any]) -> dict[str, Any]:
    """A number in our words."""
    return {
        "id": line_of(row.get("id"), 32),
        "number": line_of(row.get("display_phone_number"), 40),
        "name": line_of(row.get("verified_name"), 120),
        "is_registered": row.get("status") == "CONNECTED",
        "is_verified": row.get("code_verification_status") != "NOT_VERIFIED",
        "on_phone": row.get("is_on_biz_app") is True,
    }
