"""Makes the vectors of what companies know anew, as after a change of the provider or its model."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from integrations.actions import embedding
from tenants.models import Company
from tenants.scoping import company_scope


class Command(BaseCommand):
    """Words alone answer until the worker of the queue `ai` is done."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("companies", nargs="*", type=int, help="ids; none: every company")

    def handle(self, *args: Any, **options: Any) -> None:
        companies = Company.objects.filter(deleted_at=None).order_by("pk")
        if options["companies"]:
            companies = companies.filter(pk__in=options["companies"])
        for company in companies:
            with company_scope(company.pk):
                embedding.start_over()
            self.stdout.write(f"{company.pk} {company.name}: begun")
