"""How the nouns of the WhatsApp edge look to everyone."""
