"""A whole installation and a real browser, in which no page may complain."""

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.chaos.storm import Company
from tests.journeys.browser import Watched
from tests.journeys.people import Customer, email_of
from tests.support.stack import Stack

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
]  # fmt: skip
expect.set_options(timeout=15_000)  # how long a busy machine may take; nobody waits when it is quick
WORDS = {"en": "en-GB", "pt-BR": "pt-BR", "es": "es-ES"}


def chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    pytest.fail("No Chromium found: install Debian's `chromium` (`.ci/run` does).")


@pytest.fixture(scope="package")  # its processes would take from the tests that follow
def stack(services: Any, django_db_setup: None) -> Iterator[Stack]:
    assert (ROOT / "console/dist/index.html").exists(), "The console is not built: `make setup`."
    with Stack(services, "journey", ai=True, extra={"QR_DEVICES": "true"}) as running:
        yield running


@pytest.fixture(scope="package")  # Playwright keeps a loop in this thread, which other tests may not share
def chrome(stack: Stack) -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="package")
def found(stack: Stack) -> Callable[[str], Company]:
    """`found("aurora")`: a new company with a connected number and an English-speaking admin."""
    numbers = itertools.count(551140008001)

    def make(name: str) -> Company:
        company = Company(stack, name, str(next(numbers)))
        company.set_up()
        company.call("PATCH", "auth/me/", json={"language": "en"})
        return company

    return make


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


FAILED = pytest.StashKey[bool]()


@pytest.fixture
def open_page(
    chrome: Browser, stack: Stack, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[..., Watched]]:
    """`open_page(path, width=…, theme=…, language=…)`: a fresh browser profile."""
    contexts: list[BrowserContext] = []
    pages: list[Watched] = []

    def make(
        path: str = "/", *, width: int = 1440, height: int = 900, theme: Any = "light", language: str = "en",
        base: str | None = None,
    ) -> Watched:  # fmt: skip
        context = chrome.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme, locale=WORDS[language],
            permissions=["microphone", "clipboard-read", "clipboard-write"], reduced_motion="reduce",
        )  # fmt: skip
        context.set_default_timeout(15_000)
        contexts.append(context)
        watched = Watched(context)
        pages.append(watched)
        watched.page.goto((base or stack.web) + path)
        return watched

    yield make
    if request.node.stash.get(FAILED, True):
        _keep_pictures(pages, tmp_path)
    complaints = [text for page in pages for text in page.complaints]
    for context in contexts:
        context.close()
    assert complaints == []


def _keep_pictures(pages: list[Watched], folder: Path) -> None:
    for number, watched in enumerate(pages):
        path = folder / f"page{number}.png"
        watched.page.screenshot(path=path)
        print(f"What was shown at {watched.page.url}: {path}")


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


@pytest.fixture
def admin(sign_in: Callable[..., Watched]) -> Callable[..., Watched]:
    """`admin(company)`: its administrator at the console."""
    from tests.chaos.storm import PASSWORD

    return lambda company, **options: sign_in(email_of(company), PASSWORD, **options)


@pytest.fixture(scope="session")
def numbers() -> Iterator[int]:
    return itertools.count(5511910000001)


@pytest.fixture
def customer(
    stack: Stack, open_page: Callable[..., Watched], numbers: Iterator[int]
) -> Callable[[Company, str], Customer]:
    """`customer(company, "Maria")`: a person who has the company's chat open on the phone page."""

    def make(company: Company, name: str) -> Customer:
        number = str(next(numbers))
        stack.control("PUT", "personas", json={"id": number, "name": name})
        watched = open_page(f"/phone/{number}", base=stack.emulator)
        return Customer(watched.page, company.phone_number_id, number)

    return make
