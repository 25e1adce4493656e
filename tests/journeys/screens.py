"""Every screen of the console and what can be opened on it; found by place, not by words, so in any language."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

Opener = Callable[[Page, bool], None]  # the page, and whether it is a phone


@dataclass(frozen=True)
class Screen:
    """`path` may hold `{ticket}`; `open` brings up a dialog, drawer or menu, which `seen` waits for."""

    name: str
    path: str
    open: Opener | None = None
    seen: str = "h1"


def press(selector: str) -> Opener:
    return lambda page, is_phone: page.locator(selector).first.click()


def key(name: str) -> Opener:
    return lambda page, is_phone: page.keyboard.press(name)


def transfer(page: Page, is_phone: bool) -> None:
    if is_phone:
        page.get_by_test_id("ticket-menu").click()
    page.get_by_test_id("menu-transfer" if is_phone else "transfer").click()


def panel(page: Page, is_phone: bool) -> None:
    page.get_by_test_id("contact-panel").wait_for()


DIALOG = '[role="dialog"]'
OUTSIDE = [
    Screen("sign in", "/login"),
    Screen("sign up", "/signup"),
    Screen("forgot", "/forgot"),
    Screen("reset", "/reset?token=abc"),
]
INSIDE = [
    Screen("first steps", "/welcome"),
    Screen("nothing waiting for me", "/inbox"),
    Screen("all conversations", "/inbox?tab=all", seen='[data-testid^="ticket-row-"]'),
    Screen("filters", "/inbox?tab=all", press('[data-testid="filters"]'), '[role="menu"]'),
    Screen("new conversation", "/inbox?tab=all", key("c"), DIALOG),
    Screen("conversation", "/inbox?tab=all&ticket={ticket}", seen='[data-testid="composer"]'),
    Screen("contact", "/inbox?tab=all&ticket={ticket}&panel=true", panel, '[data-testid="contact-panel"]'),
    Screen("emoji", "/inbox?tab=all&ticket={ticket}", press('[data-testid="emoji"]'), "[frimousse-viewport]"),
    Screen("transfer", "/inbox?tab=all&ticket={ticket}", transfer, DIALOG),
    Screen("waiting conversation", "/inbox?tab=all&ticket={waiting}", seen='[data-testid="composer-locked"]'),
    Screen("contacts", "/contacts"),
    Screen("a contact", "/contacts", press("tbody button"), DIALOG),
    Screen("team", "/team"),
    Screen("new person", "/team", press("main header button"), DIALOG),
    Screen("queues", "/queues"),
    Screen("new queue", "/queues", press("main header button"), DIALOG),
    Screen("connections", "/connections"),
    Screen("new connection", "/connections", press("main header button"), DIALOG),
    Screen("set up in Meta", "/connections", press("main footer button:nth-of-type(2)"), DIALOG),
    Screen("settings", "/settings"),
    Screen("profile", "/settings/profile"),
    Screen("notifications", "/settings/notifications"),
    Screen("security", "/settings/security"),
    Screen("company", "/settings/company"),
    Screen("rules", "/settings/rules"),
    Screen("API keys", "/settings/api-keys"),
    Screen("new API key", "/settings/api-keys", press("main header button"), DIALOG),
    Screen("audit", "/settings/audit"),
    Screen("not found", "/nowhere"),
    Screen("palette", "/contacts", key("Control+k"), DIALOG),
    Screen("shortcuts", "/contacts", key("?"), DIALOG),
]
