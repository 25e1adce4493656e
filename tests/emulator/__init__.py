"""The emulator, tried from outside over real connections."""
