"""What the demo shows of AI and bots. `settings.DEMO` names what is called, with the company, in its scope."""
