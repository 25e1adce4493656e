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


def from_menu(verb: str) -> Opener:
    """One of the acts behind the three dots of a conversation."""

    def go(page: Page, is_phone: bool) -> None:
        page.get_by_test_id("ticket-menu").click()
        page.get_by_test_id(f"menu-{verb}").click()

    return go


def way(kind: str) -> Opener:
    """One of the ways to connect a number."""

    def go(page: Page, is_phone: bool) -> None:
        page.locator("main header button").first.click()
        page.get_by_test_id(f"connect-{kind}").click()

    return go


def choose(page: Page, is_phone: bool) -> None:
    page.locator("[role=row] input[type=checkbox]").nth(1).check()


def move(page: Page, is_phone: bool) -> None:
    page.locator("main li[aria-labelledby] footer button:last-child").first.click()
    page.get_by_test_id("move-number").click()


DIALOG = '[role="dialog"]'
CODE = f"{DIALOG} svg[role=img], {DIALOG} [role=status]"  # where no host makes one: that it is being prepared
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
    Screen("filters", "/inbox?tab=all&unread=true", press('[data-testid="filters"]'), DIALOG),
    Screen("orders of the list", "/inbox?tab=all", press('[data-testid="sort"]'), '[role="menu"]'),
    Screen("views", "/inbox?tab=all", press('[data-testid="manage-views"]'), DIALOG),
    Screen("some chosen", "/inbox?tab=all", press('[data-testid^="pick-"]'), '[data-testid="bulk-bar"]'),
    Screen("search", "/inbox", key("/"), '[data-testid="search-field"]'),
    Screen("new conversation", "/inbox?tab=all", key("c"), DIALOG),
    Screen("conversation", "/inbox?tab=all&ticket={ticket}", seen='[data-testid="composer"]'),
    Screen("contact", "/inbox?tab=all&ticket={ticket}&panel=true", panel, '[data-testid="contact-panel"]'),
    Screen(
        "builder",
        "/inbox?tab=all&ticket={ticket}",
        press('[data-testid="interactive"]'),
        '[data-testid="builder"]',
    ),
    Screen(
        "copilot",
        "/inbox?tab=all&ticket={ticket}",
        press('[data-testid="copilot"]'),
        '[data-testid="copilot-take"]',
    ),
    Screen("emoji", "/inbox?tab=all&ticket={ticket}", press('[data-testid="emoji"]'), "[frimousse-viewport]"),
    Screen("transfer", "/inbox?tab=all&ticket={ticket}", transfer, DIALOG),
    Screen("snooze", "/inbox?tab=all&ticket={ticket}", from_menu("snooze"), DIALOG),
    Screen("priority", "/inbox?tab=all&ticket={ticket}", from_menu("priority"), DIALOG),
    Screen("tags of a conversation", "/inbox?tab=all&ticket={ticket}", from_menu("tags"), DIALOG),
    Screen("participants", "/inbox?tab=all&ticket={ticket}", from_menu("people"), DIALOG),
    Screen("merge", "/inbox?tab=all&ticket={ticket}", from_menu("merge"), DIALOG),
    Screen("waiting conversation", "/inbox?tab=all&ticket={waiting}", seen='[data-testid="composer-locked"]'),
    Screen("a group", "/inbox?tab=all&ticket={group}", seen='[data-testid^="bubble-"]'),
    Screen(
        "people of a group",
        "/inbox?tab=all&ticket={group}&panel=true",
        panel,
        '[data-testid="group"]',
    ),
    Screen("contacts", "/contacts"),
    Screen("filter of contacts", "/contacts", press('[data-testid="contact-filter"]'), DIALOG),
    Screen("chosen contacts", "/contacts", choose, '[data-testid="bulk-bar"]'),
    Screen("more about contacts", "/contacts", press('[data-testid="contacts-menu"]'), '[role="menu"]'),
    Screen("a contact", "/contacts/{contact}", seen="ol li"),
    Screen("imports", "/contacts/imports"),
    Screen("an import", "/contacts/imports/{import}", seen='[data-testid="import-start"]'),
    Screen("duplicates", "/contacts/duplicates", seen="[data-testid^=pair-]"),
    Screen("team", "/team"),
    Screen("new person", "/team", press("main header button"), DIALOG),
    Screen("queues", "/queues"),
    Screen("new queue", "/queues", press("main header button"), DIALOG),
    Screen("connections", "/connections"),
    Screen("ways to connect", "/connections", press("main header button"), DIALOG),
    Screen("new connection", "/connections", way("paste"), '[inputmode="numeric"]'),
    Screen("Meta's window", "/connections", way("meta"), '[data-testid="open-signup"]'),
    Screen("keep the phone", "/connections", way("phone"), '[data-testid="open-signup"]'),
    Screen("new gateway", "/connections", way("gateway"), '[inputmode="url"]'),
    Screen("code of a phone", "/connections", press('[data-testid="pair-phone"]'), CODE),
    Screen("another way to connect", "/connections", move, f"{DIALOG} [type=radio]"),
    Screen("set up in Meta", "/connections", press("main footer button:nth-of-type(2)"), DIALOG),
    Screen("settings", "/settings"),
    Screen("profile", "/settings/profile"),
    Screen("notifications", "/settings/notifications"),
    Screen("security", "/settings/security"),
    Screen("company", "/settings/company"),
    Screen("rules", "/settings/rules"),
    Screen("tags and fields", "/settings/labels"),
    Screen("assistants", "/settings/assistants"),
    Screen("new assistant", "/settings/assistants", press("[data-testid=new-assistant]"), DIALOG),
    Screen("an assistant", "/settings/assistants/{assistant}", seen='[data-testid="silence"]'),
    Screen("a tool of assistants", "/settings/assistants", press("main tbody button:has(code)"), DIALOG),
    Screen("new tool of assistants", "/settings/assistants", press("[data-testid=new-tool]"), DIALOG),
    Screen("new tag", "/settings/labels", press("main section button"), DIALOG),
    Screen("business hours", "/settings/hours"),
    Screen("new hours", "/settings/hours", press("main header button"), DIALOG),
    Screen("menus", "/settings/menus"),
    Screen("new menu", "/settings/menus?menu=new"),
    Screen("automatic texts", "/settings/messages"),
    Screen("privacy", "/settings/privacy"),
    Screen("distribution", "/settings/distribution"),
    Screen("service levels", "/settings/sla"),
    Screen("new policy", "/settings/sla", press("main header button"), DIALOG),
    Screen("quick replies", "/settings/quick-replies"),
    Screen("new quick reply", "/settings/quick-replies", press("main header button"), DIALOG),
    Screen("templates", "/settings/templates"),
    Screen("new template", "/settings/templates", press("main header button"), DIALOG),
    Screen("a template", "/settings/templates", press("main tbody button"), DIALOG),
    Screen("knowledge", "/knowledge"),
    Screen("a document of knowledge", "/knowledge", press("main tbody button"), DIALOG),
    Screen("answers", "/knowledge?tab=answers"),
    Screen("answers to review", "/knowledge?tab=review"),
    Screen("search of knowledge", "/knowledge?tab=search"),
    Screen("macros", "/settings/macros"),
    Screen("new macro", "/settings/macros", press("main header button"), DIALOG),
    Screen("scheduled messages", "/settings/schedules"),
    Screen("new scheduled message", "/settings/schedules", press("main header button"), DIALOG),
    Screen("ratings", "/settings/ratings"),
    Screen("rating question", "/settings/ratings", press("[data-testid=rating-settings]"), DIALOG),
    Screen("exams", "/settings/exams", seen="main tbody button"),
    Screen("an exam", "/settings/exams/{exam}", seen='[data-testid="override"]'),
    Screen("new exam", "/settings/exams", press('[data-testid="new-exam"]'), DIALOG),
    Screen("bots of others", "/settings/bots", seen="main tbody button"),
    Screen("a bot", "/settings/bots", press("main tbody button"), DIALOG),
    Screen("new bot", "/settings/bots", press("main header button"), DIALOG),
    Screen("talks", "/settings/talks"),
    Screen("recordings", "/settings/recordings", seen="main tbody button"),
    Screen("a recording", "/settings/recordings/{recording}", seen='[data-testid="utterances"]'),
    Screen("API keys", "/settings/api-keys"),
    Screen("new API key", "/settings/api-keys", press("main header button"), DIALOG),
    Screen("costs", "/settings/costs", seen="main form"),
    Screen("AI providers", "/settings/ai", seen="main tbody button"),
    Screen("an AI provider", "/settings/ai", press("main tbody button"), DIALOG),
    Screen("AI usage", "/settings/ai-usage", seen="main table"),
    Screen("audit", "/settings/audit"),
    Screen("ledger", "/settings/ledger", seen="td"),
    Screen("a fact", "/settings/ledger", press("td button"), DIALOG),
    Screen("attempts to send", "/settings/ledger?show=attempts", seen="td"),
    Screen("webhooks", "/settings/ledger?show=payloads", seen="td"),
    Screen("replay", "/settings/ledger", press('[data-testid="ledger-replay"]'), DIALOG),
    Screen("not found", "/nowhere"),
    Screen("palette", "/contacts", key("Control+k"), DIALOG),
    Screen("shortcuts", "/contacts", key("?"), DIALOG),
]
