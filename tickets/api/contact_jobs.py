"""The door to acts on many contacts."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.errors import Invalid
from tenants.authentication import auth_of
from tickets.actions import contact_jobs, contacts, fields, jobs
from tickets.actions.contact_acts import ACTS
from tickets.api.contact_filters import ContactFilterBodyField, meant
from tickets.api.jobs import Form, JobViewSet, TagsParams, with_params
from tickets.api.shared import IdField, checked
from tickets.models import Contact, ContactJob
from tickets.models.contact_job import ContactAct
from tickets.models.custom_field import FieldOn
from tickets.serializers.contact_job import ContactJobSerializer


class OwnerParams(serializers.Serializer[Any]):
    owner = IdField(allow_null=True)

    def validate_owner(self, user_id: int | None) -> int | None:
        if user_id is not None and not contacts.may_own(user_id):
            raise serializers.ValidationError("Nobody with this id can own contacts.")
        return user_id


class FieldParams(serializers.Serializer[Any]):
    """Without `value` the field is emptied."""

    field = serializers.CharField(max_length=40)
    value = serializers.JSONField(allow_null=True, default=None)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        key = given["field"]
        try:
            kept = fields.merged(FieldOn.CONTACT, {}, {key: given["value"]})
        except Invalid as error:
            raise serializers.ValidationError({"value": error.fields[key]}) from error
        return {"field": key, "value": kept.get(key)}


PARAMS: dict[str, Form] = {
    ContactAct.TAG: TagsParams,
    ContactAct.UNTAG: TagsParams,
    ContactAct.OWNER: OwnerParams,
    ContactAct.FIELD: FieldParams,
}


class ContactJobForm(serializers.Serializer[Any]):
    """Either `contacts`, or with `all` everything that matches `search`, `filter` and `segment`, without `exclude`.

    `params`: tag, untag {tags}; owner {owner}; field {field, value}.
    """

    action = serializers.ChoiceField(choices=ContactAct.choices)
    params = serializers.JSONField(default=dict)
    contacts = serializers.ListField(child=IdField(), required=False, max_length=contact_jobs.MOST)
    all = serializers.BooleanField(default=False)
    search = serializers.CharField(max_length=100, required=False, allow_blank=True)
    filter = ContactFilterBodyField(required=False)
    segment = IdField(required=False)
    exclude = serializers.ListField(child=IdField(), required=False, max_length=1000)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if ("contacts" in given) == given["all"]:
            raise serializers.ValidationError({"contacts": ["Give either contacts or all."]})
        return with_params(given, PARAMS)


class ContactJobViewSet(JobViewSet):
    model = ContactJob
    queryset = ContactJob.objects.none()  # for the schema
    serializer_class = ContactJobSerializer
    trade = contact_jobs.CONTACTS
    required = {
        "list": "contacts.read",
        "create": "contacts.write",
        "retrieve": "contacts.read",
        "cancel": "contacts.write",
        "undo": "contacts.write",
    }

    @extend_schema(request=ContactJobForm, responses={201: ContactJobSerializer})
    def create(self, request: Request) -> Response:
        """Begin. The answer is the job as it stands; `contact_job.updated` tells how it goes on."""
        given, auth = checked(ContactJobForm, request), auth_of(request)
        self.expect_right(ACTS[given["action"]].needs)
        job = contact_jobs.begin(
            by=auth.by,
            user=auth.user,
            action=given["action"],
            params=given["params"],
            contact_ids=_meant(request, given),
        )
        return self.shown(job, 201)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: int) -> Response:
        """Leave alone what still waits."""
        return self.shown(jobs.cancel(self.trade, self.get_object()))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: int) -> Response:
        """Put back every contact of which nobody has changed the same thing since, within an hour."""
        return self.shown(jobs.take_back(self.trade, self.get_object()))


def _meant(request: Request, given: dict[str, Any]) -> list[int]:
    """Ids of the contacts; one more than is allowed, at most."""
    named = "contacts" in given
    found = Contact.objects.live().filter(pk__in=given["contacts"]) if named else meant(request, given)
    found = found.exclude(pk__in=given.get("exclude", []))
    return list(found.order_by("id").values_list("pk", flat=True)[: contact_jobs.MOST + 1])
