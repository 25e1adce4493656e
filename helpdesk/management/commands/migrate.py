"""`migrate` as the owner of the tables, and the fences after it: no migration can forget one."""

from typing import Any

from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS, connections

from helpdesk.fences import raise_fences


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        if options["database"] == DEFAULT_DB_ALIAS and "owner" in connections.databases:
            options["database"] = "owner"
        super().handle(*args, **options)
        raise_fences(connections[options["database"]])
        connections[options["database"]].close()
