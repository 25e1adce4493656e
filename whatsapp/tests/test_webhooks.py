"""Meta calls: who is let in, what is kept, and what is answered."""

import json

import pytest

from whatsapp.tests.conftest import text_from

pytestmark = pytest.mark.django_db


@pytest.fixture
def payloads(acme_world):
    def read():
        from whatsapp.models import Payload

        with acme_world.scope():
            return list(Payload.objects.order_by("id"))

    return read


def test_the_challenge_is_answered_when_the_token_is_right(meta):
    answer = meta.verify("let-me-in")
    assert answer.status_code == 200
    assert answer.content == b"1158201444"
    assert answer["Content-Type"].startswith("text/plain")


def test_a_wrong_verify_token_is_refused(meta):
    assert meta.verify("open-sesame").status_code == 403


def test_an_unknown_address_is_404(meta):
    meta.url = "/api/webhooks/whatsapp/00000000-0000-0000-0000-000000000000/"
    assert meta.post({}).status_code == 404


def test_a_signed_webhook_is_stored_byte_for_byte(meta, number, payloads):
    document = text_from("5511987654321", "Olá 😕")
    assert meta.post(document).status_code == 200
    [stored] = payloads()
    assert bytes(stored.body) == json.dumps(document).encode()


@pytest.mark.parametrize("signature", ["", "sha256=", "sha256=" + "0" * 64, "sha1=abc", "sha256=ü"])
def test_a_wrong_signature_stores_nothing(meta, number, payloads, signature):
    answer = meta.post(text_from("5511987654321", "Oi"), HTTP_X_HUB_SIGNATURE_256=signature)
    assert answer.status_code == 401
    assert payloads() == []


def test_both_secrets_count_while_one_is_rotated(meta, number, whatsapp_app, acme_world, payloads):
    with acme_world.scope():
        whatsapp_app.secrets = ["new-secret", "app-secret"]
        whatsapp_app.save()
    assert meta.post(text_from("5511987654321", "a"), secret="new-secret").status_code == 200
    assert meta.post(text_from("5511987654321", "b"), secret="app-secret").status_code == 200
    assert len(payloads()) == 2


def test_a_body_over_four_megabytes_is_refused_unread(meta, number, payloads):
    assert meta.post(b" " * (4 * 1024 * 1024 + 1)).status_code == 413
    assert payloads() == []


def test_a_repeated_webhook_is_stored_once(meta, number, payloads, messages):
    document = text_from("5511987654321", "Oi")
    assert [meta.post(document).status_code for _ in range(3)] == [200, 200, 200]
    assert len(payloads()) == 1
    assert len(messages()) == 1


def test_signed_bytes_that_are_no_json_are_kept_for_a_person(meta, number, payloads, messages):
    assert meta.post(b"\x00 not json").status_code == 200
    assert meta.post(text_from("5511987654321", "Oi")).status_code == 200
    assert [one.state for one in payloads()] == ["quarantined", "split"]
    assert [one.body for one in messages()] == ["Oi"]


def test_the_answer_does_not_need_redis(meta, number, payloads, monkeypatch):
    import redis

    from whatsapp.actions import inbound

    class Gone:
        def set(self, *args, **kwargs):
            raise redis.ConnectionError

        def delete(self, *args):
            raise redis.ConnectionError

    monkeypatch.setattr(inbound, "redis_connection", Gone)
    monkeypatch.setattr(inbound, "_quiet_until", 0.0)
    assert meta.post(text_from("5511987654321", "Oi")).status_code == 200
    assert [one.state for one in payloads()] == ["new"]
