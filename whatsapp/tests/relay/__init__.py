"""A small WhatsApp of our own, on this machine only, in which two real engines pair and write to each other.

What is real: the engine (neonize with whatsmeow in it) with its TLS, Noise handshake, pairing, Signal encryption,
receipts and reconnecting. What is ours: the server in the middle, which sees no text, and the telephones that scan.
What the engine must be told so that it talks to us: a proxy (HTTPS_PROXY), a certificate authority (SSL_CERT_FILE)
and one public key of 32 bytes in its memory (`library.trust`). Nothing of the library is copied or stored here; the
protocol was learnt from the published sources of whatsmeow (MPL-2.0) and Baileys (MIT).
"""
