"""Rules over every route: a new one that breaks a rule, or that no rule covers, fails the build."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenants.roles import AGENT, OPERATOR, PUBLIC, SIGNED_IN
from tests.gates.routes import Route, routes
from tests.gates.rows import rows

pytestmark = pytest.mark.django_db

PUBLIC_ROUTES = {
    "GET api/auth/options/",
    "GET api/bots/files/{token}/{name}",  # a signed address, for an hour
    "GET api/events/",
    "POST api/auth/login/",
    "POST api/auth/logout/",
    "POST api/auth/password/forgot/",
    "POST api/auth/password/reset/",
    "POST api/auth/refresh/",
    "POST api/auth/signup/",
    "POST api/bots/{pk}/answer/",  # with the bot's own token
}
ANY_ROW = {"uuid": "6f3c1f0e-8b7e-4b8e-9d53-0c7b1d1d2a11"}
ALL = routes()
BY_NAME = {str(route): route for route in ALL}


def every(which):
    chosen = [name for name, route in BY_NAME.items() if which(route)]
    assert chosen
    return pytest.mark.parametrize("name", chosen)


def is_company_detail(route: Route) -> bool:
    return bool(route.arguments) and route.needs not in {PUBLIC, OPERATOR}


def send(client, route, **arguments):
    return getattr(client, route.method)(route.address(**arguments), {}, format="json")


@pytest.mark.parametrize("name", BY_NAME)
def test_every_route_declares_a_permission(name):
    assert BY_NAME[name].needs, "add the action to the view's `required` table"


def test_only_the_known_routes_are_public():
    public = {f"{route.method.upper()} {route.path}" for route in ALL if route.needs == PUBLIC}
    assert public == PUBLIC_ROUTES


@every(lambda route: route.needs != PUBLIC)
def test_nobody_enters_without_signing_in(name, anonymous):
    route = BY_NAME[name]
    answer = send(anonymous, route, **{name: ANY_ROW.get(name, "1") for name in route.arguments})
    assert answer.status_code == 401


@every(lambda route: route.needs not in {PUBLIC, SIGNED_IN} and route.needs not in AGENT)
def test_an_agent_is_refused_where_the_table_says_so(name, api):
    route = BY_NAME[name]
    answer = send(api, route, **{name: ANY_ROW.get(name, "1") for name in route.arguments})
    assert answer.status_code == 403


@every(is_company_detail)
def test_another_companys_row_does_not_exist(name, as_, raul, acme_world):
    route = BY_NAME[name]
    make = rows().get(route.model)
    assert make, f"tests/gates/rows cannot make a {route.model}"
    row = make(acme_world)
    arguments = {argument: _value(row, argument) for argument in route.arguments}
    answer = send(as_(raul), route, **arguments)
    assert answer.status_code == 404, answer.content
    assert answer.json()["code"] == "not_found"


def _value(row, argument):
    return {"uuid": getattr(row, "uuid", ""), "name": "a.png"}.get(argument, row.pk)


@every(lambda route: route.is_list and not route.arguments and route.needs != OPERATOR)
def test_a_list_shows_nothing_of_another_company(name, as_, raul, acme_world, rival_world):
    route = BY_NAME[name]
    make = rows()[route.model]
    theirs = make(acme_world)
    ids = [row.get("id") for row in as_(raul).get(route.address()).json()["results"]]
    assert theirs.pk not in ids


@every(lambda route: route.is_list and not route.arguments and route.needs not in {OPERATOR, SIGNED_IN})
def test_a_list_costs_the_same_queries_for_one_row_and_for_twenty(name, as_, ana, acme_world):
    route = BY_NAME[name]
    make = rows()[route.model]
    client = as_(ana)
    make(acme_world)
    client.get(route.address())  # caches that live longer than a request
    few = count(client, route)
    for _ in range(20):
        make(acme_world)
    assert count(client, route) == few


def count(client, route):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(route.address()).status_code == 200
    return len(queries)
