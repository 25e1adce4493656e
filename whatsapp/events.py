"""Events of the WhatsApp edge."""

from helpdesk.events import event

DEVICE_UPDATED = event("device.updated", "whatsapp.serializers.device.DeviceSerializer")
