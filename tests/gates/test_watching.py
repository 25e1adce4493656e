"""Who looks at a conversation, on real sockets."""

import pytest
from django.utils.timezone import now

from tests.support.consoles import Console


@pytest.mark.django_db(transaction=True)
def test_consoles_hear_who_looks_until_the_line_breaks(servers, as_, acme_world, line, bruno, sofia):
    ticket = acme_world.ticket(line, agent=bruno, status="open", opened_at=now())
    one = Console.open(servers.urls[0], as_(bruno).signed_in["access"])
    other = Console.open(servers.urls[1], as_(sofia).signed_in["access"])
    other.say(type="watch", ticket=ticket.pk)
    assert one.until("viewers.changed")["data"] == {
        "ticket": ticket.pk,
        "users": [sofia.pk],
        "answering": None,
    }
    other.line.close()
    assert one.until("viewers.changed")["data"]["users"] == []
    one.line.close()
