"""What WhatsApp itself needs to remember: apps at Meta, raw webhooks, and the events found in them."""

from whatsapp.models.app import App
from whatsapp.models.device import Device, DeviceCommand
from whatsapp.models.event import Event, EventLane
from whatsapp.models.payload import Payload
from whatsapp.models.phone_sync import PhoneSync

__all__ = ["App", "Device", "DeviceCommand", "Event", "EventLane", "Payload", "PhoneSync"]
