"""Every screen on a tablet."""

import pytest

from tests.journeys.looks import faults_inside, faults_outside, furnished

pytestmark = pytest.mark.journey

LOOK = {"width": 768, "language": "es"}


def test_every_screen_of_an_administrator(stack, found, admin):
    company = furnished(found, stack, "quinta")
    company.call("PATCH", "auth/me/", json={"language": LOOK["language"]})
    page = admin(company, **LOOK).page
    assert faults_inside(stack, company, page, is_phone=False) == {}


def test_every_screen_before_signing_in(stack, open_page):
    page = open_page("/login", **LOOK).page
    assert faults_outside(stack, page, is_phone=False) == {}
