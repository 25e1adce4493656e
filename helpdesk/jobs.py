"""The floor's background jobs, found by the worker through this module."""

from helpdesk.health import beat

__all__ = ["beat"]
