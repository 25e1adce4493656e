"""The console speaks the language a person chooses, at once and on every screen."""

import pytest
from playwright.sync_api import expect

from tests.journeys.looks import KEY, WORDS, show
from tests.journeys.screens import INSIDE

pytestmark = pytest.mark.journey

TITLES = {"pt-BR": "Meu perfil", "en": "My profile", "es": "Mi perfil"}


def test_choosing_a_language_changes_every_screen(stack, found, admin):
    page = admin(found("girassol"), language="en").page
    page.goto(f"{stack.web}/settings/profile")
    for language, title in TITLES.items():
        page.locator("select").first.select_option(language)
        expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
        expect(page.locator("html")).to_have_attribute("lang", language)
    missing = {}
    for screen in INSIDE:
        if screen.open or screen.seen != "h1" or "{" in screen.path or "tab=" in screen.path:
            continue
        show(page, stack.web, screen, {}, is_phone=False)
        if words := [word for word in page.evaluate(WORDS) if KEY.match(word)]:
            missing[screen.name] = words
    assert missing == {}
