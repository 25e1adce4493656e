"""Every event of the product, one screen. A name is noun.past_tense; its data is the REST row of that noun."""

from helpdesk.events import event, signal

TICKET_CREATED = event("ticket.created", "tickets.serializers.ticket.TicketSerializer", webhook=True)
TICKET_UPDATED = event("ticket.updated", "tickets.serializers.ticket.TicketSerializer", webhook=True)
TICKET_MERGED = event("ticket.merged", "tickets.serializers.ticket.TicketSerializer")  # or taken apart again
MESSAGE_CREATED = event("message.created", "tickets.serializers.message.MessageSerializer", webhook=True)
MESSAGE_UPDATED = event("message.updated", "tickets.serializers.message.MessageSerializer", webhook=True)
CONTACT_CREATED = event("contact.created", "tickets.serializers.contact.ContactSerializer")
CONTACT_UPDATED = event("contact.updated", "tickets.serializers.contact.ContactSerializer")
CONTACT_NOTE_CREATED = event("contact_note.created", "tickets.serializers.contact_note.ContactNoteSerializer")
CONTACT_NOTE_UPDATED = event("contact_note.updated", "tickets.serializers.contact_note.ContactNoteSerializer")
CONTACT_NOTE_DELETED = event("contact_note.deleted", "tickets.serializers.contact_note.ContactNoteSerializer")
CONTACT_IMPORT_UPDATED = event(
    "contact_import.updated", "tickets.serializers.contact_import.ContactImportSerializer"
)
CONTACT_JOB_UPDATED = event("contact_job.updated", "tickets.serializers.contact_job.ContactJobSerializer")
SEGMENT_CREATED = event("segment.created", "tickets.serializers.segment.SegmentSerializer")
SEGMENT_UPDATED = event("segment.updated", "tickets.serializers.segment.SegmentSerializer")
SEGMENT_DELETED = event("segment.deleted", "tickets.serializers.segment.SegmentSerializer")
QUEUE_CREATED = event("queue.created", "tickets.serializers.queue.QueueSerializer")
QUEUE_UPDATED = event("queue.updated", "tickets.serializers.queue.QueueSerializer")
QUEUE_DELETED = event("queue.deleted", "tickets.serializers.queue.QueueSerializer")
VIEW_CREATED = event("view.created", "tickets.serializers.view.SavedViewSerializer")
VIEW_UPDATED = event("view.updated", "tickets.serializers.view.SavedViewSerializer")
VIEW_DELETED = event("view.deleted", "tickets.serializers.view.SavedViewSerializer")
BULK_JOB_UPDATED = event("bulk_job.updated", "tickets.serializers.bulk.BulkJobSerializer")
TAG_CREATED = event("tag.created", "tickets.serializers.tag.TagSerializer")
TAG_UPDATED = event("tag.updated", "tickets.serializers.tag.TagSerializer")
TAG_DELETED = event("tag.deleted", "tickets.serializers.tag.TagSerializer")
TEMPLATE_CREATED = event("template.created", "tickets.serializers.template.TemplateSerializer")
TEMPLATE_UPDATED = event("template.updated", "tickets.serializers.template.TemplateSerializer")
TEMPLATE_DELETED = event("template.deleted", "tickets.serializers.template.TemplateSerializer")
QUICK_REPLY_CREATED = event("quick_reply.created", "tickets.serializers.quick_reply.QuickReplySerializer")
QUICK_REPLY_UPDATED = event("quick_reply.updated", "tickets.serializers.quick_reply.QuickReplySerializer")
QUICK_REPLY_DELETED = event("quick_reply.deleted", "tickets.serializers.quick_reply.QuickReplySerializer")
MACRO_CREATED = event("macro.created", "tickets.serializers.macro.MacroSerializer")
MACRO_UPDATED = event("macro.updated", "tickets.serializers.macro.MacroSerializer")
MACRO_DELETED = event("macro.deleted", "tickets.serializers.macro.MacroSerializer")
RATING_CREATED = event("rating.created", "tickets.serializers.rating.RatingSerializer")
RATING_UPDATED = event("rating.updated", "tickets.serializers.rating.RatingSerializer")
SCHEDULED_MESSAGE_CREATED = event(
    "scheduled_message.created", "tickets.serializers.schedule.ScheduledMessageSerializer"
)
SCHEDULED_MESSAGE_UPDATED = event(
    "scheduled_message.updated", "tickets.serializers.schedule.ScheduledMessageSerializer"
)
HOURS_CREATED = event("hours.created", "tickets.serializers.hours.HoursSerializer")
HOURS_UPDATED = event("hours.updated", "tickets.serializers.hours.HoursSerializer")
HOURS_DELETED = event("hours.deleted", "tickets.serializers.hours.HoursSerializer")
MENU_CREATED = event("menu.created", "tickets.serializers.menu.MenuSerializer")
MENU_UPDATED = event("menu.updated", "tickets.serializers.menu.MenuSerializer")
MENU_DELETED = event("menu.deleted", "tickets.serializers.menu.MenuSerializer")
CONNECTION_CREATED = event("connection.created", "tickets.serializers.connection.ConnectionSerializer")
CONNECTION_UPDATED = event("connection.updated", "tickets.serializers.connection.ConnectionSerializer")
CONNECTION_DELETED = event("connection.deleted", "tickets.serializers.connection.ConnectionSerializer")

FIELD_CREATED = event("field.created", "tickets.serializers.field.FieldSerializer")
FIELD_UPDATED = event("field.updated", "tickets.serializers.field.FieldSerializer")
FIELD_DELETED = event("field.deleted", "tickets.serializers.field.FieldSerializer")
DRAFT_CHANGED = event("draft.changed", "tickets.serializers.personal.DraftSerializer")
PINS_CHANGED = event("pins.changed", "tickets.serializers.personal.PinsSerializer")
NOTIFICATION_CREATED = event(
    "notification.created", "tickets.serializers.notification.NotificationSerializer"
)
NOTIFICATION_UPDATED = event(
    "notification.updated", "tickets.serializers.notification.NotificationSerializer"
)

# `answering`: who holds the claim on the next answer, if anybody does.
VIEWERS_CHANGED = signal("viewers.changed", ticket="integer", users="integers", answering="integer?")
NOTIFICATIONS_CHANGED = signal("notifications.changed", unread="integer")  # some need no reading any more
TYPING_CHANGED = signal(
    "typing.changed", ticket="integer", user="object", contact="boolean", is_typing="boolean"
)
