"""How a note about a contact looks."""

from typing import Any

from rest_framework import serializers

from tickets.models import ContactNote


class NoteAuthorSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()


class ContactNoteSerializer(serializers.Serializer[ContactNote]):
    """Without `author` a program wrote it."""

    id = serializers.IntegerField()
    contact = serializers.IntegerField(source="contact_id")
    author = NoteAuthorSerializer(allow_null=True)
    body = serializers.CharField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()
