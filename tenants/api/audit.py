"""What was done in the company, newest first."""

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins

from tenants.doors import CompanyViewSet
from tenants.models import AuditEntry
from tenants.serializers.audit import AuditEntrySerializer

ACTION = OpenApiParameter("action", str, description="Only entries of this action, such as login.locked.")


@extend_schema_view(list=extend_schema(parameters=[ACTION]))
class AuditViewSet(mixins.ListModelMixin, CompanyViewSet):
    model = AuditEntry
    queryset = AuditEntry.objects.none()
    serializer_class = AuditEntrySerializer
    ordering = ("-id",)
    required = {"list": "audit.read"}

    def get_queryset(self) -> QuerySet[AuditEntry]:
        rows: QuerySet[AuditEntry] = AuditEntry.objects.select_related("actor", "api_key")
        wanted = self.request.query_params.get("action", "").replace("\x00", "")
        return rows.filter(action=wanted) if wanted else rows
