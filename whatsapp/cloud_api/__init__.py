"""WhatsApp Cloud API: everything that knows Meta's words."""
