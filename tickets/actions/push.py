"""Web push: a message that reaches a browser although no console is open (RFC 8030, 8291 and 8292).

Encrypted for the browser alone; the push service in between reads nothing. The address of that service comes
from a browser, so it is visited through `helpdesk.http`, which keeps private networks out of reach.
"""

import functools
import json
import logging
from typing import Any
from urllib.parse import urlsplit

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.timezone import now

from helpdesk import http
from helpdesk.errors import Invalid, Refused
from tenants.models import Company, User
from tenants.scoping import CompanyTask
from tickets.models import NotificationSettings, PushSubscription

logger = logging.getLogger(__name__)

TTL_SECONDS = 4 * 3600  # afterwards the news is old
GONE = {404, 410}  # RFC 8030 §7.3: the subscription has ended
MOST_FAILURES = 10
MOST_BROWSERS = 20


@functools.cache
def _vapid() -> Any:
    from py_vapid import Vapid02

    key = settings.VAPID_PRIVATE_KEY
    return Vapid02.from_string(key) if key else None


def public_key() -> str:
    """What a browser needs to subscribe (base64url of an uncompressed P-256 point); blank when push is off."""
    if not settings.VAPID_PRIVATE_KEY:
        return ""
    from cryptography.hazmat.primitives import serialization
    from py_vapid.utils import b64urlencode

    point = _vapid().public_key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return str(b64urlencode(point))


@transaction.atomic
def subscribe(user: User, *, endpoint: str, p256dh: str, auth: str, user_agent: str) -> PushSubscription:
    """Remember this browser. Raises Refused where push is off, Invalid for an address that cannot be one."""
    if not settings.VAPID_PRIVATE_KEY:
        raise Refused("push_off", "Push messages are not set up on this server.")
    try:
        http.check_address(endpoint)
    except (http.AddressRefused, http.HTTPError) as error:
        raise Invalid("push_endpoint_invalid", str(error)) from error
    row, _ = PushSubscription.objects.update_or_create(
        user=user,
        endpoint=endpoint,
        defaults={"p256dh": p256dh, "auth": auth, "user_agent": user_agent[:300], "failures": 0},
    )
    mine = PushSubscription.objects.filter(user=user).order_by("-id")
    mine.exclude(pk__in=mine.values_list("pk", flat=True)[:MOST_BROWSERS]).delete()
    found: PushSubscription = row
    return found


@shared_task(base=CompanyTask)
def send(company_id: int, user_id: int, payload: dict[str, Any]) -> None:
    """To every browser of the person, unless they asked for quiet. Lost rather than late: never repeated."""
    wishes = NotificationSettings.objects.filter(user=user_id).first()
    company = Company.objects.get(pk=company_id)
    if wishes is not None and wishes.is_quiet(now(), company.timezone):
        return
    for row in PushSubscription.objects.filter(user=user_id).select_related("user"):
        deliver(row, payload)


def deliver(row: PushSubscription, payload: dict[str, Any]) -> int:
    """One push. Answers the status of the push service, 0 when it could not be reached."""
    try:
        answer = http.request(
            "POST", row.endpoint, headers=_headers(row.endpoint), content=_encrypted(row, payload), timeout=10
        )
    except (http.HTTPError, http.AddressRefused):
        _note_failure(row)
        return 0
    if answer.status_code in GONE:
        row.delete()
    elif answer.is_success:
        PushSubscription.objects.filter(pk=row.pk).update(last_used_at=now(), failures=0)
    else:
        logger.warning("push refused", extra={"fields": {"status": answer.status_code}})
        _note_failure(row)
    return answer.status_code


def _note_failure(row: PushSubscription) -> None:
    PushSubscription.objects.filter(pk=row.pk).update(failures=F("failures") + 1)
    PushSubscription.objects.filter(pk=row.pk, failures__gte=MOST_FAILURES).delete()


def _headers(endpoint: str) -> dict[str, str]:
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "sub": settings.VAPID_SUBJECT}
    signed: dict[str, str] = _vapid().sign(claims)
    return {
        **signed,
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(TTL_SECONDS),
        "Urgency": "high",
    }


def _encrypted(row: PushSubscription, payload: dict[str, Any]) -> bytes:
    import http_ece
    from cryptography.hazmat.primitives.asymmetric import ec
    from py_vapid.utils import b64urldecode

    sealed: bytes = http_ece.encrypt(
        json.dumps({**payload, "language": row.user.language}).encode(),
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=b64urldecode(row.p256dh.encode()),
        auth_secret=b64urldecode(row.auth.encode()),
        version="aes128gcm",
    )
    return sealed
