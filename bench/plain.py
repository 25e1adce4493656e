"""The least that Django can do here: one indexed row, or forty raw rows. What lists are measured against.

No middleware, no sign-in, no fence: as the tables' owner, under the same server as the product.
"""

import os

import orjson
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

os.environ["DATABASE_URL"] = os.environ["DATABASE_OWNER_URL"]

from helpdesk import settings as product  # reads the environment

COLUMNS = """id, uuid, number, status, contact_id, connection_id, queue_id, agent_id, unread_count,
    last_message_at, opened_at, closed_at, version"""
ROW = f"SELECT {COLUMNS} FROM tickets_ticket WHERE id = %s"
PAGE = f"""SELECT {COLUMNS} FROM tickets_ticket
    WHERE company_id = %s AND status = 'open' AND deleted_at IS NULL
    ORDER BY last_message_at DESC, id DESC LIMIT 40"""


def _answer(statement: str, value: int) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(statement, [value])
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return HttpResponse(orjson.dumps(rows), content_type="application/json")


def one(request: HttpRequest, pk: int) -> HttpResponse:
    return _answer(ROW, pk)


def page(request: HttpRequest, company: int) -> HttpResponse:
    return _answer(PAGE, company)


urlpatterns = [path("rows/<int:pk>", one), path("pages/<int:company>", page)]

settings.configure(
    ALLOWED_HOSTS=["*"],
    DATABASES={
        "default": {
            **product.DATABASES["default"],
            "ENGINE": "django.db.backends.postgresql",
            "TIME_ZONE": None,
        }
    },
    MIDDLEWARE=[],
    ROOT_URLCONF="bench.plain",
    SECRET_KEY="bench",
    USE_TZ=True,
)
application = get_wsgi_application()
