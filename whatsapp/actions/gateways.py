"""What a gateway says of its session: asked again, and shown on the connection."""

from celery import shared_task

from tenants.scoping import CompanyTask
from tickets.actions import connections
from tickets.models import Connection
from whatsapp.models.payload import Source


@shared_task(base=CompanyTask)
def look(company_id: int, connection_id: int) -> None:
    """The gateway says that its session changed: ask how it is now."""
    found = Connection.objects.live().filter(pk=connection_id, kind=Source.GATEWAY).first()
    if found is not None:
        connections.check(found)
