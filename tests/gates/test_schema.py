"""Schemathesis over the whole API: no 5xx, and nothing that the document does not say."""

import copy
import functools
import random

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis import checks
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.python._constants.orchestrator import make_constants_value_source

from helpdesk.wsgi import application
from tests.gates.rows.tenants import session
from tests.gates.rows.tickets import attachment, connection, contact, message, queue, ticket
from tests.support.client import ApiClient

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]

CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
_known: dict[str, list[str]] = {}


schema = schemathesis.openapi.from_wsgi("/api/schema/?format=json", application)
operations = {
    operation.label: operation for operation in (found.ok() for found in schema.get_all_operations())
}
every_operation = pytest.mark.parametrize("label", operations)
guarded = copy.deepcopy(schema.config)
guarded.phases.coverage.enabled = False  # who is refused at the door need not try every border of a value


@pytest.fixture
def keep_connections():
    """The application closes connections after a request; here they carry the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def admin_headers(acme_world, ana, sales, bruno, settings):
    """An admin's, with a row of everything in the company; sends go nowhere."""
    settings.WHATSAPP_API_ROOT = "http://127.0.0.1:9"
    rows = {
        "tickets": ticket(acme_world),
        "messages": message(acme_world),
        "contacts": contact(acme_world),
        "connections": connection(acme_world),
        "queues": queue(acme_world),
        "media": attachment(acme_world),
        "sessions": session(acme_world),
        "users": bruno,
    }
    _known.clear()
    for noun, row in rows.items():
        _known[noun] = [str(row.uuid) if noun == "media" else str(row.pk)]
    client = ApiClient().sign_in(ana)
    return {"Authorization": f"Bearer {client.signed_in['access']}"}


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    """Half of the time name a row that exists, so that more than 404 is tried."""
    noun = context.operation.path.split("/")[2] if path_parameters else ""
    if noun == "auth":
        noun = "sessions"
    if noun in _known and random.Random(str(path_parameters)).random() < 0.5:
        for name in path_parameters:
            if name in {"id", "pk", "uuid"}:
                path_parameters[name] = _known[noun][0]
    return path_parameters


@every_operation
def test_an_admin_gets_only_documented_answers(label, admin_headers, keep_connections):
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    def ask(case):
        case.call_and_validate(headers=admin_headers, checks=CHECKS)

    try_everything(operations[label], ask)


@every_operation
def test_a_stranger_gets_only_documented_answers(label, keep_connections):
    @settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    def ask(case):
        case.call_and_validate(checks=CHECKS)

    operation = operations[label]
    try_everything(
        operation, ask, config=guarded if operation.definition.raw.get("security") else schema.config
    )


def try_everything(operation, ask, config=schema.config):
    """What `@schema.parametrize()` does, for one operation when its turn comes.

    That would think up the cases of all operations while collecting, 20 seconds in each worker; and a
    schema that includes one operation only is a copy of it all, 18 MB that stay.
    """
    tried = build_operation_test(
        config=config, operation=operation, test_func=ask, given_kwargs={}, feedback=feedback()
    )
    tried()


@functools.cache
def feedback():
    """Constants of our code for the inputs; it reads all modules."""
    return FeedbackSources(constants_value_source=make_constants_value_source(schema))
