"""How we speak to AI providers: a port in plain words, and its clients. No rows, no company here."""
