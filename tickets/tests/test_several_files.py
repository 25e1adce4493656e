"""Several files at once: one message each, in their order; what failed is shown and sent again alone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tickets.tests import files
from tickets.transport import Accepted, Refused


@pytest.fixture
def photos(api, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def upload(number):
        file = SimpleUploadedFile(f"{number}.png", files.picture("PNG"), "image/png")
        return api.post("/api/uploads/", {"file": file}, format="multipart").json()["id"]

    return [upload(number) for number in (1, 2, 3)]


def states(api, talk):
    rows = api.get(f"/api/tickets/{talk.pk}/messages/").json()["results"]
    return [(row["attachments"][0]["name"], row["state"]) for row in reversed(rows)]


def test_one_file_that_fails_does_not_stop_the_others(
    say, api, talk, paper, photos, django_capture_on_commit_callbacks
):
    paper.answers = [Accepted("p.1"), Refused("131053", "The file was refused.", ""), Accepted("p.3")]
    sent = say("Veja as fotos", kind="media", attachments=photos)
    assert [sent["body"], *[one["body"] for one in sent["also"]]] == ["Veja as fotos", "", ""]
    assert states(api, talk) == [("1.png", "accepted"), ("2.png", "failed"), ("3.png", "accepted")]
    assert len(paper.sent) == 2
    failed = sent["also"][0]["id"]
    with django_capture_on_commit_callbacks(execute=True):
        assert api.post(f"/api/messages/{failed}/retry/").status_code == 200
    assert states(api, talk) == [("1.png", "accepted"), ("2.png", "accepted"), ("3.png", "accepted")]
    assert len(paper.sent) == 3


def test_a_repeated_request_finds_every_file(say, photos):
    token = "8e0f7a0e-5c0c-4b0e-9b0e-000000000002"
    first = say("Fotos", kind="media", attachments=photos, client_id=token)
    again = say("Fotos", kind="media", attachments=photos, client_id=token, status=200)
    assert [one["id"] for one in again["also"]] == [one["id"] for one in first["also"]]
