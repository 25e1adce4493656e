"""The orders that a list of tickets can have. Each ends in the id, so that a page can start after any row."""

from django.db import models


class Sort(models.TextChoices):
    NEWEST = "newest"  # the last message
    OLDEST = "oldest"
    WAITING = "waiting"  # who waits longest for an answer
    WINDOW = "window"  # whose window of free answers closes soonest
    PRIORITY = "priority"
    CREATED = "created"


# Nobody who waits, and a window that never opened, come last: that is where PostgreSQL puts what is missing.
ORDERS: dict[str, tuple[str, ...]] = {
    Sort.NEWEST: ("-last_message_at", "-id"),
    Sort.OLDEST: ("last_message_at", "id"),
    Sort.WAITING: ("waiting_since", "id"),
    Sort.WINDOW: ("last_customer_at", "id"),
    Sort.PRIORITY: ("-priority", "-last_message_at", "-id"),
    Sort.CREATED: ("-number",),
}
