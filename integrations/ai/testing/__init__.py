"""A local AI provider for tests and the demo: the real wire format, scripted answers. Knows nothing of the product."""
