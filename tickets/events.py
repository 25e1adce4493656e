"""Every event of the product, one screen. A name is noun.past_tense; its data is the REST row of that noun."""

from helpdesk.events import event, signal

TICKET_CREATED = event("ticket.created", "tickets.serializers.ticket.TicketSerializer", webhook=True)
TICKET_UPDATED = event("ticket.updated", "tickets.serializers.ticket.TicketSerializer", webhook=True)
MESSAGE_CREATED = event("message.created", "tickets.serializers.message.MessageSerializer", webhook=True)
MESSAGE_UPDATED = event("message.updated", "tickets.serializers.message.MessageSerializer", webhook=True)
CONTACT_CREATED = event("contact.created", "tickets.serializers.contact.ContactSerializer")
CONTACT_UPDATED = event("contact.updated", "tickets.serializers.contact.ContactSerializer")
QUEUE_CREATED = event("queue.created", "tickets.serializers.queue.QueueSerializer")
QUEUE_UPDATED = event("queue.updated", "tickets.serializers.queue.QueueSerializer")
QUEUE_DELETED = event("queue.deleted", "tickets.serializers.queue.QueueSerializer")
TAG_CREATED = event("tag.created", "tickets.serializers.tag.TagSerializer")
TAG_UPDATED = event("tag.updated", "tickets.serializers.tag.TagSerializer")
TAG_DELETED = event("tag.deleted", "tickets.serializers.tag.TagSerializer")
CONNECTION_CREATED = event("connection.created", "tickets.serializers.connection.ConnectionSerializer")
CONNECTION_UPDATED = event("connection.updated", "tickets.serializers.connection.ConnectionSerializer")
CONNECTION_DELETED = event("connection.deleted", "tickets.serializers.connection.ConnectionSerializer")

TYPING_CHANGED = signal(
    "typing.changed", ticket="integer", user="object", contact="boolean", is_typing="boolean"
)
