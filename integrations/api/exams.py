"""Doors to exams: what one would take, beginning one, its cases, judging a case by hand, sets of questions."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.api import Parser
from helpdesk.errors import Invalid, TooLarge
from integrations.actions import exam_estimates, exam_sets, exams
from integrations.models import Assistant, Exam, ExamCase, ExamSet
from integrations.models.exam import ExamSource, Verdict
from integrations.serializers.exam import (
    ExamCaseSerializer,
    ExamEstimateSerializer,
    ExamSerializer,
    ExamSetSerializer,
    ExamSetWholeSerializer,
)
from tenants.authentication import auth_of
from tickets.api.shared import IdField, NounViewSet, RowField, asked, checked, person_behind

SET_BYTES = 5_000_000
FORM_BYTES = 100_000  # what surrounds a file in the body
DEFAULT_SIZE = 20


class ExamFilters(serializers.Serializer[Any]):
    assistant = IdField(required=False)


class CaseFilters(serializers.Serializer[Any]):
    """`open`: what is neither right nor unjudged, to be read first."""

    verdict = serializers.ChoiceField(choices=["open", *Verdict.values], required=False)


class ExamForm(serializers.Serializer[Any]):
    """`questions` is a set; without one, the last closed tickets are taken."""

    assistant = RowField(lambda: Assistant.objects.filter(deleted_at=None).select_related("provider"))
    source = serializers.ChoiceField(  # type: ignore[assignment]  # the form's, not this field's
        choices=ExamSource.choices, default=ExamSource.TICKETS
    )
    questions = RowField(lambda: ExamSet.objects.all(), required=False, allow_null=True, default=None)
    size = serializers.IntegerField(min_value=1, max_value=exams.MOST, default=DEFAULT_SIZE)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if (given["source"] == ExamSource.SET) != (given["questions"] is not None):
            raise serializers.ValidationError({"questions": ["Name the set, and say that it is one."]})
        return {name: value for name, value in given.items() if name != "source"}


class ExamVerdictForm(serializers.Serializer[Any]):
    """A `reason` replaces the judge's."""

    verdict = serializers.ChoiceField(choices=Verdict.choices)
    reason = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")


class ExamSetUpload(serializers.Serializer[Any]):
    """CSV or XLSX with the columns question, expected, needs_person; or JSON: a list of such objects."""

    name = serializers.CharField(max_length=80)
    file = serializers.FileField()


class ExamViewSet(NounViewSet):
    model = Exam
    queryset = Exam.objects.none()  # for the schema
    serializer_class = ExamSerializer
    ordering: tuple[str, ...] = ("-id",)
    page_size = 30
    http_method_names = ["get", "post", "head", "options"]
    required = {
        "list": "ai.read",
        "retrieve": "ai.read",
        "cases": "ai.read",
        "estimate": "ai.write",
        "create": "ai.write",
        "cancel": "ai.write",
        "resume": "ai.write",
    }

    def get_queryset(self) -> Any:
        return Exam.objects.with_parts()

    @extend_schema(parameters=[ExamFilters])
    def list(self, request: Request) -> Response:
        """The newest first."""
        return self.page_of(ExamSerializer, self.get_queryset().filter(**asked(ExamFilters, request)))

    @extend_schema(request=ExamForm, responses={201: ExamSerializer})
    def create(self, request: Request) -> Response:
        """Begin. `exam.updated` tells how it goes on."""
        exam = exams.begin(**checked(ExamForm, request), by=auth_of(request).by)
        return Response(ExamSerializer(exam).data, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(ExamSerializer(self.get_object()).data)

    @extend_schema(request=ExamForm, responses=ExamEstimateSerializer)
    @action(detail=False, methods=["post"])
    def estimate(self, request: Request) -> Response:
        """What such an exam would take. Begins nothing."""
        found = exam_estimates.estimate(**checked(ExamForm, request))
        return Response(ExamEstimateSerializer(found).data)

    @extend_schema(parameters=[CaseFilters], responses=ExamCaseSerializer(many=True))
    @action(detail=True)
    def cases(self, request: Request, pk: int) -> Response:
        """In the order in which they were asked."""
        exam = self.get_object()
        self.ordering = ("position",)
        rows = ExamCase.objects.filter(exam=exam).select_related("ticket", "judged_by")
        verdict = asked(CaseFilters, request).get("verdict")
        if verdict == "open":
            rows = rows.exclude(verdict__in=["", Verdict.RIGHT])
        elif verdict:
            rows = rows.filter(verdict=verdict)
        return self.page_of(ExamCaseSerializer, rows)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: int) -> Response:
        """Leave alone what still waits."""
        return Response(ExamSerializer(exams.cancel(self.get_object(), by=auth_of(request).by)).data)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: int) -> Response:
        """Go on where it failed or was cancelled."""
        return Response(ExamSerializer(exams.resume(self.get_object(), by=auth_of(request).by)).data)


class ExamCaseViewSet(NounViewSet):
    model = ExamCase
    queryset = ExamCase.objects.none()  # for the schema
    serializer_class = ExamCaseSerializer
    http_method_names = ["get", "patch", "head", "options"]
    required = {"retrieve": "ai.read", "partial_update": "ai.write"}

    def get_queryset(self) -> Any:
        return ExamCase.objects.select_related("ticket", "judged_by")

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(ExamCaseSerializer(self.get_object()).data)

    @extend_schema(request=ExamVerdictForm)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Judge it by hand; the score is counted again."""
        case = self.get_object()
        given = checked(ExamVerdictForm, request)
        case = exams.judge_by_hand(case, given["verdict"], by=person_behind(request), note=given["reason"])
        return Response(ExamCaseSerializer(case).data)


class ExamSetViewSet(NounViewSet):
    model = ExamSet
    queryset = ExamSet.objects.none()  # for the schema
    serializer_class = ExamSetSerializer
    parser_classes = [Parser, MultiPartParser]
    ordering: tuple[str, ...] = ("name", "id")
    page_size = 100
    http_method_names = ["get", "post", "delete", "head", "options"]
    required = {"list": "ai.read", "retrieve": "ai.read", "create": "ai.write", "destroy": "ai.write"}

    def get_queryset(self) -> Any:
        return ExamSet.objects.select_related("user")

    def list(self, request: Request) -> Response:
        return self.page_of(ExamSetSerializer, self.get_queryset().defer("questions"))

    @extend_schema(responses=ExamSetWholeSerializer)
    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(ExamSetWholeSerializer(self.get_object()).data)

    @extend_schema(request={"multipart/form-data": ExamSetUpload}, responses={201: ExamSetWholeSerializer})
    def create(self, request: Request) -> Response:
        """Upload questions. The answer says what was understood."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > SET_BYTES + FORM_BYTES:
            raise TooLarge("upload_too_large", "The file is too large.")
        file: Any = request.FILES.get("file")
        if file is None:
            raise Invalid("upload_missing", "Send the file in the form field `file`.")
        if file.size > SET_BYTES:
            raise TooLarge("upload_too_large", "The file is too large.")
        given = checked(ExamSetUpload, request)
        row = exam_sets.keep(given["name"], file.read(), by=auth_of(request).by)
        return Response(ExamSetWholeSerializer(row).data, status=status.HTTP_201_CREATED)

    def destroy(self, request: Request, pk: int) -> Response:
        """Exams that were held with it stay."""
        exam_sets.remove(self.get_object(), by=auth_of(request).by)
        return Response(status=status.HTTP_204_NO_CONTENT)
