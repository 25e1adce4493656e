"""Every screen, in both themes and at two widths: no serious accessibility issue, no sideways scroll."""

from pathlib import Path

import pytest

from tests.chaos.storm import PASSWORD

pytestmark = pytest.mark.journey

AXE = (Path(__file__).resolve().parents[2] / "console/node_modules/axe-core/axe.min.js").read_text
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCREENS = [
    "/inbox", "/contacts", "/settings/profile", "/settings/security", "/settings/company", "/settings/rules",
    "/settings/team", "/settings/queues", "/settings/connections", "/settings/api-keys", "/settings/audit",
]  # fmt: skip
LOOKS = [("light", 1440), ("dark", 1440), ("light", 360), ("dark", 360)]


def problems(page):
    page.evaluate(AXE())
    found = page.evaluate("tags => axe.run({runOnly: tags})", TAGS)
    return [
        f"{item['id']}: {item['help']} {[node['html'][:120] for node in item['nodes'][:3]]}"
        for item in found["violations"]
        if item["impact"] in {"serious", "critical"}
    ]


def sideways(page):
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")


@pytest.mark.parametrize(("theme", "width"), LOOKS)
def test_screens_of_a_signed_in_admin_are_accessible(sign_in, alpha, theme, width):
    page = sign_in(f"admin@{alpha.name}.example", PASSWORD, theme=theme, width=width).page
    wrong = {}
    for path in SCREENS:
        page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + path)
        page.get_by_role("heading", level=1).first.wait_for()
        page.wait_for_load_state("networkidle")
        if found := problems(page):
            wrong[path] = found
        assert not sideways(page), f"{path} scrolls sideways at {width} px"
    assert wrong == {}


@pytest.mark.parametrize(("theme", "width"), LOOKS)
@pytest.mark.parametrize("path", ["/login", "/signup", "/forgot"])
def test_screens_before_signing_in_are_accessible(open_page, path, theme, width):
    page = open_page(path, theme=theme, width=width).page
    page.get_by_role("heading", level=1).first.wait_for()
    assert problems(page) == []
    assert not sideways(page)
