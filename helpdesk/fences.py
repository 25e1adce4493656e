"""The database fence as SQL: a row-level policy on every table that has a company."""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

SETTING = "nullif(current_setting('helpdesk.company', true), '')::bigint"
POLICY = "company_fence"


def company_tables() -> list[str]:
    """Tables of every model that has a `company` of its own and says so by its base class."""
    return sorted(model._meta.db_table for model in company_models())


def company_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if any(_is_company_base(base) for base in model.__mro__)]


def _is_company_base(base: type[Any]) -> bool:
    return base.__name__ == "CompanyModel" and base.__module__ == "tenants.scoping"


def raise_fences(connection: BaseDatabaseWrapper) -> None:
    """Put the policy on every company table that exists; running it again changes nothing.

    An equality policy costs nothing (PostgreSQL folds it into the index condition); an `OR` would lose the
    index order, so crossing companies is another role's right instead.
    """
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in company_tables():
            if table not in existing:
                continue
            cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
            cursor.execute(f'DROP POLICY IF EXISTS {POLICY} ON "{table}"')
            cursor.execute(
                f'CREATE POLICY {POLICY} ON "{table}" '
                f"USING (company_id = {SETTING}) WITH CHECK (company_id = {SETTING})"
            )
