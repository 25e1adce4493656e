"""A local WhatsApp Cloud API with a phone page: for demos, development and tests, never for production."""
