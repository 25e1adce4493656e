"""`make screens`: a picture of every screen with the demo's data, light and dark, on a desk and on a phone.

Not collected with the tests (its name does not begin with `test_`); it fails when a screen does not come up.
"""

import io
import re

import pytest
from PIL import Image

from tests.journeys.conftest import ROOT
from tests.journeys.looks import show
from tests.journeys.screens import INSIDE, OUTSIDE
from tests.support.stack import Stack
from whatsapp.demo.cast import AURORA, PASSWORD

pytest_plugins = ["tests.journeys.conftest"]
PLACE = ROOT / "docs/screens"
LOOKS = {"light": ("light", 1440, 900), "dark": ("dark", 1440, 900), "phone": ("light", 360, 780)}
QUALITY = 80
ADMIN = next(person.email for person in AURORA.people if person.role == "admin")


@pytest.fixture(scope="session")
def stack(services, django_db_setup):
    with Stack(services, "pictures", seed=True, extra={"QR_DEVICES": "true"}) as running:
        yield running


@pytest.fixture(scope="session", autouse=True)
def gallery():
    """An empty folder to begin with, and at the end a page that shows what is in it."""
    PLACE.mkdir(parents=True, exist_ok=True)
    for old in PLACE.glob("*.webp"):
        old.unlink()
    yield
    PLACE.joinpath("README.md").write_text(page_of_all())


@pytest.mark.parametrize("look", LOOKS)
def test_every_screen_can_be_shown(look, stack, sign_in, open_page):
    theme, width, height = LOOKS[look]
    options = {"theme": theme, "width": width, "height": height, "language": "pt-BR"}
    outside = open_page("/login", **options).page
    for screen in OUTSIDE:
        take(outside, stack, screen, {}, look)
    inside = sign_in(ADMIN, PASSWORD, **options).page
    rows = chosen(inside)
    for screen in INSIDE:
        take(inside, stack, screen, rows, look)


def take(page, stack, screen, tickets, look):
    show(page, stack.web, screen, tickets, is_phone=look == "phone")
    page.wait_for_load_state("networkidle")  # what comes after the messages: panels, counts, lists of others
    page.evaluate("document.fonts.ready")
    page.wait_for_function("[...document.images].every(image => image.complete)")
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.save(PLACE / f"{slug(screen.name)}-{look}.webp", quality=QUALITY, method=6)


def chosen(page):
    """What the pictures show of: a conversation with much on it, one that waits, a group, a contact, a ready import."""
    everything, waiting, imports = (
        page.evaluate(LIST, f"/api/{path}")
        for path in ("tickets/?tab=all", "tickets/?tab=waiting", "contact-imports/")
    )
    answered = [row for row in everything if row["agent"] and row["status"] == "open"]
    rich = max(answered, key=lambda row: (len(row["tags"]), len(row["participants"]), row["last_message_at"]))
    ready = next(row for row in imports if row["state"] == "ready")
    return {
        "ticket": rich["id"],
        "contact": rich["contact"]["id"],
        "waiting": waiting[0]["id"],
        "group": next(row["id"] for row in everything if row["contact"]["is_group"]),
        "import": ready["id"],
        **machines(page),
    }


def machines(page):
    """The assistant on duty, its newest exam, and the recording that is text by now."""
    paths = ("ai/assistants/", "ai/exams/", "transcriptions/")
    assistants, exams, recordings = (page.evaluate(LIST, f"/api/{path}") for path in paths)
    heard = next(row for row in recordings if row["state"] == "completed")
    silent = next(row for row in assistants if not row["is_on"])  # says why
    return {"assistant": silent["id"], "exam": exams[0]["id"], "recording": heard["id"]}


LIST = """async path => {
    const headers = {"Content-Type": "application/json", "X-Requested-With": "helpdesk"}
    const session = await (await fetch("/api/auth/refresh/", {method: "POST", headers, body: "{}"})).json()
    const answer = await fetch(path, {headers: {Authorization: `Bearer ${session.access}`}})
    return (await answer.json()).results
}"""


def slug(name):
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def page_of_all():
    """A table in Markdown: one row per screen."""
    lines = [
        "# Every screen",
        "",
        "Made by `make screens` with the data of the demo: on a desk in both themes, and on a phone.",
    ]
    for screen in [*OUTSIDE, *INSIDE]:
        name = slug(screen.name)
        lines += ["", f"## {screen.name[0].upper()}{screen.name[1:]}", ""]
        lines += [
            f'<img src="{name}-{look}.webp" alt="{screen.name}, {look}" height="300">' for look in LOOKS
        ]
    return "\n".join(lines) + "\n"
