"""What the search finds messages by: one narrow row beside each message that says something.

PostgreSQL keeps it (triggers of the migration `message_text`): whoever stores a message, and however, it can be
found at once, in the same transaction. Receipts change a message several times; its words they never touch.
"""

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models
from django.db.models import F

from tenants.scoping import CompanyModel, scoped
from tickets.models.message import Message


class MessageText(CompanyModel):
    """`words` are marked with their company, so that one index answers each company as if it were alone.

    `transcript` is what is heard or read in the message's files.
    """

    message = models.OneToOneField(Message, on_delete=models.CASCADE, primary_key=True, related_name="text")
    ticket = models.ForeignKey(
        "tickets.Ticket", on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    at = models.DateTimeField()
    is_note = models.BooleanField(default=False)
    transcript = models.TextField(default="", blank=True)
    words = SearchVectorField()

    objects: Any = scoped()

    class Meta:
        indexes = [
            # Written at once: a pending list would make an unlucky customer's message wait for everyone's.
            GinIndex(fields=["words"], name="message_text_words", fastupdate=False),
            # Frequent words: the newest messages are walked until a page is full.
            models.Index(F("company"), F("at").desc(), F("message").desc(), name="message_text_newest"),
        ]


def transcribe(message: Message, text: str) -> None:
    """Let the message be found by what is heard or read in its files."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT transcribe_message(%s, %s)", [message.pk, text])
