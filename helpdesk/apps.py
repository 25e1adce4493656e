"""Django's start of the project."""

from django.apps import AppConfig


class Floor(AppConfig):
    """Brings the broker along, so that jobs can be asked for from every process."""

    name = "helpdesk"

    def ready(self) -> None:
        """Celery's application must exist before the first job is asked for."""
        import helpdesk.celery  # noqa: F401
