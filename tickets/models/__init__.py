"""Conversations and everything they are made of."""

from tickets.models.address_conflict import AddressConflict
from tickets.models.attachment import Attachment
from tickets.models.attempt import Attempt, OrphanReceipt, OutboundLane
from tickets.models.bulk import BulkItem, BulkJob
from tickets.models.connection import Connection
from tickets.models.contact import Contact, ContactAddress
from tickets.models.contact_import import ContactImport, ContactImportError
from tickets.models.contact_job import ContactJob, ContactJobItem
from tickets.models.contact_merge import ContactMerge, NotDuplicates
from tickets.models.contact_note import ContactNote
from tickets.models.cost import Cost, Price
from tickets.models.custom_field import CustomField
from tickets.models.group import Group
from tickets.models.history import TicketHistory
from tickets.models.hours import Hours
from tickets.models.kept_file import KeptFile
from tickets.models.macro import Macro
from tickets.models.menu import Menu
from tickets.models.message import Message
from tickets.models.message_edit import MessageEdit
from tickets.models.message_text import MessageText
from tickets.models.notification import Notification, NotificationSettings, PushSubscription
from tickets.models.personal import Draft, TicketPin
from tickets.models.queue import Queue, QueueMember
from tickets.models.quick_reply import QuickReply
from tickets.models.rating import Rating
from tickets.models.schedule import ScheduledContact, ScheduledMessage, ScheduledSend, ScheduledTag
from tickets.models.segment import Segment
from tickets.models.sent_change import SentChange
from tickets.models.sent_reaction import SentReaction
from tickets.models.sla import SlaMark, SlaPolicy
from tickets.models.tag import ContactTag, Tag, TicketTag
from tickets.models.template import Template
from tickets.models.ticket import Ticket
from tickets.models.timer import Timer
from tickets.models.view import SavedView

__all__ = [
    "AddressConflict",
    "Attachment",
    "Attempt",
    "BulkItem",
    "BulkJob",
    "Connection",
    "Contact",
    "ContactAddress",
    "ContactImport",
    "ContactImportError",
    "ContactJob",
    "ContactJobItem",
    "ContactMerge",
    "ContactNote",
    "ContactTag",
    "Cost",
    "CustomField",
    "Draft",
    "Group",
    "Hours",
    "KeptFile",
    "Macro",
    "Menu",
    "Message",
    "MessageEdit",
    "MessageText",
    "NotDuplicates",
    "Notification",
    "NotificationSettings",
    "OrphanReceipt",
    "OutboundLane",
    "Price",
    "PushSubscription",
    "Queue",
    "QueueMember",
    "QuickReply",
    "Rating",
    "SavedView",
    "ScheduledContact",
    "ScheduledMessage",
    "ScheduledSend",
    "ScheduledTag",
    "Segment",
    "SentChange",
    "SentReaction",
    "SlaMark",
    "SlaPolicy",
    "Tag",
    "Template",
    "Ticket",
    "TicketHistory",
    "TicketPin",
    "TicketTag",
    "Timer",
]
