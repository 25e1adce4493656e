"""Contacts out of files: what is understood, what is done, what is told, and that a second run does nothing."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from tickets.actions import import_work
from tickets.models import Contact, ContactAddress, ContactImport, CustomField, Tag
from tickets.models.contact_import import ImportState

pytestmark = pytest.mark.django_db

FILE = """Nome;Telefone;E-mail;Etiquetas;Responsável
Maria Souza;(11) 98765-4321;MARIA@exemplo.com.br;VIP, Atacado;
João Lima;+55 21 99876-5432;;VIP;Bruno
Loja do Zé;11 3333-4444;;;
"""


@pytest.fixture
def boss(as_, sofia, bruno):
    """Supervisors import; agents do not."""
    return as_(sofia)


def upload(client, content, name="contatos.csv", *, status=201):
    if isinstance(content, str):
        content = content.encode()
    answer = client.post(
        "/api/contact-imports/", {"file": SimpleUploadedFile(name, content)}, format="multipart"
    )
    assert answer.status_code == status, answer.content
    return answer.json()


def run(client, content, **options):
    """Upload, configure, start; answers the import as it ended."""
    job = upload(client, content)
    if options:
        assert client.patch(f"/api/contact-imports/{job['id']}/", options, format="json").status_code == 200
    assert client.post(f"/api/contact-imports/{job['id']}/start/").status_code == 200
    return client.get(f"/api/contact-imports/{job['id']}/").json()


def counts(job):
    return {name: job[name] for name in ("created", "updated", "unchanged", "skipped", "failed") if job[name]}


def workbook(rows):
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def people(client, **asked):
    return {row["name"]: row for row in client.get("/api/contacts/", asked).json()["results"]}


def test_the_columns_of_a_portuguese_sheet_are_understood(boss):
    job = upload(boss, FILE)
    assert job["mapping"] == ["name", "number", "email", "tags", "owner"]
    assert (job["delimiter"], job["has_header"], job["total"], job["state"]) == (";", True, 3, "ready")


def test_columns_without_titles_are_known_by_what_is_in_them(boss):
    job = upload(boss, "Maria,+5511987654321,maria@exemplo.com\nRui,+5511987654322,rui@exemplo.com\n")
    assert (job["has_header"], job["mapping"]) == (False, ["", "number", "email"])


def test_a_preview_says_what_would_happen_and_changes_nothing(boss, acme_world):
    acme_world.contact("Maria", number="551187654321")  # as it was written before the ninth digit
    job = upload(boss, FILE + "Ninguém;123;nada;;\nJoão Lima;21998765432;;;\n")
    seen = boss.get(f"/api/contact-imports/{job['id']}/preview/").json()
    assert seen["counts"] == {"create": 2, "update": 1, "unchanged": 1, "skip": 0, "fail": 1}
    first = seen["rows"][0]
    assert (first["line"], {problem["code"] for problem in first["problems"]}) == (
        5,
        {"number_invalid", "email_invalid"},
    )
    assert set(people(boss)) == {"Maria"}


def test_rows_become_contacts_with_their_tags_owner_and_evidence(boss, bruno, acme_world):
    job = run(boss, FILE)
    assert (job["state"], counts(job)) == ("done", {"created": 3})
    found = people(boss)
    assert found["Maria Souza"]["number"] == "5511987654321"
    assert found["Maria Souza"]["email"] == "maria@exemplo.com.br"
    assert found["João Lima"]["owner"] == bruno.pk
    assert found["Loja do Zé"]["number"] == "551133334444"
    names = {row["id"]: row["name"] for row in boss.get("/api/tags/").json()["results"]}
    assert {names[pk] for pk in found["Maria Souza"]["tags"]} == {"VIP", "Atacado"}
    [evidence] = boss.get(f"/api/contacts/{found['Maria Souza']['id']}/evidence/").json()
    assert (evidence["kind"], evidence["how"]) == ("phone", "import")


def test_the_same_file_again_changes_nothing(boss):
    run(boss, FILE)
    before = people(boss)
    assert counts(run(boss, FILE)) == {"unchanged": 3}
    assert people(boss) == before


def test_a_corrected_file_updates_those_who_are_there(boss):
    run(boss, FILE)
    job = run(boss, FILE.replace("Maria Souza", "Maria de Souza"))
    assert counts(job) == {"updated": 1, "unchanged": 2}
    assert "Maria de Souza" in people(boss)


def test_known_contacts_are_left_alone_on_demand(boss):
    run(boss, FILE)
    job = run(boss, FILE.replace("Maria Souza", "Outra"), on_existing="skip")
    assert counts(job) == {"skipped": 3}
    assert "Outra" not in people(boss)


def test_a_number_in_its_other_spelling_is_the_same_person_and_a_landline_never_is(boss, acme_world):
    acme_world.contact("Velha", number="551187654321")
    acme_world.contact("Loja", number="551133334444")
    job = run(boss, "nome,telefone\nMaria,5511987654321\nOutra loja,5511933334444\n")
    assert counts(job) == {"created": 1, "updated": 1}
    assert {row["number"] for row in people(boss).values()} == {
        "551187654321",
        "551133334444",
        "5511933334444",
    }


def test_what_was_wrong_is_told_row_by_row_and_can_be_fetched_corrected_and_run(boss):
    file = FILE + "Errada;12;sem-arroba;;\nSem dono;11911112222;;;ninguem@x.com\n"
    job = run(boss, file)
    assert counts(job) == {"created": 3, "failed": 2}
    answer = boss.get(f"/api/contact-imports/{job['id']}/errors/")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(answer.streaming_content).decode()
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows[0] == ["Nome", "Telefone", "E-mail", "Etiquetas", "Responsável", "line", "problem"]
    assert rows[1][:3] == ["Errada", "12", "sem-arroba"]
    assert rows[1][5:] == [
        "5",
        "number: This is not a telephone number.; email: This is not an e-mail address.",
    ]
    assert rows[2][5] == "6"
    again = run(boss, text.replace(",12,sem-arroba", ",11911113333,").replace("ninguem@x.com", ""))
    assert counts(again) == {"created": 2}


def test_cells_that_would_run_in_a_spreadsheet_are_text_in_the_error_file(boss):
    job = run(boss, 'nome,telefone\n"=HYPERLINK(""http://x"")",12\n')
    text = b"".join(boss.get(f"/api/contact-imports/{job['id']}/errors/").streaming_content).decode()
    assert "'=HYPERLINK" in text


def test_a_workbook_is_read_as_well_numbers_dates_and_empty_lines_included(boss, acme_world):
    with acme_world.scope():
        CustomField.objects.create(on="contact", key="birthday", label="Aniversário", type="date")
    from datetime import datetime

    book = workbook(
        [
            ["Nome", "Celular", "Aniversário"],
            ["Maria", 5511987654321, datetime(1990, 5, 17)],
            [],
            ["Rui", 12, None],
        ]
    )
    job = run(boss, book)
    assert (job["kind"], counts(job)) == ("xlsx", {"created": 1, "failed": 1})
    maria = people(boss)["Maria"]
    assert (maria["number"], maria["custom_fields"]) == ("5511987654321", {"birthday": "1990-05-17"})
    text = b"".join(boss.get(f"/api/contact-imports/{job['id']}/errors/").streaming_content).decode()
    assert "Rui,12,,4,number" in text


def test_what_excel_writes_on_a_portuguese_windows_is_read(boss):
    job = upload(boss, "Nome;Telefone\nJoão;11987654321\n".encode("cp1252"))
    assert (job["encoding"], job["delimiter"]) == ("cp1252", ";")
    assert "João" in str(boss.get(f"/api/contact-imports/{job['id']}/preview/").json())


PHONE = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Concei=C3=A7=C3=A3o;Jo=C3=A3o;;;
TEL;HOME:1133334444
TEL;CELL;PREF:011 98765-4321
NOTE;ENCODING=QUOTED-PRINTABLE:Vizinho do=
 S=C3=A9rgio
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Maria\\, a da feira
item1.TEL;type=CELL;waid=5511976543210:+55 11 7654-3210
EMAIL;TYPE=INTERNET:maria@exemplo.com
CATEGORIES:Atacado,VIP
END:VCARD
BEGIN:VCARD
VERSION:4.0
ORG:Papelaria Girassol;Compras
TEL;VALUE=uri:tel:+55-31-3344-2211
END:VCARD
BEGIN:VCARD
FN:Sem nada
TEL:*144#
END:VCARD
"""


