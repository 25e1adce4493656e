"""The OpenAPI document: one error shape for every route, and the events as a union the console compiles against."""

from collections.abc import Callable
from typing import Any

from django.utils.module_loading import import_string
from drf_spectacular.drainage import set_override
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from helpdesk.events import EVENTS, SIGNALS

ERRORS = {
    "400": "A value or the shape of the request is wrong.",
    "401": "No valid access token or key.",
    "402": "The company's plan does not allow more.",
    "403": "The role or key may not do this.",
    "404": "There is no such row in this company.",
    "405": "The route does not know this method.",
    "409": "A business rule refuses; `code` says which.",
    "413": "The body is too large.",
    "415": "The body's media type is not accepted.",
    "429": "Too many requests; see Retry-After.",
}
ERROR = ResolvedComponent(  # type: ignore[no-untyped-call]
    name="Error",
    type=ResolvedComponent.SCHEMA,
    object="Error",
    schema={
        "type": "object",
        "required": ["code", "detail", "fields"],
        "properties": {
            "code": {"type": "string"},
            "detail": {"type": "string"},
            "fields": {"type": "object", "additionalProperties": {}},
            "problems": {
                "type": "object",
                "description": "With `invalid`: by the path of a field, codes for what `fields` says in English.",
                "additionalProperties": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["code"],
                        "properties": {"code": {"type": "string"}, "limit": {"type": "number"}},
                    },
                },
            },
        },
    },
)


class Schema(AutoSchema):
    """Adds to each operation the errors that any of them can give."""

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        operation = super().get_operation(*args, **kwargs)
        if operation is not None:
            self.registry.register_on_missing(ERROR)
            for code, words in ERRORS.items():
                answer = {"description": words, "content": {"application/json": {"schema": ERROR.ref}}}
                operation["responses"].setdefault(code, answer)
        return operation

    def _resolve_path_parameters(self, variables: Any) -> Any:
        """Addresses name rows by number; the pattern that routes them would document text."""
        found = super()._resolve_path_parameters(variables)  # type: ignore[no-untyped-call]
        for parameter in found:
            if parameter["name"] in {"id", "pk"}:
                parameter["schema"] = {"type": "integer", "minimum": 1, "maximum": 10**18 - 1}
        return found

    def get_tags(self) -> list[str]:
        """One group per noun: the first word of the path."""
        words = [word for word in self.path.split("/") if word and not word.startswith("{")]
        return [words[1] if len(words) > 1 else "api"]


class EventsSchema(Schema):
    """Puts the union `ConsoleEvent` among the components, for the console to compile against."""

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        operation = super().get_operation(*args, **kwargs)
        if operation is not None:
            self.resolve_serializer(console_event(), "response")
        return operation


class WallClock(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]  # registers itself
    """A time of day has no zone here, which JSON Schema's format `time` asks for."""

    target_class = "rest_framework.fields.TimeField"

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$"}


class EventNames(serializers.Serializer[Any]):
    events = serializers.ListField(child=serializers.CharField())
    signals = serializers.ListField(child=serializers.CharField())


class EventsView(APIView):
    """What a console's socket can receive; the frames themselves are `ConsoleEvent` in the document."""

    schema = EventsSchema()

    required = {"get": "public"}
    authentication_classes = ()

    @extend_schema(operation_id="events_names", responses=EventNames)
    def get(self, request: Request) -> Response:
        """The names of all events and signals."""
        return Response({"events": sorted(EVENTS), "signals": sorted(SIGNALS)})


def console_event() -> PolymorphicProxySerializer:
    """The union, told apart by `type`."""
    import_string("tenants.events.USER_UPDATED")
    import_string("tickets.events.TICKET_UPDATED")
    import_string("integrations.events.EXAM_UPDATED")
    frames: dict[str, Any] = {
        name: _frame(name, import_string(event.serializer)()) for name, event in EVENTS.items()
    }
    frames |= {name: _frame(name, _fields(name, signal.fields)) for name, signal in SIGNALS.items()}
    return PolymorphicProxySerializer("ConsoleEvent", frames, resource_type_field_name="type", many=False)


def _frame(name: str, data: serializers.BaseSerializer[Any]) -> type[serializers.Serializer[Any]]:
    """An envelope class per event; made once, because the document names components after classes."""
    title = "".join(part.title() for part in name.replace(".", "_").split("_")) + "Frame"
    return type(
        title,
        (serializers.Serializer,),
        {
            "v": serializers.IntegerField(),
            "seq": serializers.IntegerField(),
            "id": serializers.CharField(allow_null=True),
            "type": _constant(name),
            "at": serializers.DateTimeField(),
            "data": data,
        },
    )


def _constant(name: str) -> serializers.Field[Any, Any, Any, Any]:
    field = serializers.CharField()
    set_override(field, "field", {"type": "string", "const": name})
    return field


_FIELDS: dict[str, Callable[..., serializers.Field[Any, Any, Any, Any]]] = {
    "integer": serializers.IntegerField,
    "integers": lambda **given: serializers.ListField(child=serializers.IntegerField(), **given),
    "string": serializers.CharField,
    "boolean": serializers.BooleanField,
    "object": serializers.JSONField,
}


def _fields(name: str, fields: dict[str, str]) -> serializers.Serializer[Any]:
    title = "".join(part.title() for part in name.replace(".", "_").split("_")) + "Data"
    members = {
        field: _FIELDS[kind.rstrip("?")](allow_null=kind.endswith("?")) for field, kind in fields.items()
    }
    made: serializers.Serializer[Any] = type(title, (serializers.Serializer,), members)()
    return made
