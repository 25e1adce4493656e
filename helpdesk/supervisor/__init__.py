"""Runs all processes of an installation on one machine: the demo, development, tests that kill them."""