def test_the_contacts_of_a_phone_come_with_their_source(boss):
    job = run(boss, PHONE)
    assert (job["kind"], counts(job)) == ("vcf", {"created": 3, "failed": 1})
    found = people(boss)
    assert found["João Conceição"]["number"] == "5511987654321"
    assert found["João Conceição"]["notes"] == "Vizinho do Sérgio"
    assert found["Maria, a da feira"]["number"] == "5511976543210"
    assert len(found["Maria, a da feira"]["tags"]) == 2
    assert found["Papelaria Girassol"]["number"] == "553133442211"
    [source] = boss.get(f"/api/contacts/{found['João Conceição']['id']}/evidence/").json()
    assert source["how"] == "import"
    assert counts(run(boss, PHONE)) == {"unchanged": 3, "failed": 1}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "upload_missing"),
        (b"\x00\x01\x02\x03", "sheet_unreadable"),
        (b"PK\x03\x04 not a workbook", "sheet_unreadable"),
        (b"nome,telefone\n", "sheet_empty"),
        (b"\n\n\n", "sheet_empty"),
    ],
)
def test_a_file_that_is_no_table_is_refused(boss, content, code):
    refused = upload(boss, content, status=400)
    assert refused["code"] in {code, "sheet_empty"}


def test_a_file_that_is_too_large_is_refused(boss):
    assert upload(boss, b"a," * 5_000_001, status=413)["code"] == "upload_too_large"


