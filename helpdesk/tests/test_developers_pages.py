"""The pages for developers, which are loaded when somebody asks for them."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["schema/?format=json", "docs/", "redoc/"])
def test_a_page_opens_as_often_as_it_is_asked_for(page):
    client = Client()
    assert [client.get(f"/api/{page}").status_code for _ in range(2)] == [200, 200]
