"""WhatsApp on a linked device: a number joined by QR code. Unofficial, off by default; see docs/devices.md."""
