"""Files of the built console: those of a later build too, and nothing that lies outside of it."""

import os

import pytest

pytestmark = pytest.mark.django_db
FOREVER = "max-age=315360000, public, immutable"


@pytest.fixture
def built(settings, tmp_path):
    settings.CONSOLE_DIR = tmp_path / "dist"
    (settings.CONSOLE_DIR / "assets").mkdir(parents=True)
    (settings.CONSOLE_DIR / "index.html").write_text("the page")
    return settings.CONSOLE_DIR


def body(answer):
    return b"".join(answer)


def test_files_of_a_new_build_are_served_without_a_restart(client, built):
    assert client.get("/assets/inbox-1.js").status_code == 404
    (built / "assets" / "inbox-1.js").write_text("new")
    answer = client.get("/assets/inbox-1.js")
    assert (answer.status_code, body(answer)) == (200, b"new")
    assert answer.headers["Content-Type"].startswith("text/javascript")


def test_what_carries_a_hash_is_kept_for_ever_and_the_rest_for_a_minute(client, built):
    (built / "assets" / "inbox-1.js").write_text("x")
    (built / "icon.svg").write_text("<svg/>")
    assert client.get("/assets/inbox-1.js").headers["Cache-Control"] == FOREVER
    assert client.get("/icon.svg").headers["Cache-Control"] == "max-age=60, public"


def test_a_file_that_changed_is_served_as_it_is_now(client, built):
    (built / "icon.svg").write_text("<svg/>")
    before = client.get("/icon.svg")
    (built / "icon.svg").write_text("<svg>longer</svg>")
    after = client.get("/icon.svg")
    assert body(after) == b"<svg>longer</svg>"
    assert after.headers["Content-Length"] == "17"
    assert after.headers["ETag"] != before.headers["ETag"]


def test_a_file_that_a_build_took_away_is_missing(client, built):
    path = built / "assets" / "old-1.js"
    path.write_text("old")
    client.get("/assets/old-1.js")
    path.unlink()
    answer = client.get("/assets/old-1.js")
    assert answer.status_code == 404
    assert "immutable" not in answer.headers.get("Cache-Control", "")


def test_browsers_ask_each_time_whether_the_service_worker_changed(client, built):
    assert client.get("/sw.js").status_code == 404
    (built / "sw.js").write_text("self")
    answer = client.get("/sw.js")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Content-Type"].startswith("text/javascript")
    again = client.get("/sw.js", headers={"if-none-match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "path",
    ["/assets/../../secret.txt", "/assets/%2e%2e/%2e%2e/secret.txt", "//secret.txt", "/assets/..%5c..%5csecret.txt",
     "/assets/secret%00.txt", "/.vite/manifest.json", "/assets/linked.txt", "/assets/", "/assets/folder.d"],
)  # fmt: skip
def test_nothing_outside_of_the_console_or_hidden_in_it_is_served(client, built, path):
    secret = built.parent / "secret.txt"
    secret.write_text("secret")
    (built / ".vite").mkdir()
    (built / ".vite" / "manifest.json").write_text("secret")
    (built / "assets" / "folder.d").mkdir()
    os.symlink(secret, built / "assets" / "linked.txt")
    assert b"secret" not in body(client.get(path))


def test_the_page_is_never_served_without_its_nonce(client, built):
    (built / "index.html").write_text("<style nonce=__CSP_NONCE__>")
    assert b"__CSP_NONCE__" not in client.get("/index.html").content
