"""Linked devices on somebody else's server: an HTTP gateway in the shape of WAHA. Unofficial as linked devices are."""
