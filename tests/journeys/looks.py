"""How a screen is judged: accessible in both themes, nothing wider than its box, no text forgotten.

People walk from screen to screen within one loaded page, and so do these looks: each begins from nothing (an
address that leads nowhere takes the last screen down). Cold addresses are opened in test_languages.
"""

import re

from tests.journeys.axe import COLOURS, TAGS, violations
from tests.journeys.furnish import conversations
from tests.journeys.screens import INSIDE, OUTSIDE
from tests.journeys.wide import wider

KEY = re.compile(r"^(\w+:)?[a-z][A-Za-z]*(\.[a-z][A-Za-z_]*)+$")  # list.noQueue: a text that is missing
WORDS = """() => {
    const found = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) found.push(walker.currentNode.textContent.trim())
    for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]'))
        for (const name of ['aria-label', 'placeholder', 'title']) found.push(element.getAttribute(name) ?? '')
    return found
}"""
# Rows of a virtual list are hidden until they are measured, and say nothing to a screen reader until then. The
# panel beside a conversation comes once its messages are painted.
SETTLED = """() => !document.querySelector('[aria-busy=true]') &&
    !document.querySelector('[data-panel]:not(:has([data-testid=contact-panel]:not([inert])))') &&
    [...document.querySelectorAll('[role=row], [data-ticket]')]
        .every(row => getComputedStyle(row).visibility === 'visible')"""
THEME = "document.documentElement.dataset.mantineColorScheme"
NOWHERE = "/nowhere"
GO = "path => history.pushState({}, '', path)"
IS_NOWHERE = "() => document.querySelector('main:not(#main) > h1.hd-hidden') !== null"
DESK = {"width": 1440, "height": 900}
TABLET = {"width": 768, "height": 1024}


def faults_inside(company, page, is_phone):
    """What is wrong on the screens of an administrator, by screen."""
    tickets = conversations(company)
    return {screen.name: found for screen in INSIDE if (found := judged(page, screen, tickets, is_phone))}


def faults_outside(page, is_phone):
    """What is wrong on the screens before signing in, by screen."""
    return {screen.name: found for screen in OUTSIDE if (found := judged(page, screen, {}, is_phone))}


def judged(page, screen, tickets, is_phone):
    walk(page, screen, tickets, is_phone)
    if is_phone:
        return problems(page)
    found = problems(page)
    page.set_viewport_size(TABLET)
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    found += [f"on a tablet: {line}" for line in problems(page)]
    page.set_viewport_size(DESK)
    return found


def show(page, base, screen, tickets, is_phone):
    """Open its address in a page that is loaded anew."""
    page.goto(base + screen.path.format(**tickets))
    page.locator("h1").first.wait_for(state="attached")
    bring_up(page, screen, is_phone)


def walk(page, screen, tickets, is_phone):
    """Go there in the page that is loaded, from a place where nothing is left of the last screen."""
    page.evaluate(GO, NOWHERE)
    page.wait_for_function(IS_NOWHERE)
    if screen.path != NOWHERE:
        page.evaluate(GO, screen.path.format(**tickets))
        page.wait_for_function(f"() => document.querySelector('h1') && !({IS_NOWHERE})()")
    bring_up(page, screen, is_phone)


def bring_up(page, screen, is_phone):
    if screen.open:
        page.wait_for_function("!document.querySelector('[aria-busy=true]')")
        screen.open(page, is_phone)
    page.locator(screen.seen).first.wait_for(state="attached" if screen.seen == "h1" else "visible")
    page.wait_for_function(SETTLED)


def problems(page):
    """What axe finds serious, what lies beyond the edge, and which texts are missing."""
    found = []
    is_dark = page.evaluate(THEME) == "dark"
    for theme in ("dark", "light") if is_dark else ("light", "dark"):  # as it is, then the other
        page.emulate_media(color_scheme=theme)
        page.wait_for_function(f"theme => {THEME} === theme", arg=theme)
        rules = TAGS if theme == "light" else COLOURS
        look = f"{theme} {page.viewport_size['width']}"
        found += [f"{theme}: {line}" for line in violations(page, rules, look)]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
        found.append("scrolls sideways")
    found += wider(page)
    return found + [f"missing text {word}" for word in page.evaluate(WORDS) if KEY.match(word)]
