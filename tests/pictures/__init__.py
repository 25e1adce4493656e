"""Pictures of every screen with the demo's data, for `docs/screens/`."""
