"""What the doors to acts on many rows share."""

from typing import Any

from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.errors import NotAllowed
from tenants.authentication import auth_of
from tickets.actions import jobs
from tickets.api.shared import NounViewSet, RowField
from tickets.models import Tag

Form = type[serializers.Serializer[Any]]


class TagsParams(serializers.Serializer[Any]):
    tags = serializers.ListField(child=RowField(lambda: Tag.objects.live()), min_length=1, max_length=50)

    def validate_tags(self, tags: list[Tag]) -> list[int]:
        return [tag.pk for tag in tags]


class NoParams(serializers.Serializer[Any]):
    pass


def with_params(given: dict[str, Any], params: dict[str, Form]) -> dict[str, Any]:
    """What was given, its `params` checked by the form of its act. Raises ValidationError."""
    form = params.get(given["action"], NoParams)(data=given["params"])
    if not form.is_valid():
        raise serializers.ValidationError({"params": form.errors})
    return {**given, "params": dict(form.validated_data)}


class JobViewSet(NounViewSet):
    """One sees one's own jobs; a key sees those of keys."""

    trade: jobs.Trade
    serializer_class: Form
    ordering: tuple[str, ...] = ("-id",)
    page_size = 20
    http_method_names = ["get", "post", "head", "options"]

    def get_queryset(self) -> Any:
        return self.trade.job.objects.with_parts().filter(user=auth_of(self.request).user)

    def list(self, request: Request) -> Response:
        """The newest first."""
        return self.page_of(self.serializer_class, self.get_queryset())

    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(self.get_object())

    def shown(self, job: Any, code: int = status.HTTP_200_OK) -> Response:
        return Response(self.serializer_class(job).data, status=code)

    def expect_right(self, needs: str) -> None:
        if needs not in auth_of(self.request).permissions:
            raise NotAllowed("not_allowed", "Your role does not allow this.")
