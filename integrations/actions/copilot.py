"""The copilot: what an agent asks about a conversation is answered by a model, for that agent's eyes alone.

Asking starts a job; its answer comes through the agent's socket piece by piece. Nothing is stored in the
conversation and nothing is sent: the agent does with it what they want.
"""

import json
from typing import Any

from celery import shared_task

from helpdesk.errors import Refused
from integrations.actions import asking
from integrations.actions import copilot_facts as facts_of
from integrations.actions.copilot_facts import Facts, Line
from integrations.actions.copilot_line import Asked, Cancelled, Stream
from integrations.ai import copilot as questions
from integrations.ai.port import AiError, Reply
from integrations.ai.veil import Veil
from integrations.models import AiProvider
from integrations.models.call import Purpose
from integrations.models.provider import Ability
from tenants.models import Membership, User
from tenants.scoping import CompanyTask
from tickets.models import Ticket
from tickets.models.ticket import viewer_of

MOST_EARLIER_OF_CONTACT = 10
GROUNDED = {"suggest", "ask"}
ABOUT_CUSTOMER = {"contact_summary", "ask"}


def is_ready() -> bool:
    """Whether the company has anybody to ask."""
    return AiProvider.objects.able_to(Ability.CHAT) is not None


def begin(ticket: Ticket, *, by: User, request: str, given: dict[str, Any]) -> None:
    """Ask. The same request again asks nothing twice."""
    if not is_ready():
        raise Refused("no_provider", "The company has no AI provider that can answer.")
    if Asked(ticket.company_id, by.pk, request).begin():
        answer.nudge(ticket.company_id, by.pk, request, ticket.pk, given)


@shared_task(base=CompanyTask)
def answer(company_id: int, user_id: int, request: str, ticket_id: int, given: dict[str, Any]) -> None:
    """Ask the provider and tell the person. A second run after a crash begins from the start."""
    asked = Asked(company_id, user_id, request)
    members = Membership.objects.active().filter(user=user_id).select_related("user", "company")
    member: Membership | None = members.first()
    ticket = _seen_by(member, ticket_id) if member and member.may("ai.use") else None
    if member is None or ticket is None:
        asked.finish(error="gone")
    elif asked.is_waiting:
        _Answering(asked, ticket, member, given).run()


def _seen_by(member: Membership, ticket_id: int) -> Ticket | None:
    """As the agent sees it now, which may be less than when they asked."""
    sees_unqueued = bool(member.company.option("agents_see_unqueued"))
    rows = Ticket.objects.visible_to(viewer_of(member, sees_unqueued=sees_unqueued))
    found: Ticket | None = rows.filter(pk=ticket_id).select_related("contact", "queue").first()
    return found


class _Answering:
    """One question on its way to the model and back."""

    def __init__(self, asked: Asked, ticket: Ticket, member: Membership, given: dict[str, Any]) -> None:
        self.asked, self.ticket, self.member, self.given = asked, ticket, member, given
        self.act: str = given["act"]
        self.veil = Veil()
        self.facts = Facts()
        self.stream = Stream(asked, self.veil, is_silent=self.act == "tags")  # ids are for no one's eyes

    def run(self) -> None:
        """Whatever happens, the agent hears how it ended."""
        try:
            offers = self._gather()
            reply = self._ask()
            text = self.stream.end() or self.veil.show(reply.text)
            chosen = _chosen(text, offers) if offers else None
            if not text:
                raise AiError("bad_answer")
        except Cancelled:
            return
        except AiError as trouble:
            self._finish(self.stream.end(), error=trouble.code)
            return
        except Exception:
            self._finish(self.stream.end(), error="failed")
            raise
        usage = {"input_tokens": reply.usage.input_tokens, "output_tokens": reply.usage.output_tokens}
        self._finish("" if offers else text, suggestions=chosen, usage=usage)

    def _finish(self, text: str, **outcome: Any) -> None:
        self.asked.finish(text=text, sources=self.facts.sources, **outcome)

    def _ask(self) -> Reply:
        language = self.given.get("to") or ("" if self.act == "translate" else self.member.user.language)
        lines = [self._hidden(line) for line in self.facts.lines]
        request = questions.request(self.act, lines, language=language, tone=self.given.get("tone", ""))
        return asking.respond(
            request,
            purpose=Purpose.COPILOT,
            ticket=self.ticket,
            by=self.member.user,
            on_text=self.stream.write,
        )

    def _gather(self) -> dict[str, dict[int, Line]] | None:
        """The lines of data of this act; with it, what may be chosen from."""
        said = facts_of.about_ticket(self.ticket, notes=self.act not in {"suggest", "translate"})
        text: str = self.given.get("text", "")
        if self.act in {"rewrite", "translate"}:
            theirs = [line for line in said if line["from"] == "customer"][-5:]
            if self.act == "translate" and not self.given.get("to"):
                self.facts.lines += theirs
            self.facts.lines.append({"kind": "text", "text": text})
            return None
        if self.act in ABOUT_CUSTOMER:
            self.facts.lines += facts_of.about_contact(self.ticket)
        if self.act in GROUNDED:
            facts_of.cite_knowledge(
                self.facts, self.given.get("question") or facts_of.last_words(said) or text
            )
            facts_of.cite_earlier(self.facts, facts_of.earlier(self.ticket, self.member))
        elif self.act == "contact_summary":
            most = MOST_EARLIER_OF_CONTACT
            facts_of.cite_earlier(self.facts, facts_of.earlier(self.ticket, self.member, most=most))
        self.facts.lines += said
        if self.given.get("question"):
            self.facts.lines.append({"kind": "question", "text": self.given["question"]})
        elif text:
            self.facts.lines.append({"kind": "draft", "text": text})
        return self._offered() if self.act == "tags" else None

    def _offered(self) -> dict[str, dict[int, Line]]:
        offers = facts_of.offered(self.ticket, self.member)
        present = self.ticket.queue.name if self.ticket.queue else None
        self.facts.lines.append({"kind": "present queue", "name": present})
        for kind, rows in offers.items():
            self.facts.lines += [{"kind": f"offered {kind}", **row} for row in rows.values()]
        return offers

    def _hidden(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._hidden(inside) for key, inside in value.items()}
        if isinstance(value, list):
            return [self._hidden(inside) for inside in value]
        return self.veil.hide(value) if isinstance(value, str) else value


def _chosen(text: str, offers: dict[str, dict[int, Line]]) -> dict[str, Any]:
    """Only rows that were offered: whatever else a model names does not exist."""
    try:
        given = json.loads(text)
    except ValueError as trouble:
        raise AiError("bad_answer") from trouble
    if not isinstance(given, dict):
        raise AiError("bad_answer")

    def rows(name: str, ids: Any, most: int) -> list[Line]:
        known = offers[name]
        wanted = [pk for pk in (ids if isinstance(ids, list) else [ids]) if type(pk) is int and pk in known]
        return [known[pk] for pk in dict.fromkeys(wanted)][:most]

    queues = rows("queue", given.get("queue"), 1)
    return {
        "tags": rows("tags", given.get("tags"), 3),
        "queue": queues[0] if queues else None,
        "quick_replies": [
            {name: row[name] for name in ("id", "shortcut", "title")}
            for row in rows("quick_replies", given.get("quick_replies"), 3)
        ],
    }
