"""The door to one note about a contact; writing one goes through the contact."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.authentication import auth_of
from tickets.actions import contact_notes
from tickets.api.shared import NounViewSet, checked
from tickets.models import ContactNote
from tickets.serializers.contact_note import ContactNoteSerializer

OF_OTHERS = "company.write"  # administrators remove the notes of others, nobody else does


class ContactNoteForm(serializers.Serializer[Any]):
    body = serializers.CharField(max_length=10_000)


class ContactNoteViewSet(NounViewSet):
    model = ContactNote
    queryset = ContactNote.objects.none()  # for the schema
    serializer_class = ContactNoteSerializer
    http_method_names = ["patch", "delete", "head", "options"]
    required = {"partial_update": "contacts.write", "destroy": "contacts.write"}

    def get_queryset(self) -> Any:
        return ContactNote.objects.with_parts()

    @extend_schema(request=ContactNoteForm)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Its author corrects it."""
        note, given = self.get_object(), checked(ContactNoteForm, request)
        note = contact_notes.correct(note, body=given["body"], by=auth_of(request).user)
        return Response(ContactNoteSerializer(note).data)

    def destroy(self, request: Request, pk: int) -> Response:
        """By its author, or by an administrator."""
        auth = auth_of(request)
        contact_notes.remove(self.get_object(), by=auth.user, of_others=OF_OTHERS in auth.permissions)
        return Response(status=status.HTTP_204_NO_CONTENT)
