"""What the doors of this app share: reading a body and a query string, and rows that they name."""

import functools
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.errors import NotAllowed
from tenants.doors import CompanyViewSet
from tenants.models import User

BIGGEST = 2**63 - 1


class NounViewSet(CompanyViewSet):
    """The door to one noun: rows are changed in part, never replaced."""

    lookup_value_regex = "[0-9]{1,18}"
    http_method_names = ["get", "post", "patch", "delete", "head", "options"]

    def page_of(self, serializer: type[serializers.Serializer[Any]], rows: Any) -> Response:
        """The part of `rows` that was asked for, with the address of the next."""
        page: Any = self.paginate_queryset(rows)
        return self.get_paginated_response(serializer(page, many=True).data)


class IdField(serializers.IntegerField):
    """The id of a row."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=BIGGEST, **kwargs)


class RowField(IdField):
    """The id of a row of this company; becomes the row. `find` is called inside the company's scope."""

    def __init__(self, find: Callable[[], QuerySet[Any]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.find = find

    def run_validation(self, data: Any = serializers.empty) -> Any:
        pk = super().run_validation(data)
        if pk is None or pk is serializers.empty:
            return pk
        row = self.find().filter(pk=pk).first()
        if row is None:
            raise ValidationError([f"There is no row {pk}."], code="does_not_exist")
        return row


def checked(
    form: type[serializers.Serializer[Any]], request: Request, *, partial: bool = False
) -> dict[str, Any]:
    """The body, understood. Raises ValidationError."""
    return dict(_form(form, partial).run_validation(request.data))


def asked(form: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """The query string, understood. Raises ValidationError."""
    return dict(_form(form, False).run_validation(request.query_params))


@functools.cache
def _form(form: type[serializers.Serializer[Any]], partial: bool) -> serializers.Serializer[Any]:
    """A form keeps nothing of what it checks, and copying its fields takes longer than checking with them."""
    return form(partial=partial)


def person_behind(request: Request) -> User:
    """Some things are done by people only."""
    if request.user is None:
        raise NotAllowed("person_needed", "Only a person can do this, not a key.")
    user: User = request.user  # type: ignore[assignment]
    return user


class DeletedFilter(serializers.Serializer[Any]):
    """Lists show what is there; `deleted=true` shows what was deleted and can come back."""

    deleted = serializers.BooleanField(default=False)
