"""The first page of a PDF beside its name: drawn apart, so that no document harms or delays anything."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.testcases import TestCase
from django.utils.timezone import now
from PIL import Image

from tickets.actions import media, previews
from tickets.media import documents
from tickets.models import Attachment, Message
from tickets.tests import files

pytestmark = pytest.mark.usefixtures("media_root")

A4 = (595, 842)


@pytest.fixture
def arrives(acme_world, talk, paper, acme):
    """A customer's document is fetched; answers its row once everything that follows has run."""

    def _arrives(content, name="boleto.pdf", mime="application/pdf"):
        message = acme_world.message(talk, "", kind="document", at=now())
        paper.files["m1"] = content
        with acme_world.scope():
            row = Attachment.objects.create(
                message=message, kind="document", mime=mime, name=name, remote={"id": "m1"}
            )
        with TestCase.captureOnCommitCallbacks(execute=True):
            media.fetch(acme.pk, row.pk)
        with acme_world.scope():
            row.refresh_from_db()
        return row

    return _arrives


@pytest.fixture
def shown(api, talk):
    """The file of the newest message as the thread shows it."""

    def _shown():
        return api.get(f"/api/tickets/{talk.pk}/messages/").json()["results"][0]["attachments"][0]

    return _shown


@pytest.fixture
def upload(api):
    def _upload(content, name="contrato.pdf"):
        file = SimpleUploadedFile(name, content, "application/pdf")
        answer = api.post("/api/uploads/", {"file": file}, format="multipart")
        assert answer.status_code == 201, answer.content
        return answer.json()

    return _upload


def picture(api, row):
    answer = api.get(row["thumbnail_url"])
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    return Image.open(io.BytesIO(b"".join(answer.streaming_content)))


def test_a_document_that_arrives_shows_its_first_page_and_how_many_it_has(api, arrives, shown):
    arrives(files.pdf(A4, A4, A4))
    row = shown()
    assert (row["state"], row["pages"]) == ("stored", 3)
    page = picture(api, row)
    assert page.size == (480, 680)
    assert sum(page.getpixel((240, 100))) < 300
    assert page.getpixel((240, 600)) == (255, 255, 255)


def test_a_document_that_is_sent_shows_its_first_page(api, upload, say, shown, heard):
    file = upload(files.pdf((800, 200)))
    assert (file["pages"], file["thumbnail_url"]) == (None, None)  # nobody waits for it
    say("Segue o contrato", kind="media", attachments=[file["id"]])
    row = shown()
    assert row["pages"] == 1
    assert picture(api, row).size == (480, 120)


def test_consoles_hear_of_it(arrives, shown, acme_world):
    row = arrives(files.pdf(A4))
    with acme_world.scope():
        assert Message.objects.get(pk=row.message_id).version == 3  # it came, it is here, it is drawn


def test_what_is_sent_on_keeps_its_picture(api, arrives, acme_world):
    from tickets.actions import kept_files

    original = arrives(files.pdf(A4))
    with acme_world.scope():
        copy = kept_files.copy_of(original, by=None)
        assert (copy.pages, bool(copy.thumbnail_path)) == (1, True)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 and then nothing that is a file",
        files.pdf(),
        files.pdf(A4, password="segredo"),
        files.pdf(A4)[:300],
        b"%PDF-1.4\n" + b"[" * 200_000,
    ],
    ids=["broken", "no pages", "encrypted", "cut off", "deep"],
)
def test_a_document_that_cannot_be_drawn_is_there_to_download(api, arrives, shown, content):
    arrives(content)
    row = shown()
    assert (row["state"], row["pages"], row["thumbnail_url"]) == ("stored", None, None)
    assert b"".join(api.get(row["url"]).streaming_content) == content


@pytest.mark.parametrize("size", [(14_400, 14_400), (1, 14_400), (14_400, 1), (0.01, 0.01)])
def test_a_page_of_any_size_makes_a_small_picture(api, arrives, shown, size):
    arrives(files.pdf(size))
    row = shown()
    assert row["pages"] == 1
    width, height = picture(api, row).size
    assert width <= 481
    assert height <= 681


def test_a_document_that_takes_too_long_is_given_up(arrives, shown, monkeypatch):
    monkeypatch.setattr(documents, "SECONDS", 0.001)
    arrives(files.pdf(A4))
    assert (shown()["pages"], shown()["thumbnail_url"]) == (None, None)


@pytest.mark.parametrize(
    "program",
    [
        "import os; print(7, flush=True); os.kill(os.getpid(), 11)",
        "print('no number')",
        "print(99999999)",
        "import first_page; first_page.limit(); bytearray(2 * first_page.MEMORY)",
        "import sys; open(sys.argv[2], 'w').write('half'); print(7); sys.exit(1)",
    ],
    ids=["falls", "speaks nonsense", "lies", "wants too much memory", "stops half way"],
)
def test_what_happens_to_the_program_stays_with_it(arrives, shown, monkeypatch, tmp_path, program):
    (tmp_path / "program.py").write_text(
        f"import sys; sys.path.insert(0, {str(documents.PROGRAM.parent)!r}); {program}\n"
    )
    monkeypatch.setattr(documents, "PROGRAM", tmp_path / "program.py")
    row = arrives(files.pdf(A4))
    assert (shown()["state"], shown()["thumbnail_url"]) == ("stored", None)
    assert not list(documents.Path(media.files.absolute(row.path)).parent.glob("*.webp"))


def test_the_sweeper_finds_what_a_lost_nudge_left_and_tries_a_bad_one_once(arrives, shown, acme_world):
    good = arrives(files.pdf(A4))
    with acme_world.scope():
        Attachment.objects.filter(pk=good.pk).update(pages=None, thumbnail_path="")
    with TestCase.captureOnCommitCallbacks(execute=True) as started:
        previews.sweep()
    assert (len(started) > 0, shown()["pages"]) == (True, 1)
    with TestCase.captureOnCommitCallbacks(execute=True) as started:
        previews.sweep()
    assert not started


def test_a_file_that_is_gone_harms_nobody(arrives, shown, acme_world, acme):
    row = arrives(files.pdf(A4))
    with acme_world.scope():
        Attachment.objects.filter(pk=row.pk).update(pages=None, thumbnail_path="")
    media.files.absolute(row.path).unlink()
    previews.draw(acme.pk, row.pk)
    assert (shown()["state"], shown()["thumbnail_url"]) == ("stored", None)


def test_another_company_never_sees_the_first_page(as_, raul, rival, arrives, shown):
    arrives(files.pdf(A4))
    assert as_(raul, rival).get(shown()["thumbnail_url"]).status_code == 404
