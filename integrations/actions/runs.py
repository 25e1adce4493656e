"""Runs that somebody asked for and comes back to: rehearsals in the playground, and answers in threads of the API."""

from copy import copy
from datetime import timedelta
from typing import Any

from celery import shared_task
from django.db import transaction
from django.utils.timezone import now

from helpdesk.errors import Refused
from integrations.actions import running, spending, thread_files
from integrations.actions.run_line import Following
from integrations.actions.running import Conversation, Outcome, Step
from integrations.ai.port import Image, Role, Said
from integrations.models import AiProvider, Assistant, AssistantRun, AssistantThread, ThreadItem
from integrations.models.run import RunState
from integrations.models.thread import ThreadRole
from tenants.models import ApiKey, User
from tenants.scoping import CompanyTask, company_scope, platform_scope

LOST = timedelta(seconds=30)  # a nudge that nobody heard
STUCK = timedelta(minutes=5)  # a worker that died
KEPT = timedelta(days=30)  # rehearsals
SWEEP_LIMIT = 200
DRAFTABLE = {
    "instructions", "model", "temperature", "max_output_tokens", "tools", "tool_options", "uses_knowledge",
    "sectors", "languages",
}  # fmt: skip
REMEMBERED = 60  # messages of a thread


def rehearse(
    assistant: Assistant,
    *,
    messages: list[dict[str, str]],
    draft: dict[str, Any],
    user: User | None,
    api_key: ApiKey | None,
    request: str = "",
) -> AssistantRun:
    """What it would answer. `draft`: what it would be like, not saved yet. With `request`, the person hears the words
    under this name as they come."""
    kept = {name: value for name, value in draft.items() if name in DRAFTABLE}
    return _begin(assistant, request, messages=messages, draft=kept, user=user, api_key=api_key)


@transaction.atomic
def chat(
    thread: AssistantThread,
    *,
    message: str,
    file_ids: list[int],
    tools: list[str],
    user: User | None,
    api_key: ApiKey | None,
) -> AssistantRun:
    """Say something in a thread; the run will say what the assistant answered."""
    AssistantThread.objects.locked(thread.pk)
    if AssistantRun.objects.filter(thread=thread, state__in=[RunState.QUEUED, RunState.RUNNING]).exists():
        raise Refused("thread_busy", "The assistant is still answering in this thread.")
    _refuse_unable(thread.assistant, tools)
    there = set(thread.files.filter(pk__in=file_ids).values_list("pk", flat=True))
    if missing := sorted(set(file_ids) - there):
        raise Refused("file_unknown", f"This thread has no file {', '.join(map(str, missing))}.")
    ThreadItem.objects.create(thread=thread, role=ThreadRole.USER, text=message, file_ids=file_ids)
    return _begin(thread.assistant, thread=thread, tools=tools, user=user, api_key=api_key)


@shared_task(base=CompanyTask)
def work(company_id: int, run_id: int, request: str = "") -> None:
    """Once, whoever was faster: what another worker began is left to it."""
    begun = AssistantRun.objects.filter(pk=run_id, state=RunState.QUEUED)
    if not begun.update(state=RunState.RUNNING, started_at=now()):
        return
    run = AssistantRun.objects.select_related("assistant", "thread").get(pk=run_id)
    line = Following(run, run.user_id, request) if request and run.user_id else None
    outcome = running.run(
        _conversation(run),
        assistant=_assistant(run),
        mode="thread" if run.thread else "playground",
        purpose="thread" if run.thread else "playground",
        on_text=line.write if line else None,
        on_step=lambda step: _note(run, step, line),
        hosted=("code_interpreter",) if "code_interpreter" in run.tools else (),
    )
    _end(run, outcome)
    if line:
        line.end(run)


@shared_task
def sweep() -> None:
    """Runs whose nudge was lost, runs whose worker died, and rehearsals of long ago."""
    with platform_scope("runs of all companies that nobody works on"):
        stuck = AssistantRun.objects.filter(state=RunState.RUNNING, started_at__lt=now() - STUCK)
        stuck.update(state=RunState.FAILED, error="interrupted", ended_at=now())
        AssistantRun.objects.filter(thread=None, created_at__lt=now() - KEPT).delete()
        lost = AssistantRun.objects.filter(state=RunState.QUEUED, created_at__lt=now() - LOST)
        found = list(lost.values_list("company_id", "pk")[:SWEEP_LIMIT])
    for company_id, pk in found:
        with company_scope(company_id):
            work.nudge(company_id, pk)


