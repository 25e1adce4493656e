"""An address book is brought in, put in order and taken out again."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.journey

FILE = """Nome;Telefone;E-mail;Etiquetas
Júlia Prado;11 98111-2233;julia@exemplo.com.br;Feira
Julia P.;11 97222-3344;julia.p@exemplo.com.br;Feira
Errado da Silva;12;errado@exemplo.com.br;Feira
Tiago Melo;11 96444-5566;;
"""


def test_an_address_book_in_and_out(found, admin, tmp_path):
    company = found("livraria")
    company.call("POST", "tags/", json={"name": "VIP", "color": "#8a4b08"})
    page = admin(company).page
    path = tmp_path / "clientes.csv"
    path.write_text(FILE, encoding="utf-8")

    import_file(page, path)
    expect(page.get_by_test_id("import-counts")).to_contain_text("3new")
    expect(page.get_by_test_id("import-counts")).to_contain_text("1with errors")
    wrong = saved(page, page.get_by_test_id("import-errors"))
    assert "Errado da Silva" in wrong
    assert "Júlia" not in wrong

    import_file(page, path)  # nobody is there twice
    expect(page.get_by_test_id("import-counts")).to_contain_text("3the same already")
    page.get_by_role("link", name="See contacts").click()
    expect(contacts(page)).to_have_count(3)

    keep_segment(page, tag="Feira", name="Fair")
    expect(page.get_by_role("button", name=re.compile(r"^Fair\s*2$"))).to_be_visible()
    expect(contacts(page)).to_have_count(2)

    merge(page, "Julia P.", with_="Júlia Prado")
    expect(page.get_by_role("heading", level=1)).to_have_text("Julia P.")
    expect(page.get_by_text("julia.p@exemplo.com.br")).to_have_count(0)
    take_apart(page)
    page.get_by_role("link", name="Back").click()
    expect(contacts(page)).to_have_count(3)

    tag_everybody(page, "VIP")
    expect(page.get_by_test_id("contact-job")).to_contain_text("3 contacts changed")
    expect(contacts(page).filter(has_text="VIP")).to_have_count(3)
    page.get_by_test_id("contact-job").get_by_role("button", name="Undo").click()
    expect(page.get_by_test_id("contact-job")).to_contain_text("3 contacts put back")
    expect(contacts(page).filter(has_text="VIP")).to_have_count(0)

    begin_conversation(page, "Tiago Melo")

    page.get_by_test_id("contacts-menu").click()
    table = saved(page, page.get_by_test_id("contacts-export-csv"))
    assert [name for name in ("Júlia Prado", "Julia P.", "Tiago Melo") if name not in table] == []


def import_file(page: Page, path: Path) -> None:
    page.locator('nav a[data-place="/contacts"]').click()
    page.get_by_test_id("contacts-menu").click()
    page.get_by_test_id("contacts-import").click()
    page.get_by_test_id("import-file").set_input_files(str(path))
    expect(page.get_by_role("cell", name="Not a telephone number.")).to_be_visible()
    page.get_by_test_id("import-start").click()


def saved(page: Page, button: Locator) -> str:
    with page.expect_download() as download:
        button.click()
    return Path(download.value.path()).read_text(encoding="utf-8")


def contacts(page: Page) -> Locator:
    return page.locator('[data-testid^="contact-"][role="row"]')


def keep_segment(page: Page, *, tag: str, name: str) -> None:
    page.get_by_test_id("contact-filter").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("button", name="Add a condition").click()
    drawer.get_by_role("combobox", name="Tag", exact=True).click()
    page.get_by_role("option", name=tag).click()
    page.keyboard.press("Escape")
    drawer.get_by_role("button", name="Apply").click()
    page.get_by_role("button", name="Save as a segment").click()
    drawer.get_by_label("Name").fill(name)
    drawer.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def merge(page: Page, name: str, *, with_: str) -> None:
    page.get_by_role("link", name=name).click()
    page.get_by_test_id("contact-menu").click()
    page.get_by_test_id("contact-merge").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("searchbox").fill(with_)
    dialog.get_by_role("button", name=with_).click()
    expect(dialog.get_by_role("radio", name=f"Goes on: {name}")).to_be_checked()
    page.get_by_test_id("merge-confirm").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text(f"{with_} became part of this contact")).to_be_visible()


def take_apart(page: Page) -> None:
    page.get_by_role("button", name="Separate again").click()
    page.get_by_role("dialog").get_by_role("button", name="Separate again").click()
    expect(page.get_by_text("Separated from")).to_be_visible()


def begin_conversation(page: Page, name: str) -> None:
    """On the contact's own page; the number need not be typed again."""
    page.get_by_role("link", name=name).click()
    page.get_by_test_id("contact-start").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Contact")).to_have_value(name)
    dialog.get_by_role("button", name="Start conversation").click()
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("c")


def tag_everybody(page: Page, tag: str) -> None:
    page.get_by_role("checkbox", name="Select those on screen").check()
    page.get_by_test_id("bulk-bar").get_by_role("button", name="Tag").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Tags").click()
    page.get_by_role("option", name=tag).click()
    page.keyboard.press("Escape")
    dialog.get_by_role("button", name="Add tags").click()
