"""Nobody looks at the console: the tab's title, a notification and a sound tell that a customer wrote."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import people

pytestmark = pytest.mark.journey

# Before any script of the page: what the browser is asked to show and play is written on <html>, where a test
# can wait for it, and the tab may be sent to the back.
EARS = """
    window.isAway = false
    window.Notification = class {
        static permission = 'granted'
        static requestPermission = async () => 'granted'
        constructor(title, { body }) {
            const { dataset } = document.documentElement
            dataset.shown = `${dataset.shown ?? ''}[${title}: ${body}]`
        }
        close() {}
    }
    const start = OscillatorNode.prototype.start
    OscillatorNode.prototype.start = function (...when) {
        document.documentElement.dataset.played = 'yes'
        return start.apply(this, when)
    }
    Object.defineProperty(Document.prototype, 'hidden', { get: () => window.isAway })
    Object.defineProperty(Document.prototype, 'visibilityState', { get: () => window.isAway ? 'hidden' : 'visible' })
    Document.prototype.hasFocus = () => !window.isAway
"""
LEAVE = (
    "isAway = true; document.dispatchEvent(new Event('visibilitychange')); dispatchEvent(new Event('blur'))"
)


@pytest.fixture
def away(found, admin, customer):
    """An agent with an open conversation, who then goes to another tab."""
    company = found("itapema")
    company.call("PATCH", "auth/me/", json={"notify_sound": True, "notify_browser": True})
    person = customer(company, "Sonia Sino")
    person.write("alguem?")
    watched = admin(company)
    page = watched.page
    page.context.grant_permissions(["notifications"])
    page.context.add_init_script(EARS)
    page.reload()
    people.open_waiting(page, "alguem?")
    people.accept(page)
    expect(page).to_have_title(re.compile(r"^(?!\()"))  # read, so nothing is counted
    page.evaluate(LEAVE)
    return page, person


def test_a_customer_who_writes_is_announced_and_the_agent_is_not(away):
    page, person = away
    people.answer(page, "ja respondo")
    expect(person.bubble("ja respondo")).to_be_visible()
    html = page.locator("html")
    expect(html).not_to_have_attribute("data-played", "yes")
    person.write("obrigada!")
    expect(html).to_have_attribute("data-shown", "[Sonia Sino: obrigada!]")
    expect(html).to_have_attribute("data-played", "yes")
    expect(page).to_have_title(re.compile(r"^\(1\) "))
