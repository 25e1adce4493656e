"""Contacts as a table: what is in it, that it can be imported again, that nothing in it runs, and who may."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tickets.actions import exports
from tickets.models import ContactTag, CustomField, Tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(as_, sofia):
    return as_(sofia)


@pytest.fixture
def book(acme_world, bruno):
    maria = acme_world.contact(
        "Maria",
        number="5511987654321",
        email="maria@exemplo.com",
        owner=bruno,
        custom_fields={"plan": "gold"},
    )
    with acme_world.scope():
        CustomField.objects.create(on="contact", key="plan", label="Plano")
        ContactTag.objects.create(contact=maria, tag=Tag.objects.create(name="VIP"))
    acme_world.contact('=HYPERLINK("http://x")', number="5511987654322", notes="+1\n@x", is_blocked=True)


def table(client, **asked):
    answer = client.get("/api/contacts/export/", asked)
    assert answer.status_code == 200, answer
    content = b"".join(answer.streaming_content)
    if asked.get("kind") == "xlsx":
        return content
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_table_has_every_contact_with_tags_owner_and_own_fields(boss, book, bruno):
    titles, _, maria = table(boss)
    row = dict(zip(titles, maria, strict=True))
    assert (row["name"], row["number"], row["tags"]) == ("Maria", "5511987654321", "VIP")
    assert (row["owner"], row["Plano"], row["is_blocked"]) == (bruno.email, "gold", "False")


def test_no_cell_runs_in_a_spreadsheet(boss, book):
    titles, row, _ = table(boss)
    assert row[titles.index("name")] == '\'=HYPERLINK("http://x")'
    assert row[titles.index("notes")] == "'+1\n@x"


def test_a_workbook_has_the_same_and_its_cells_are_texts(boss, book):
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(table(boss, kind="xlsx"))).worksheets[0]
    titles, first, second = sheet.iter_rows()
    names = [cell.value for cell in titles]
    risky = first[names.index("name")]
    assert (risky.value, risky.data_type) == ('=HYPERLINK("http://x")', "s")
    assert second[names.index("number")].value == "5511987654321"


def test_what_was_exported_can_be_imported_and_changes_nothing(boss, book):
    for kind in ("csv", "xlsx"):
        answer = boss.get("/api/contacts/export/", {"kind": kind, "search": "maria"})
        file = SimpleUploadedFile(f"a.{kind}", b"".join(answer.streaming_content))
        job = boss.post("/api/contact-imports/", {"file": file}, format="multipart").json()
        boss.post(f"/api/contact-imports/{job['id']}/start/")
        done = boss.get(f"/api/contact-imports/{job['id']}/").json()
        assert (done["state"], done["total"], done["unchanged"]) == ("done", 1, 1)


def test_it_has_what_the_list_shows(boss, book):
    assert [row[1] for row in table(boss, search="maria")[1:]] == ["Maria"]
    blocked = '{"all": [{"key": "blocked", "operator": "is", "value": true}]}'
    assert len(table(boss, filter=blocked)) == 2


def test_any_number_of_contacts_is_read_page_by_page(boss, acme_world, monkeypatch):
    monkeypatch.setattr(exports, "PAGE", 3)
    for number in range(7):
        acme_world.contact(f"Cliente {number}")
    assert [row[1] for row in table(boss)[1:]] == [f"Cliente {number}" for number in reversed(range(7))]


def test_agents_do_not_take_the_address_book_home_and_who_does_is_noted(api, boss, as_, ana, book, sofia):
    assert api.get("/api/contacts/export/").status_code == 403
    table(boss, search="maria")
    [entry] = [
        row for row in as_(ana).get("/api/audit/").json()["results"] if row["action"] == "contacts.exported"
    ]
    assert (entry["data"], entry["actor"]["name"]) == ({"search": "maria"}, "Sofia")
