"""A phone that waits for its QR code: who runs the demo can link a real one, at their own risk."""

from django.conf import settings

from tenants.actions import company
from tickets.actions import connections
from whatsapp.demo.company import Stage

NAME = "Celular do balcão"


def offer_phones(stage: Stage) -> None:
    """Nothing where linked devices are not offered."""
    if settings.QR_DEVICES:
        stage.company = company.set_options({"qr_devices": True}, by=None)
        connections.create(by=None, kind="qr", name=NAME, credentials={"accepts_risk": True})
