"""The API's door into a company: the scope opens with the bearer's token and closes with the answer."""

from collections.abc import Hashable
from contextlib import ExitStack
from typing import Any

from rest_framework import viewsets
from rest_framework.request import Request

from helpdesk.lean import Lean
from tenants.scoping import CompanyModel, company_scope
from tenants.statements import Statement


class CompanyDoor(Lean):
    """View mixin: authenticates, then keeps the bearer's company scope open until the answer is rendered."""

    _doors: ExitStack

    def dispatch(self: Any, request: Any, *args: Any, **kwargs: Any) -> Any:
        with ExitStack() as self._doors:
            return super().dispatch(request, *args, **kwargs).render()  # type: ignore[misc]

    def perform_authentication(self: Any, request: Request) -> None:
        super().perform_authentication(request)
        company_id = getattr(request.auth, "company_id", None)
        if company_id is not None:
            self._doors.enter_context(company_scope(company_id))


class CompanyViewSet(CompanyDoor, viewsets.GenericViewSet[Any]):
    """A door to one noun of the company. Subclasses name `model`, `serializer_class` and `required`."""

    model: type[CompanyModel]
    required: dict[str, str]

    def get_queryset(self) -> Any:
        return self.model.objects.all()  # type: ignore[attr-defined]

    def page_from(self, statement: Statement, *shape: Hashable, **values: Any) -> list[Any]:
        """The page that was asked for, from a statement that ends with `a_page(rows, *page)`."""
        paginator: Any = self.paginator
        size, after = paginator.asked(self.request, self, self.model)
        values |= {f"after{place}": value for place, value in enumerate(after)}
        kept: list[Any] = paginator.keep(
            statement.rows(*shape, paginator.ordering, size, bool(after), **values)
        )
        return kept
