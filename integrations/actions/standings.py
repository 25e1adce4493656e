"""Why an assistant does not answer now, for whoever looks at the list: every reason that can be known beforehand."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from django.utils.timezone import now

from integrations.actions import duty
from integrations.actions.troubles import LASTING
from integrations.models import AiProvider, Assistant, Exam
from integrations.models.assistant import Hours as Acts
from integrations.models.assistant import Quiet
from integrations.models.exam import ExamState
from integrations.models.provider import Ability, this_month
from tenants.models import Company
from tickets import hours
from tickets.models import Connection, Queue
from tickets.models.connection import Status
from tickets.models.hours import COMPANY, CONNECTION, QUEUE, Hours


@dataclass(frozen=True, slots=True)
class Standing:
    """`why` is a `Quiet`, or blank: it answers. `detail` is the code of the provider's trouble, or who is before it.
    `exam` is the last finished one of this edition, or the one under way."""

    assistant: Assistant
    why: str
    detail: str = ""
    exam: Exam | None = None


def standings(company: Company) -> list[Standing]:
    """Of all that are not deleted, in the order in which they are asked."""
    rows = list(
        Assistant.objects.filter(deleted_at=None).order_by("position", "pk").select_related("provider")
    )
    look = _Look(company, rows)
    return [look.at(row) for row in rows]


@dataclass
class _Look:
    """Everything is read once, however many assistants there are."""

    company: Company
    rows: list[Assistant]
    under_way: dict[int, Exam] = field(init=False)
    finished: dict[int, Exam] = field(init=False)
    default: AiProvider | None = field(init=False)
    connections: list[Connection] = field(init=False)
    queues: list[Queue] = field(init=False)
    hours: Hours | None = field(init=False)
    month: str = field(init=False)

    def __post_init__(self) -> None:
        exams = Exam.objects.filter(assistant__in=self.rows, edition=F("assistant__edition"))
        done = exams.filter(state=ExamState.DONE).order_by("assistant", "-id").distinct("assistant")
        self.under_way = {exam.assistant_id: exam for exam in exams.under_way()}
        self.finished = {exam.assistant_id: exam for exam in done}
        self.default = AiProvider.objects.able_to(Ability.CHAT)
        self.connections = list(Connection.objects.live().select_related("hours"))
        self.queues = list(Queue.objects.live().select_related("hours"))
        self.hours = Hours.objects.filter(pk=self.company.option("hours") or 0).first()
        self.month = this_month()

    def at(self, row: Assistant) -> Standing:
        exam = self.finished.get(row.pk)
        if not row.is_on:
            if row.pk in self.under_way:
                return Standing(row, Quiet.EXAM_UNDER_WAY, exam=self.under_way[row.pk])
            return Standing(row, duty.judged(row, exam).refusal or Quiet.SWITCHED_OFF, exam=exam)
        why, detail = self._asking(row)
        return Standing(row, why, detail, exam) if why else Standing(row, *self._place(row), exam)

    def _asking(self, row: Assistant) -> tuple[str, str]:
        """Whether anybody would give it words."""
        provider = row.provider if row.provider_id else self.default
        if provider is None or provider.is_deleted or not provider.is_on:
            return Quiet.NO_PROVIDER, ""
        model = row.model or provider.chat_model
        if not model or provider.trouble in LASTING:
            return Quiet.PROVIDER_TROUBLE, provider.trouble if model else "no_model"
        match provider.refusal(model, self.month):
            case "out_of_budget":
                return Quiet.OUT_OF_BUDGET, ""
            case "price_needed":
                return Quiet.PROVIDER_TROUBLE, "price_needed"
        return "", ""

    def _place(self, row: Assistant) -> tuple[str, str]:
        """Whether there is a conversation in which it would be asked."""
        numbers = [one for one in self.connections if one.status in {Status.CONNECTED, Status.HELD}]
        if not _chosen(row.connections, numbers) or (row.queues and not _chosen(row.queues, self.queues)):
            return Quiet.NO_PLACE, ""
        if row.hours != Acts.ALWAYS and not self._has_hour(row):
            return Quiet.OUTSIDE_HOURS, ""
        return next(
            ((Quiet.BEHIND, other.name) for other in self._before(row) if _covers(other, row)), ("", "")
        )

    def _has_hour(self, row: Assistant) -> bool:
        at = now()
        calendars = [one.calendar(self.company) if one else None for one in self._calendars(row)]
        return any(hours.is_open(one, at) == (row.hours == Acts.OPEN) for one in calendars)

    def _calendars(self, row: Assistant) -> list[Hours | None]:
        """All that may count for its conversations, as `hours_of` finds them for one; None is always open."""
        level = self.company.option("hours_of")
        found: list[Hours | None] = []
        if level == QUEUE:
            queues = _chosen(row.queues, self.queues)
            found += [queue.hours for queue in queues if queue.hours]
            if row.queues and all(queue.hours for queue in queues):
                return found
        if level in {QUEUE, CONNECTION}:
            numbers = _chosen(row.connections, self.connections)
            found += [number.hours for number in numbers if number.hours]
            if all(number.hours for number in numbers):
                return found
        return [*found, self.hours if level in {QUEUE, CONNECTION, COMPANY} else None]

    def _before(self, row: Assistant) -> list[Assistant]:
        return [other for other in self.rows[: self.rows.index(row)] if other.is_on]


def _covers(first: Assistant, row: Assistant) -> bool:
    """Whether the first one has the word wherever the other might."""
    return (
        first.hours in {Acts.ALWAYS, row.hours}
        and _holds(first.connections, row.connections)
        and _holds(first.queues, row.queues)
    )


def _holds(wide: list[int], narrow: list[int]) -> bool:
    return not wide or (bool(narrow) and set(narrow) <= set(wide))


def _chosen(ids: list[int], rows: list[Any]) -> list[Any]:
    return [row for row in rows if not ids or row.pk in ids]
