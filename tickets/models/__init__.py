"""Conversations and everything they are made of."""

from tickets.models.attachment import Attachment
from tickets.models.attempt import Attempt, OrphanReceipt, OutboundLane
from tickets.models.connection import Connection
from tickets.models.contact import Contact, ContactAddress
from tickets.models.custom_field import CustomField
from tickets.models.history import TicketHistory
from tickets.models.message import Message
from tickets.models.personal import Draft, TicketPin
from tickets.models.queue import Queue, QueueMember
from tickets.models.sla import SlaMark, SlaPolicy
from tickets.models.tag import ContactTag, Tag, TicketTag
from tickets.models.ticket import Ticket
from tickets.models.timer import Timer

__all__ = [
    "Attachment",
    "Attempt",
    "Connection",
    "Contact",
    "ContactAddress",
    "ContactTag",
    "CustomField",
    "Draft",
    "Message",
    "OrphanReceipt",
    "OutboundLane",
    "Queue",
    "QueueMember",
    "SlaMark",
    "SlaPolicy",
    "Tag",
    "Ticket",
    "TicketHistory",
    "TicketPin",
    "TicketTag",
    "Timer",
]
