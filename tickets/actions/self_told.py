"""A customer who was asked for their number pressed the button: the card that came is their own."""

from collections.abc import Sequence

from tickets.actions import addresses
from tickets.models import Message
from tickets.models.contact import AddressKind
from tickets.models.message import Kind
from tickets.numbers import digits_of, variants
from tickets.transport import Address

HOW = "contact_request"


def is_own_card(message: Message) -> bool:
    """Not one that somebody shared by hand, which may be anybody's."""
    return message.kind == Kind.CONTACTS and message.content.get("origin") == HOW


def learn(messages: Sequence[Message]) -> None:
    """Each number becomes the sender's, with the message as evidence, unless somebody has a better right to it."""
    for message in messages:
        for card in message.content["contacts"][:1]:
            for typed in card["phones"]:
                if digits := digits_of(typed):
                    _attach(message, Address(AddressKind.PHONE, digits))


def _attach(message: Message, address: Address) -> None:
    contact = message.ticket.contact
    others = [Address(AddressKind.PHONE, other) for other in variants(address.value)]
    known = addresses.living([address, *others])
    if any(row.contact_id == contact.pk for row in known.values()):
        return
    there = next(iter(known.values()), None)
    meant = Address(there.kind, there.value) if there is not None else address
    if not addresses.give(contact, meant, known, how=HOW, at=message.at):
        return
    row = known[addresses.key(meant)]
    row.learned_from = addresses.evidence(HOW, message.at) | {"message": message.pk}
    row.save(update_fields=["learned_from"])
    if not contact.number:
        contact.number = meant.value
        addresses.save(contact, ["number", "search"])
