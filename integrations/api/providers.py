"""The door to a company's AI providers: accounts, their test, and the models that they offer now."""

from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.errors import Refused
from integrations.actions import checking, providers
from integrations.ai.port import AiError
from integrations.models import AiProvider
from integrations.models.provider import ProviderKind
from integrations.serializers.provider import AiPriceSerializer, AiProviderSerializer
from tenants.authentication import auth_of
from tenants.doors import CompanyViewSet
from tickets.api.shared import DeletedFilter, IdField, NounViewSet, asked, checked

MOST_PRICES = 200


class PricesField(serializers.DictField):
    """{model: {"input", "cached", "output", "minute"}}; kept as decimal text."""

    child = AiPriceSerializer()

    def to_internal_value(self, data: Any) -> dict[str, dict[str, str]]:
        given = super().to_internal_value(data)
        if len(given) > MOST_PRICES or any(not name or len(name) > 120 for name in given):
            raise serializers.ValidationError(
                [f"At most {MOST_PRICES} models with names of up to 120 characters."]
            )
        return {
            name: {part: f"{value:f}" for part, value in price.items() if value is not None}
            for name, price in given.items()
        }


class AiProviderForm(serializers.Serializer[Any]):
    """A blank `base_url` is OpenAI's own. `api_key` is written only; left out, it stays as it is."""

    name = serializers.CharField(max_length=80)
    kind = serializers.ChoiceField(choices=ProviderKind.choices, required=False)
    base_url = serializers.RegexField(
        r"^https?://[^\s/?#@]+[^\s?#@]*$", max_length=300, required=False, allow_blank=True
    )
    api_key = serializers.CharField(max_length=500, required=False, allow_blank=True, write_only=True)
    chat_model = serializers.CharField(max_length=120, required=False, allow_blank=True)
    embedding_model = serializers.CharField(max_length=120, required=False, allow_blank=True)
    transcription_model = serializers.CharField(max_length=120, required=False, allow_blank=True)
    speech_model = serializers.CharField(max_length=120, required=False, allow_blank=True)
    voice = serializers.CharField(max_length=60, required=False, allow_blank=True)
    prices = PricesField(required=False)
    currency = serializers.RegexField(r"^[A-Z]{3}$", required=False)
    monthly_budget = serializers.DecimalField(
        max_digits=12, decimal_places=2, min_value=0, required=False, allow_null=True
    )
    warn_percent = serializers.IntegerField(min_value=1, max_value=100, required=False)
    stop_at_budget = serializers.BooleanField(required=False)
    is_default = serializers.BooleanField(required=False)
    is_on = serializers.BooleanField(required=False)


class AiCheckLineSerializer(serializers.Serializer[Any]):
    """`name` is key, a field that names a model, answer or embedding."""

    name = serializers.CharField()
    ok = serializers.BooleanField()
    code = serializers.CharField(allow_blank=True)
    detail = serializers.CharField(allow_blank=True)
    ms = serializers.IntegerField()


class AiCheckSerializer(serializers.Serializer[Any]):
    ok = serializers.BooleanField()
    checks = AiCheckLineSerializer(many=True)


class ModelsFilter(serializers.Serializer[Any]):
    provider = IdField()


class OfferedModelSerializer(serializers.Serializer[Any]):
    """`shutdown_date`: when the provider will take it away, where it says so."""

    id = serializers.CharField()
    owned_by = serializers.CharField(allow_blank=True)
    shutdown_date = serializers.CharField(allow_null=True)


class OfferedModelsSerializer(serializers.Serializer[Any]):
    results = OfferedModelSerializer(many=True)


class ProviderViewSet(NounViewSet):
    model = AiProvider
    queryset = AiProvider.objects.none()  # for the schema
    serializer_class = AiProviderSerializer
    ordering: tuple[str, ...] = ("id",)
    page_size = 100
    required = {
        "list": "ai.read",
        "create": "ai.write",
        "retrieve": "ai.read",
        "partial_update": "ai.write",
        "destroy": "ai.write",
        "restore": "ai.write",
        "check": "ai.write",
    }

    @extend_schema(parameters=[DeletedFilter])
    def list(self, request: Request) -> Response:
        deleted = asked(DeletedFilter, request)["deleted"]
        return self.page_of(AiProviderSerializer, self.get_queryset().filter(deleted_at__isnull=not deleted))

    @extend_schema(request=AiProviderForm, responses={201: AiProviderSerializer})
    def create(self, request: Request) -> Response:
        provider = providers.create(by=auth_of(request).by, **checked(AiProviderForm, request))
        return Response(AiProviderSerializer(provider).data, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(AiProviderSerializer(self.get_object()).data)

    @extend_schema(request=AiProviderForm)
    def partial_update(self, request: Request, pk: int) -> Response:
        provider = self.get_object()
        given = checked(AiProviderForm, request, partial=True)
        return Response(
            AiProviderSerializer(providers.update(provider, by=auth_of(request).by, **given)).data
        )

    def destroy(self, request: Request, pk: int) -> Response:
        """Nothing asks it any more. What it cost stays in the reports."""
        providers.delete(self.get_object(), by=auth_of(request).by)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: int) -> Response:
        """Bring a removed provider back."""
        return Response(
            AiProviderSerializer(providers.restore(self.get_object(), by=auth_of(request).by)).data
        )

    @extend_schema(request=None, responses=AiCheckSerializer)
    @action(detail=True, methods=["post"])
    def check(self, request: Request, pk: int) -> Response:
        """Ask the provider now: the key, each model's name, and one small question, which costs next to nothing."""
        lines = checking.check(self.get_object(), by=auth_of(request).user)
        return Response({"ok": all(line.ok for line in lines), "checks": [asdict(line) for line in lines]})


class ModelViewSet(CompanyViewSet):
    """What a provider offers; read from it each time, so that no list of names can grow old."""

    model = AiProvider
    queryset = AiProvider.objects.none()  # for the schema
    serializer_class = OfferedModelsSerializer
    required = {"offered": "ai.read"}

    @extend_schema(parameters=[ModelsFilter], operation_id="ai_models_offered")
    def offered(self, request: Request) -> Response:
        """The models of one provider. 409 with an `ai_…` code when it does not answer."""
        self.kwargs["pk"] = asked(ModelsFilter, request)["provider"]
        try:
            rows = checking.models_of(self.get_object())
        except AiError as error:
            raise Refused(f"ai_{error.code}", error.detail or error.code) from error
        shown = [
            {
                "id": str(row["id"]),
                "owned_by": str(row.get("owned_by") or ""),
                "shutdown_date": row.get("shutdown_date"),
            }
            for row in rows
        ]
        return Response({"results": shown})
