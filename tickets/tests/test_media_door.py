"""Stored files: seen by who sees the ticket, in parts when asked, and never able to run a script."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.support.client import ApiClient
from tickets.models import Attachment
from tickets.tests import files

pytestmark = pytest.mark.usefixtures("media_root")


@pytest.fixture
def photo(api, say, paper):
    """A photo that bruno sent; answers the attachment's JSON."""
    file = SimpleUploadedFile("bicicleta azul.jpg", files.picture(), "image/jpeg")
    row = api.post("/api/uploads/", {"file": file}, format="multipart").json()
    return say("", kind="media", attachments=[row["id"]])["attachments"][0]


def body(answer):
    return b"".join(answer.streaming_content)


def test_the_file_comes_back_as_it_was(api, photo):
    answer = api.get(photo["url"])
    assert answer.status_code == 200
    assert body(answer) == files.picture()
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Length"] == str(photo["size"])
    assert answer["Content-Disposition"] == "inline; filename*=UTF-8''bicicleta%20azul.jpg"
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_picture_asks_with_the_cookie_and_accepts_images_only(api, bruno, photo):
    browser = ApiClient()
    login = browser.post(
        "/api/auth/login/", {"email": bruno.email, "password": "correct-horse-battery"}, format="json"
    )
    assert login.status_code == 200
    assert "hd_media" in browser.cookies
    answer = browser.get(photo["url"], HTTP_ACCEPT="image/avif,image/*")
    assert answer.status_code == 200
    assert body(browser.get(photo["thumbnail_url"]))[8:12] == b"WEBP"


def test_nobody_sees_it_without_signing_in(anonymous, photo):
    assert anonymous.get(photo["url"]).status_code == 401


def test_other_companies_and_other_queues_get_404(as_, raul, clara, photo):
    assert as_(raul).get(photo["url"]).status_code == 404
    assert as_(clara).get(photo["url"]).status_code == 404


def test_a_supervisor_sees_it(as_, sofia, photo):
    assert as_(sofia).get(photo["url"]).status_code == 200


def test_an_upload_is_seen_by_who_made_it_only(api, as_, sofia):
    file = SimpleUploadedFile("a.jpg", files.picture(), "image/jpeg")
    row = api.post("/api/uploads/", {"file": file}, format="multipart").json()
    assert api.get(row["url"]).status_code == 200
    assert as_(sofia).get(row["url"]).status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "span"),
    [
        ("bytes=0-9", 206, slice(0, 10)),
        ("bytes=10-", 206, slice(10, None)),
        ("bytes=-5", 206, slice(-5, None)),
        ("bytes=0-999999999", 206, slice(0, None)),
        ("bytes=0-1,4-5", 200, slice(0, None)),
        ("lines=1-2", 200, slice(0, None)),
    ],
)
def test_parts_of_a_file_are_given(api, photo, asked, status, span):
    answer = api.get(photo["url"], HTTP_RANGE=asked)
    assert answer.status_code == status
    assert body(answer) == files.picture()[span]


@pytest.mark.parametrize("asked", ["bytes=999999999-", "bytes=5-2", "bytes=-0"])
def test_a_part_that_is_not_there_is_416(api, photo, asked):
    answer = api.get(photo["url"], HTTP_RANGE=asked)
    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{photo['size']}"


def test_a_current_copy_is_not_sent_again(api, photo):
    etag = api.get(photo["url"])["ETag"]
    assert api.get(photo["url"], HTTP_IF_NONE_MATCH=etag).status_code == 304
    assert api.get(photo["url"], HTTP_IF_RANGE='"other"', HTTP_RANGE="bytes=0-1").status_code == 200


def test_head_tells_the_size_without_the_file(api, photo):
    answer = api.head(photo["url"])
    assert (answer.status_code, answer["Content-Length"]) == (200, str(photo["size"]))


@pytest.mark.parametrize("part", ["?part=playable", "?part=secret", "?part="])
def test_a_part_that_does_not_exist_is_404(api, photo, part):
    assert api.get(photo["url"] + part).status_code == 404


@pytest.mark.parametrize("mime", ["text/html", "image/svg+xml", "application/pdf", "text/plain"])
def test_what_could_run_in_a_browser_is_only_downloaded(api, photo, acme_world, mime):
    with acme_world.scope():
        Attachment.objects.filter(pk=photo["id"]).update(mime=mime)
    answer = api.get(photo["url"])
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] in {"application/octet-stream", "application/pdf", "text/plain"}


def test_a_path_out_of_the_folder_is_never_followed(api, photo, acme_world):
    with acme_world.scope():
        Attachment.objects.filter(pk=photo["id"]).update(path="../../../etc/passwd")
    assert api.get(photo["url"]).status_code == 404