def test_tags_are_put_on_everybody_and_unknown_ones_refused_on_demand(boss, acme_world):
    with acme_world.scope():
        tag = Tag.objects.create(name="Feira 2026").pk
    job = run(boss, FILE, tags=[tag], make_tags=False)
    assert counts(job) == {"created": 1, "failed": 2}
    assert people(boss)["Loja do Zé"]["tags"] == [tag]
    answer = boss.patch(f"/api/contact-imports/{upload(boss, FILE)['id']}/", {"tags": [999]}, format="json")
    assert answer.status_code == 400


def test_a_mapping_that_makes_no_sense_is_refused(boss):
    job = upload(boss, FILE)
    address = f"/api/contact-imports/{job['id']}/"
    for mapping in (["name"], ["name", "name", "", "", ""], ["name", "shoe size", "", "", ""]):
        assert boss.patch(address, {"mapping": mapping}, format="json").json()["code"] == "invalid_mapping"
    boss.patch(address, {"mapping": ["", "", "", "tags", ""]}, format="json")
    assert boss.post(f"{address}start/").json()["code"] == "import_unmapped"


def test_an_import_begins_once_and_what_is_over_is_over(boss):
    job = run(boss, FILE)
    address = f"/api/contact-imports/{job['id']}/"
    assert boss.post(f"{address}start/").json()["code"] == "import_begun"
    assert boss.patch(address, {"region": "BR"}, format="json").status_code == 409
    assert boss.get(f"{address}preview/").status_code == 409
    assert boss.post(f"{address}cancel/").json()["code"] == "import_over"


def test_nobodys_customers_lie_about_when_it_is_over(boss, acme_world):
    job = run(boss, FILE)
    with acme_world.scope():
        assert bytes(ContactImport.objects.get(pk=job["id"]).content) == b""


def test_imports_are_ones_own_and_not_for_agents(boss, api, as_, ana):
    job = upload(boss, FILE)
    assert as_(ana).get(f"/api/contact-imports/{job['id']}/").status_code == 404
    assert api.get("/api/contact-imports/").status_code == 403


def test_a_worker_that_dies_between_two_parts_loses_and_repeats_nothing(boss, acme_world, monkeypatch):
    """The position is committed with its rows; the sweeper finds what stands still and goes on."""
    monkeypatch.setattr(import_work, "PART", 2)
    monkeypatch.setattr(import_work, "TURN", -1.0)  # one part per turn
    monkeypatch.setattr(import_work.work, "nudge", lambda *ids: None)  # every nudge is lost
    rows = "".join(f"Pessoa {n},55119{n:08d}\n" for n in range(5))
    job = upload(boss, "nome,telefone\n" + rows)
    boss.post(f"/api/contact-imports/{job['id']}/start/")
    done = []
    for _ in range(3):
        import_work.work(acme_world.company.pk, job["id"])
        done.append(boss.get(f"/api/contact-imports/{job['id']}/").json()["done"])
    import_work.work(acme_world.company.pk, job["id"])
    assert done == [2, 4, 5]
    with acme_world.scope():
        assert Contact.objects.count() == ContactAddress.objects.count() == 5


def test_the_sweeper_finds_an_import_whose_nudge_was_lost(boss, acme_world):
    from django.test import TestCase

    job = upload(boss, FILE)
    with acme_world.scope():
        lost = ContactImport.objects.filter(pk=job["id"])
        lost.update(state=ImportState.RUNNING, updated_at=now() - timedelta(minutes=5))
    with TestCase.captureOnCommitCallbacks(execute=True):
        import_work.sweep()
    assert boss.get(f"/api/contact-imports/{job['id']}/").json()["state"] == "done"


def test_a_number_that_somebody_takes_meanwhile_fails_its_row_alone(boss, acme_world, monkeypatch):
    from tickets.actions import import_rows

    honest = import_rows.Book.apply

    def slow(book, row):
        if row.values.get("name") == "Maria Souza" and not Contact.objects.filter(name="Rápido"):
            quick = Contact.objects.create(name="Rápido", number="5511987654321")
            ContactAddress.objects.create(contact=quick, kind="phone", value="5511987654321")
        honest(book, row)

    monkeypatch.setattr(import_rows.Book, "apply", slow)
    job = run(boss, FILE)
    assert counts(job) == {"created": 2, "failed": 1}


def test_telling_goes_to_who_imports_and_the_end_is_a_notice(boss, heard):
    run(boss, FILE)
    [*_, last] = heard("contact_import.updated")
    assert (last["data"]["state"], last["data"]["created"]) == ("done", 3)
    told = boss.get("/api/notifications/").json()["results"]
    assert [row["kind"] for row in told] == ["finished"]
