"""Documents are given, read, found, cited, read again and taken away."""

import io
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

pytestmark = pytest.mark.django_db(transaction=True)

EXCHANGE = (
    "# Trocas\n\n## Prazo\n\nVocê pode trocar o produto em até sete dias."
    "\n\n## Frete\n\nO frete da troca é grátis."
)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def boss(as_, sofia):
    return as_(sofia)


def upload(client, name, data, **about):
    file = SimpleUploadedFile(name, data)
    answer = client.post("/api/knowledge/documents/", {"file": file, **about}, format="multipart")
    assert answer.status_code == 201, answer.content
    return read(client, answer.json()["id"])


def read(client, pk):
    return client.get(f"/api/knowledge/documents/{pk}/").json()


def search(client, q, **asked):
    return client.get("/api/knowledge/search/", {"q": q, **asked}).json()


def pdf(*pages, password=""):
    """Each page says one line, in a font that every reader has."""
    writer = PdfWriter()
    for line in pages:
        page = writer.add_blank_page(600, 800)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 50 700 Td ({line}) Tj ET".encode("latin-1"))
        page[NameObject("/Contents")] = stream
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def word():
    document = docx.Document()
    document.add_heading("Garantia", 1)
    document.add_paragraph("A garantia da cafeteira dura dois anos.")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table.rows[0].cells, ["Produto", "Voltagem"], strict=True):
        cell.text = text
    for cell, text in zip(table.rows[1].cells, ["Cafeteira", "220 volts"], strict=True):
        cell.text = text
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def sheet():
    book = openpyxl.Workbook()
    book.active.title = "Prices"
    book.active.append(["Plan", "Monthly price"])
    book.active.append(["Premium", 49.9])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


PAGE = (
    b"<!doctype html><html><head><title>Envios</title></head><body><nav>Inicio</nav><h1>Plazos</h1>"
    b"<p>El pedido llega en cinco d\xc3\xadas h\xc3\xa1biles.</p><script>var x = 1</script></body></html>"
)
FILES = {
    "pdf": (
        "a.pdf",
        pdf("Refunds reach your card within ten business days."),
        "refund on card",
        "ten business",
    ),
    "docx": ("a.docx", word(), "voltagem da cafeteira", "220 volts"),
    "xlsx": ("a.xlsx", sheet(), "premium plan price", "49.9"),
    "html": ("a.html", PAGE, "cuando llega el pedido", "cinco días"),
    "markdown": ("a.md", EXCHANGE.encode(), "prazo de troca", "sete dias"),
    "text": ("a.txt", "O atendimento é das nove às dezoito.".encode("utf-16"), "atendimento", "dezoito"),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_of_every_kind_is_read_and_found(boss, kind):
    name, data, question, said = FILES[kind]
    document = upload(boss, name, data, sector="loja")
    assert (document["state"], document["reason"], document["chunks"]) == (
        "ready",
        "",
        1 + (kind == "markdown") * 0,
    )
    found = search(boss, question)
    assert found["how"] == "text"
    assert said in found["results"][0]["text"]
    assert found["results"][0]["document"] == document["id"]
    assert found["results"][0]["sector"] == "loja"


BROKEN = {
    "empty": ("a.txt", b"  \n "),
    "encrypted": ("a.pdf", pdf("Secret prices of the year.", password="secret")),
    "scanned": ("a.pdf", pdf("1", "2")),
    "broken": ("a.pdf", b"%PDF-1.7 and then nothing that is a file"),
    "unreadable_type": ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0"),
}


@pytest.mark.parametrize("reason", BROKEN)
def test_what_cannot_be_read_says_why(boss, reason):
    document = upload(boss, *BROKEN[reason])
    assert (document["state"], document["reason"]) == ("failed", reason)


def test_a_citation_opens_the_passage_in_its_document(boss):
    document = upload(boss, "trocas.md", (EXCHANGE + "\n\n" + "Outra linha do texto. " * 200).encode())
    cited = search(boss, "prazo de troca")["results"][0]
    assert cited["url"] == f"/knowledge/documents/{document['id']}?chunk={cited['id']}"
    shown = boss.get(f"/api/knowledge/documents/{document['id']}/text/", {"chunk": cited["id"]}).json()
    passage = shown["passage"]
    assert shown["text"][passage["from"] : passage["until"]] == cited["text"]


def test_a_pasted_text_is_read_and_its_sector_can_change(boss):
    given = {"name": "Trocas", "text": EXCHANGE}
    document = boss.post("/api/knowledge/documents/", given, format="json").json()
    boss.patch(f"/api/knowledge/documents/{document['id']}/", {"sector": "vendas"}, format="json")
    assert search(boss, "frete da troca", sector="vendas")["results"]
    assert not search(boss, "frete da troca", sector="suporte")["results"]
    assert boss.get("/api/knowledge/sectors/").json() == {"results": ["vendas"]}


def test_a_deleted_document_is_cited_no_more(boss, tmp_path):
    document = upload(boss, "trocas.md", EXCHANGE.encode())
    assert boss.delete(f"/api/knowledge/documents/{document['id']}/").status_code == 204
    assert boss.get(f"/api/knowledge/documents/{document['id']}/").status_code == 404
    assert not search(boss, "frete da troca")["results"]
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_another_company_sees_and_finds_nothing(boss, as_, raul):
    document = upload(boss, "trocas.md", EXCHANGE.encode())
    rival = as_(raul)
    assert rival.get("/api/knowledge/documents/").json()["results"] == []
    assert rival.get(f"/api/knowledge/documents/{document['id']}/text/").status_code == 404
    assert search(rival, "frete da troca")["results"] == []


def test_an_agent_reads_and_does_not_write(api):
    assert api.get("/api/knowledge/documents/").status_code == 200
    refused = api.post("/api/knowledge/documents/", {"name": "a", "text": "b"}, format="json")
    assert refused.status_code == 403


class Shop(BaseHTTPRequestHandler):
    """Its page moves once; /private leads into the network of the server."""

    def do_GET(self):
        moves = {"/old": "/new", "/private": "http://10.0.0.1/secret"}
        if self.path in moves:
            self.send_response(302)
            self.send_header("Location", moves[self.path])
            self.end_headers()
            return
        self.send_response(200 if self.path == "/new" else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_):
        pass


@pytest.fixture
def shop(settings):
    server = HTTPServer(("127.0.0.1", 0), Shop)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.PRIVATE_HOSTS_ALLOWED = {f"127.0.0.1:{server.server_port}"}
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "state", "reason"),
    [("/old", "ready", ""), ("/gone", "failed", "not_found"), ("/private", "failed", "refused_address")],
)
def test_an_address_is_fetched_and_never_leads_inside(boss, shop, path, state, reason):
    given = boss.post("/api/knowledge/documents/", {"url": shop + path, "sector": "x"}, format="json").json()
    document = read(boss, given["id"])
    assert (document["state"], document["reason"]) == (state, reason)


def test_an_address_inside_our_network_is_refused_at_once(boss):
    answer = boss.post("/api/knowledge/documents/", {"url": "http://10.0.0.1/"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "address_refused")


def test_a_document_is_read_again_and_keeps_what_it_had_when_that_fails(boss, tmp_path):
    document = upload(boss, "trocas.md", EXCHANGE.encode())
    for path in tmp_path.rglob("*"):
        if path.is_file():
            path.unlink()
    again = boss.post(f"/api/knowledge/documents/{document['id']}/reread/")
    assert again.status_code == 200
    assert read(boss, document["id"])["reason"] == "lost"
    assert search(boss, "frete da troca")["results"]
