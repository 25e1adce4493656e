"""A PostgreSQL backend whose session always carries the fence of the code that uses it.

Row-level security compares each row with the setting `helpdesk.company`. The setting is brought up to date
before a cursor is handed out, so a pooled or reconnected connection can never keep another company's value.
"""

import select
from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from helpdesk.fence import CLOSED, Fence, current_fence

PLATFORM_ROLE = "helpdesk_platform"
TELL = "SELECT set_config('role', %s, false), set_config('helpdesk.company', %s, false)"


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's PostgreSQL connection plus `_fence`, what the server was last told; None when unsure."""

    _fence: Fence | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        self._fence = CLOSED
        return super().get_new_connection(conn_params)

    def is_usable(self) -> bool:
        """Asked before the first query of each request: a question to the server only when it has spoken.

        Between two requests a healthy server is silent; one that ended or was cut off has closed the line,
        and that can be read.
        """
        if self.connection is None or self.connection.closed:
            return False
        poll = select.poll()
        poll.register(self.connection.fileno(), select.POLLIN | select.POLLPRI)
        return not poll.poll(0) or bool(super().is_usable())

    def create_cursor(self, name: str | None = None) -> Any:
        wanted = current_fence()
        if self._fence != wanted and not self._is_broken():
            self._tell_server(wanted)
        return super().create_cursor(name)

    def _is_broken(self) -> bool:
        """In a failed transaction the server refuses everything but the rollback that is about to come."""
        return bool(self.connection.info.transaction_status == TransactionStatus.INERROR)

    def _tell_server(self, wanted: Fence) -> None:
        self._fence = None  # stays unsure when the statement below fails
        role = PLATFORM_ROLE if wanted.platform else "none"
        company = "" if wanted.company_id is None else str(wanted.company_id)
        with self.connection.cursor() as cursor:
            cursor.execute(TELL, [role, company])
        self._fence = wanted

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc]  # missing in the stubs
        self._fence = None  # a rollback also takes back settings made inside it

    def _rollback(self) -> None:
        super()._rollback()  # type: ignore[misc]
        self._fence = None
