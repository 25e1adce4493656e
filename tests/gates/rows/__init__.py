"""One row of every noun that has a route, in the company of a World: a new noun without one fails the gates."""

from typing import Any

from django.apps import apps

from tests.gates.rows import integrations, tenants, tickets, whatsapp

MAKERS = {**tenants.MAKERS, **tickets.MAKERS, **whatsapp.MAKERS, **integrations.MAKERS}


def rows() -> dict[type, Any]:
    """Model → how to make one."""
    return {apps.get_model(name): make for name, make in MAKERS.items()}
