"""Who may be given tickets now: the people at their desks, with room for one more.

Their rows are locked, always in one order and before any ticket, so of two workers that look at the same person
the second sees what the first has given them, and nobody gets more than they can carry.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

from django.db.models import Count, Q
from django.utils.timezone import now

from tenants.models import Company, Membership
from tenants.models.membership import Presence
from tenants.scoping import current_company_id
from tickets.models import Queue, QueueMember, Ticket
from tickets.models.queue import Assignment
from tickets.models.ticket import Status

NEVER = datetime.min.replace(tzinfo=UTC)


class Desks:
    """The present members of these queues, and `others` if they are present. Part of the caller's transaction."""

    def __init__(self, queues: Iterable[Queue], others: Iterable[int] = ()) -> None:
        self.company = Company.objects.get(pk=current_company_id())
        self.queues = {queue.pk: queue for queue in queues}
        self.people = {person.user_id: person for person in self._lock(set(others))}
        pks = [person.pk for person in self.people.values()]
        serving = QueueMember.objects.filter(queue__in=self.queues, membership__in=pks)
        users = {person.pk: person.user_id for person in self.people.values()}
        self._seats = {(seat.queue_id, users[seat.membership_id]): seat for seat in serving}
        self._total: Counter[int] = Counter()
        self._in_queue: Counter[tuple[int | None, int]] = Counter()
        held = Ticket.objects.shown().filter(agent__in=self.people, status=Status.OPEN, snoozed_at=None)
        for user_id, queue_id, count in held.values_list("agent", "queue").annotate(count=Count("pk")):
            self._total[user_id] += count
            self._in_queue[queue_id, user_id] += count

    def has_room(self, user_id: int, queue: Queue | None) -> bool:
        """At their desk and below both limits. A queue limits only those who serve it, and itself."""
        person = self.people.get(user_id)
        if person is None:
            return False
        most = capacity_of(person, self.company)
        if most is not None and self._total[user_id] >= most:
            return False
        return queue is None or queue.capacity is None or self._in_queue[queue.pk, user_id] < queue.capacity

    def serves(self, user_id: int, queue: Queue | None) -> bool:
        return queue is None or (queue.pk, user_id) in self._seats

    def free(self, queue: Queue, without: Iterable[int] = ()) -> list[int]:
        """Who could answer here, whoever's turn it is first."""
        excluded = set(without)
        found = [
            user_id
            for queue_id, user_id in self._seats
            if queue_id == queue.pk and user_id not in excluded and self.has_room(user_id, queue)
        ]
        return sorted(found, key=lambda user_id: self._turn(queue, user_id))

    def give(self, user_id: int, queue: Queue | None) -> None:
        """Count a ticket that this person has been given."""
        self._total[user_id] += 1
        self._in_queue[queue.pk if queue else None, user_id] += 1
        seat = self._seats.get((queue.pk, user_id)) if queue else None
        if seat is not None:
            seat.last_assigned_at = now()
            seat.save(update_fields=["last_assigned_at"])

    def _turn(self, queue: Queue, user_id: int) -> tuple[int, datetime, int]:
        seat = self._seats[queue.pk, user_id]
        load = self._total[user_id] if queue.assignment == Assignment.LEAST_BUSY else 0
        return load, seat.last_assigned_at or NEVER, seat.membership_id

    def _lock(self, others: set[int]) -> list[Membership]:
        present = [Presence.ONLINE]
        if self.company.option("assign_to_busy"):
            present.append(Presence.BUSY)
        members = QueueMember.objects.filter(queue__in=self.queues).values("membership")
        wanted = Membership.objects.active().filter(
            Q(pk__in=members) | Q(user__in=others), presence__in=present
        )
        locked = wanted.select_related("user").order_by("pk").select_for_update(of=("self",), no_key=True)
        return [person for person in locked if person.may("tickets.write")]


def capacity_of(person: Membership, company: Company) -> int | None:
    """How many open tickets the person is given at most; None: any number."""
    if person.capacity is not None:
        return person.capacity
    return company.option("agent_capacity") or None
