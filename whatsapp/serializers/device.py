"""How a linked device looks to those who may change connections. Its QR code lets a phone in: nobody else sees it."""

from typing import Any

from rest_framework import serializers

from whatsapp.devices.states import CODES
from whatsapp.models import Device
from whatsapp.models.device import Past, State


class DeviceSerializer(serializers.Serializer[Device]):
    """`id` is that of the connection. `qr` is what to draw, while it is valid; `attempt` counts to `attempts`.

    `past` says which old conversations are imported after linking; the days of a period are in the company's time zone.
    """

    id = serializers.IntegerField()
    state = serializers.ChoiceField(choices=State.choices)
    reason = serializers.CharField(allow_blank=True)
    is_wanted = serializers.BooleanField()
    is_linked = serializers.BooleanField()
    is_hosted = serializers.BooleanField()
    qr = serializers.CharField(allow_blank=True)
    qr_expires_at = serializers.DateTimeField(allow_null=True)
    attempt = serializers.IntegerField()
    attempts = serializers.IntegerField()
    failures = serializers.IntegerField()
    retry_at = serializers.DateTimeField(allow_null=True)
    banned_until = serializers.DateTimeField(allow_null=True)
    online_at = serializers.DateTimeField(allow_null=True)
    offline_at = serializers.DateTimeField(allow_null=True)
    past = serializers.ChoiceField(choices=Past.choices)
    past_from = serializers.DateField(allow_null=True)
    past_until = serializers.DateField(allow_null=True)
    version = serializers.IntegerField()

    def to_representation(self, row: Device) -> dict[str, Any]:
        is_pairing = row.state == State.PAIRING
        return {
            "id": row.pk,
            "state": row.state,
            "reason": row.reason,
            "is_wanted": row.is_wanted,
            "is_linked": bool(row.jid),
            "is_hosted": bool(row.owner),
            "qr": row.qr if is_pairing else "",
            "qr_expires_at": row.qr_expires_at if is_pairing else None,
            "attempt": row.attempt if is_pairing else 0,
            "attempts": CODES,
            "failures": row.failures,
            "retry_at": row.retry_at,
            "banned_until": row.banned_until,
            "online_at": row.online_at,
            "offline_at": row.offline_at,
            "past": row.past,
            "past_from": row.past_from,
            "past_until": row.past_until,
            "version": row.version,
        }
