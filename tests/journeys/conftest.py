"""A whole installation, a real browser, and what each page must never do: log an error or break its policy."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.chaos.storm import Company
from tests.support.stack import Stack

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
]  # fmt: skip
WORDS = {"en": "en-GB", "pt-BR": "pt-BR", "es": "es-ES"}


def chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    pytest.fail("No Chromium found: install Debian's `chromium` (`.ci/run` does).")


@pytest.fixture(scope="session")
def stack(services: Any, django_db_setup: None) -> Iterator[Stack]:
    assert (ROOT / "console/dist/index.html").exists(), "The console is not built: `make setup`."
    with Stack(services, "journey") as running:
        yield running


@pytest.fixture(scope="session")
def chrome(stack: Stack) -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps a loop in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def alpha(stack: Stack) -> Company:
    company = Company(stack, "alpha", "551140008001")
    company.set_up()
    return company


@pytest.fixture(scope="session")
def beta(stack: Stack) -> Company:
    company = Company(stack, "beta", "551140008002")
    company.set_up()
    return company


class Watched:
    """A browser page, everything that came over its wire, and everything it complained about."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.wire: list[str] = []
        self.complaints: list[str] = []
        self.page.on("websocket", self._listen)
        self.page.on("response", self._read)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._hear)

    def _listen(self, socket: Any) -> None:
        socket.on("framereceived", lambda payload: self.wire.append(str(payload)))

    def _read(self, response: Any) -> None:
        if "/api/" in response.url and "json" in response.headers.get("content-type", ""):
            try:
                self.wire.append(response.text())
            except Exception:  # a page that navigated away no longer has the body
                return

    def _hear(self, message: Any) -> None:
        is_policy = "Content Security Policy" in message.text
        if message.type == "error" and (is_policy or "Failed to load resource" not in message.text):
            self.complaints.append(message.text)


@pytest.fixture
def open_page(chrome: Browser, stack: Stack) -> Iterator[Callable[..., Watched]]:
    """`open_page(path, width=…, theme=…, language=…)`: a fresh browser profile."""
    contexts: list[BrowserContext] = []
    pages: list[Watched] = []

    def make(
        path: str = "/", *, width: int = 1440, height: int = 900, theme: Any = "light", language: str = "en",
        base: str | None = None,
    ) -> Watched:  # fmt: skip
        context = chrome.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme, locale=WORDS[language],
            permissions=["microphone", "clipboard-read", "clipboard-write"],
        )  # fmt: skip
        context.set_default_timeout(15_000)
        contexts.append(context)
        watched = Watched(context)
        pages.append(watched)
        watched.page.goto((base or stack.web) + path)
        return watched

    yield make
    complaints = [text for page in pages for text in page.complaints]
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def sign_in(open_page: Callable[..., Watched]) -> Callable[..., Watched]:
    """Through the login page, as people do."""

    def go(email: str, password: str, **options: Any) -> Watched:
        watched = open_page("/login", **options)
        page = watched.page
        page.locator('input[type="email"]').fill(email)
        page.locator('input[autocomplete="current-password"]').fill(password)
        page.locator('button[type="submit"]').click()
        page.get_by_test_id("tab-waiting").wait_for()
        return watched

    return go
