"""How a contact looks to everyone."""

from typing import Any

from rest_framework import serializers

from tickets.models import Contact
from tickets.models.contact import AddressKind


class AddressSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=AddressKind.choices)
    value = serializers.CharField()


class ContactSerializer(serializers.Serializer[Contact]):
    """Rows come from `.with_parts()`; a row that does not costs one query more."""

    id = serializers.IntegerField()
    name = serializers.CharField(allow_blank=True)
    display_name = serializers.CharField()
    number = serializers.CharField(allow_null=True)
    username = serializers.CharField(allow_null=True)
    email = serializers.CharField(allow_blank=True)
    notes = serializers.CharField(allow_blank=True)
    addresses = AddressSerializer(many=True)
    is_blocked = serializers.BooleanField()
    is_group = serializers.BooleanField()
    bot_off = serializers.BooleanField()
    accepts_audio = serializers.BooleanField(allow_null=True)
    owner = serializers.IntegerField(allow_null=True)
    tags = serializers.ListField(child=serializers.IntegerField())
    custom_fields = serializers.DictField()
    consented_at = serializers.DateTimeField(allow_null=True)
    last_active_at = serializers.DateTimeField()
    merged_into = serializers.IntegerField(allow_null=True)
    is_deleted = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()

    def to_representation(self, row: Contact) -> dict[str, Any]:
        return {
            "id": row.pk,
            "name": row.name,
            "display_name": row.display_name,
            "number": row.number or None,
            "username": row.username or None,
            "email": row.email,
            "notes": row.notes,
            "addresses": [
                {"kind": address.kind, "value": address.value} for address in row.known_addresses()
            ],
            "is_blocked": row.is_blocked,
            "is_group": row.is_group,
            "bot_off": row.bot_off,
            "accepts_audio": row.accepts_audio,
            "owner": row.owner_id,
            "tags": row.tag_ids,
            "custom_fields": row.custom_fields,
            "consented_at": row.consented_at,
            "last_active_at": row.last_active_at,
            "merged_into": row.merged_into_id,
            "is_deleted": row.is_deleted,
            "created_at": row.created_at,
            "updated_at": row.updated_at,
            "version": row.version,
        }
