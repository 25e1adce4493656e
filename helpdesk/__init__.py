"""The project and the floor that every app stands on; it names the apps only by string."""

from helpdesk.celery import app as celery_app

__all__ = ["celery_app"]
