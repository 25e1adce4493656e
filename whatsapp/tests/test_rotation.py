"""Secrets are changed while webhooks keep coming: none is refused on the way."""

import pytest

from tests.emulator.conftest import LINE, SECRET
from whatsapp.cloud_api import apps
from whatsapp.models import App
from whatsapp.tests import pasting
from whatsapp.tests.conftest import Meta, text_from
from whatsapp.tests.pasting import NUMBER, VALUES

pytestmark = pytest.mark.django_db
NEW = "the-new-app-secret"


@pytest.fixture
def emulator(running, settings):
    return pasting.with_number(running, settings, NUMBER)


@pytest.fixture
def admin(as_, ana):
    return as_(ana)


@pytest.fixture
def connection(admin, emulator):
    body = {"name": "Loja", "kind": "cloud_api", "credentials": VALUES}
    return admin.post("/api/connections/", body, format="json").json()


@pytest.fixture
def app(connection, acme_world):
    with acme_world.scope():
        return App.objects.get()


@pytest.fixture
def meta(app, anonymous):
    return Meta(app, anonymous)


def act(client, app, what, **body):
    return client.post(f"/api/meta-apps/{app.pk}/{what}/", body, format="json")


def change_at_meta(emulator, secret):
    emulator.ctl("numbers", {"phone_number_id": LINE, "app_secret": secret}, "PUT")


def test_while_a_secret_is_changed_webhooks_signed_with_either_count(admin, emulator, app, meta):
    assert meta.post(text_from("5511987654321", "antes"), secret=SECRET).status_code == 200
    change_at_meta(emulator, NEW)
    answer = act(admin, app, "rotate-secret", app_secret=NEW)
    assert answer.status_code == 200, answer.content
    assert [one["is_used"] for one in answer.json()["secrets"]] == [False, True]
    for secret in (SECRET, NEW):
        assert meta.post(text_from("5511987654321", "depois"), secret=secret).status_code == 200


def test_a_secret_that_meta_does_not_know_changes_nothing(admin, app, meta):
    answer = act(admin, app, "rotate-secret", app_secret="a-slip-of-the-hand")
    assert (answer.status_code, answer.json()["code"]) == (409, "app_secret_wrong")
    assert meta.post(text_from("5511987654321", "oi"), secret=SECRET).status_code == 200


def test_the_old_secret_goes_when_meta_signs_with_the_new_one(admin, emulator, app, meta):
    meta.post(text_from("5511987654321", "com a antiga"), secret=SECRET)
    change_at_meta(emulator, NEW)
    act(admin, app, "rotate-secret", app_secret=NEW)
    assert act(admin, app, "retire-secrets").json()["code"] == "secret_in_use"
    meta.post(text_from("5511987654321", "com a nova"), secret=NEW)
    assert [one["is_newest"] for one in act(admin, app, "retire-secrets").json()["secrets"]] == [True]
    assert meta.post(text_from("5511987654321", "antiga"), secret=SECRET).status_code == 401


def test_a_process_that_has_not_heard_of_the_new_secret_looks_again(admin, emulator, app, meta):
    meta.post(text_from("5511987654321", "oi"), secret=SECRET)
    remembered = apps._by_uuid[app.uuid]
    change_at_meta(emulator, NEW)
    act(admin, app, "rotate-secret", app_secret=NEW)
    apps._by_uuid[app.uuid] = remembered  # as in another process
    assert meta.post(text_from("5511987654321", "nova"), secret=NEW).status_code == 200


def test_both_verify_tokens_answer_until_meta_knows_the_new_one(admin, app, meta):
    old = app.verify_token
    row = act(admin, app, "rotate-verify-token").json()
    assert row["verify_token"] != old and row["accepts_former_token"]
    assert meta.verify(old).status_code == meta.verify(row["verify_token"]).status_code == 200
    assert meta.verify("another").status_code == 403


def test_an_access_token_is_tried_before_it_replaces_the_old_one_everywhere(admin, emulator, connection):
    second = {"phone_number_id": "100000000000002", "display_phone_number": "+55 11 4000-0002"}
    emulator.ctl("numbers", {**NUMBER, **second}, "PUT")
    other = {
        "name": "Filial",
        "kind": "cloud_api",
        "credentials": {**VALUES, "phone_number_id": "100000000000002"},
    }
    admin.post("/api/connections/", other, format="json")
    path = f"/api/connections/{connection['id']}/cloud/token/"
    assert (
        admin.post(path, {"access_token": "EAAB-wrong-token"}, format="json").json()["code"]
        == "token_invalid"
    )
    for number in (LINE, "100000000000002"):
        emulator.ctl("numbers", {"phone_number_id": number, "access_token": "EAAB-renewed-token"}, "PUT")
    assert admin.post(path, {"access_token": "EAAB-renewed-token"}, format="json").status_code == 200
    rows = admin.get("/api/audit/").json()["results"]
    assert [row["action"] for row in rows[:2]] == ["connection.token_rotated"] * 2
    assert "EAAB" not in str(rows)


def test_secrets_never_come_out(admin, app):
    act(admin, app, "rotate-verify-token")
    for answer in (admin.get("/api/meta-apps/"), admin.get("/api/audit/")):
        assert SECRET not in answer.content.decode()
