"""Every screen on a desk and on a tablet. A file of its own, so that another worker looks at the phones."""

import pytest

from tests.journeys.furnish import furnished
from tests.journeys.looks import faults_inside, faults_outside

pytestmark = pytest.mark.journey

LOOK = {"width": 1440, "language": "es"}


def test_every_screen_of_an_administrator(stack, found, admin):
    company = furnished(found, stack, "fazenda")
    company.call("PATCH", "auth/me/", json={"language": LOOK["language"]})
    page = admin(company, **LOOK).page
    assert faults_inside(company, page, is_phone=False) == {}


def test_every_screen_before_signing_in(open_page):
    page = open_page("/login", **LOOK).page
    assert faults_outside(page, is_phone=False) == {}