def _begin(assistant: Assistant, request: str = "", **fields: Any) -> AssistantRun:
    if assistant.is_deleted:
        raise Refused("assistant_deleted", "This assistant is deleted. Restore it first.")
    run: AssistantRun = AssistantRun.objects.create(assistant=assistant, **fields)
    work.nudge(run.company_id, run.pk, *filter(None, [request]))
    return run


def _assistant(run: AssistantRun) -> Assistant:
    """The assistant as this run wants it. Never saved."""
    assistant = copy(run.assistant)
    for name, value in run.draft.items():
        setattr(assistant, name, value)
    if run.tools:
        assistant.uses_knowledge = assistant.uses_knowledge and "file_search" in run.tools
        assistant.tools = assistant.tools if "functions" in run.tools else []
    return assistant


def _conversation(run: AssistantRun) -> Conversation:
    if run.thread is None:
        said = tuple(Said(_role(one), one["text"]) for one in run.messages)
        return Conversation(said, by=run.user)
    newest = list(run.thread.items.order_by("-pk")[:REMEMBERED])
    files = {file.pk: file for file in run.thread.files.all()}
    items = []
    for row in reversed(newest):
        there = [files[pk] for pk in row.file_ids if pk in files]
        pictures = tuple(Image(file.mime, bytes(file.data)) for file in there if file.is_picture)
        items.append(Said("assistant" if row.role == ThreadRole.ASSISTANT else "user", row.text, pictures))
    texts = () if run.tools and "file_search" not in run.tools else files.values()
    documents = tuple((file.name, thread_files.text_of(file)) for file in texts if not file.is_picture)
    return Conversation(tuple(items), thread=run.thread.pk, by=run.user, documents=documents)


def _role(one: dict[str, str]) -> Role:
    return "assistant" if one["role"] == "assistant" else "user"


def _note(run: AssistantRun, step: Step, line: Following | None) -> None:
    """Whoever waits sees how far it is."""
    run.steps.append({"kind": step.kind, "ms": step.ms, **step.data})
    AssistantRun.objects.filter(pk=run.pk).update(steps=run.steps)
    if line:
        line.step(step)


@transaction.atomic
def _end(run: AssistantRun, outcome: Outcome) -> None:
    run.state = RunState.FAILED if outcome.error else RunState.COMPLETED
    run.error = outcome.error or ""
    handover = outcome.handover
    run.handover = handover and {"reason": handover.reason, "note": handover.note, "queue": handover.queue}
    run.answer = outcome.text or (run.assistant.handover_message if handover and not outcome.error else "")
    run.sources = [_source(passage) for passage in outcome.sources]
    run.acts = [{"kind": act.kind, **act.params} for act in outcome.acts]
    run.model = outcome.model[:120]
    run.input_tokens = outcome.usage.input_tokens
    run.cached_tokens = outcome.usage.cached_tokens
    run.output_tokens = outcome.usage.output_tokens
    run.ended_at = now()
    _price(run, outcome)
    run.save()
    if run.thread is not None and run.answer:
        ThreadItem.objects.create(
            thread=run.thread, role=ThreadRole.ASSISTANT, text=run.answer, sources=run.sources
        )


def _price(run: AssistantRun, outcome: Outcome) -> None:
    provider = AiProvider.objects.that_answers_for(run.assistant)
    if provider is not None and outcome.model:
        run.cost = spending.cost(provider, outcome.model, outcome.usage)
        run.currency = provider.currency


def _source(passage: Any) -> dict[str, Any]:
    return {
        "id": passage.id, "title": passage.title, "text": passage.text[:1_000], "score": round(passage.score, 3),
        "source": passage.source, "url": passage.url,
    }  # fmt: skip


def _refuse_unable(assistant: Assistant, tools: list[str]) -> None:
    """Running code is something that OpenAI itself does for its models; others have nothing of the kind."""
    if "code_interpreter" not in tools:
        return
    provider = AiProvider.objects.that_answers_for(assistant)
    if provider is None or provider.base_url.rstrip("/") not in {"", "https://api.openai.com/v1"}:
        raise Refused("code_interpreter_unavailable", "Only OpenAI itself runs code for its models.")
