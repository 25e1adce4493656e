"""The door to acts on many contacts."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.errors import Invalid, NotAllowed
from tenants.authentication import auth_of
from tickets.actions import contact_jobs, contacts, fields
from tickets.actions.contact_acts import ACTS
from tickets.api.contact_filters import ContactFilterBodyField, meant
from tickets.api.shared import IdField, NounViewSet, RowField, checked
from tickets.models import Contact, ContactJob, Tag
from tickets.models.contact_job import ContactAct
from tickets.models.custom_field import FieldOn
from tickets.serializers.contact_job import ContactJobSerializer


class TagsParams(serializers.Serializer[Any]):
    tags = serializers.ListField(child=RowField(lambda: Tag.objects.live()), min_length=1, max_length=50)

    def validate_tags(self, tags: list[Tag]) -> list[int]:
        return [tag.pk for tag in tags]


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


class NoParams(serializers.Serializer[Any]):
    pass


PARAMS: dict[str, type[serializers.Serializer[Any]]] = {
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
        form = PARAMS.get(given["action"], NoParams)(data=given["params"])
        if not form.is_valid():
            raise serializers.ValidationError({"params": form.errors})
        return {**given, "params": dict(form.validated_data)}


class ContactJobViewSet(NounViewSet):
    """One sees one's own jobs; a key sees those of keys."""

    model = ContactJob
    queryset = ContactJob.objects.none()  # for the schema
    serializer_class = ContactJobSerializer
    ordering: tuple[str, ...] = ("-id",)
    page_size = 20
    http_method_names = ["get", "post", "head", "options"]
    required = {
        "list": "contacts.read",
        "create": "contacts.write",
        "retrieve": "contacts.read",
        "cancel": "contacts.write",
        "undo": "contacts.write",
    }

    def get_queryset(self) -> Any:
        return ContactJob.objects.with_parts().filter(user=auth_of(self.request).user)

    def list(self, request: Request) -> Response:
        """The newest first."""
        return self.page_of(ContactJobSerializer, self.get_queryset())

    @extend_schema(request=ContactJobForm, responses={201: ContactJobSerializer})
    def create(self, request: Request) -> Response:
        """Begin. The answer is the job as it stands; `contact_job.updated` tells how it goes on."""
        given, auth = checked(ContactJobForm, request), auth_of(request)
        if ACTS[given["action"]].needs not in auth.permissions:
            raise NotAllowed("not_allowed", "Your role does not allow this.")
        job = contact_jobs.begin(
            by=auth.by,
            user=auth.user,
            action=given["action"],
            params=given["params"],
            contact_ids=_meant(request, given),
        )
        return Response(ContactJobSerializer(job).data, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(ContactJobSerializer(self.get_object()).data)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: int) -> Response:
        """Leave alone what still waits."""
        return Response(ContactJobSerializer(contact_jobs.cancel(self.get_object())).data)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: int) -> Response:
        """Put back every contact of which nobody has changed the same thing since, within an hour."""
        return Response(ContactJobSerializer(contact_jobs.take_back(self.get_object())).data)


def _meant(request: Request, given: dict[str, Any]) -> list[int]:
    """Ids of the contacts; one more than is allowed, at most."""
    named = "contacts" in given
    found = Contact.objects.live().filter(pk__in=given["contacts"]) if named else meant(request, given)
    found = found.exclude(pk__in=given.get("exclude", []))
    return list(found.order_by("id").values_list("pk", flat=True)[: contact_jobs.MOST + 1])
