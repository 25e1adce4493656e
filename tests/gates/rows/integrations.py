"""Rows of assistants, bots, exams, recordings and knowledge."""

from typing import Any
from uuid import uuid4

from django.utils.timezone import now

from tests.gates.rows.tenants import admin_of
from tests.gates.rows.tickets import ticket
from tests.support.world import World


def ai_provider(world: World) -> Any:
    from integrations.models import AiProvider

    with world.scope():
        return AiProvider.objects.create(
            name="Provider",
            base_url="http://127.0.0.1:9/v1",
            api_key="sk-secret-of-a-company",
            chat_model="m",
        )


def ai_call(world: World) -> Any:
    from integrations.models import AiCall

    asked = ai_provider(world)
    with world.scope():
        return AiCall.objects.create(provider=asked, at=now(), purpose="answer", model="m")


def turn(world: World) -> Any:
    from integrations.models import Turn

    spoken = ticket(world)
    with world.scope():
        return Turn.objects.create(ticket=spoken, bot=1, name="Robot", state="spoken", since=1, upto=1)


def bot(world: World) -> Any:
    from integrations.models import Bot

    with world.scope():
        return Bot.objects.create(
            name=f"Robot {uuid4().hex[:6]}", kind="webhook", url="https://bot.example.com/"
        )


def talk(world: World) -> Any:
    from integrations.models import Talk

    with world.scope():
        return Talk.objects.create(user=admin_of(world), name="Vendas de hoje")


def exam(world: World) -> Any:
    from integrations.models import Assistant, Exam

    with world.scope():
        assistant = Assistant.objects.create(name=f"Assistant {uuid4().hex[:6]}", instructions="Help.")
        return Exam.objects.create(assistant=assistant, edition=1, threshold=80, source="tickets", size=1)


def exam_case(world: World) -> Any:
    from integrations.models import ExamCase

    of = exam(world)
    with world.scope():
        return ExamCase.objects.create(exam=of, position=1, question="Do you deliver?", verdict="right")


def exam_set(world: World) -> Any:
    from integrations.models import ExamSet

    with world.scope():
        return ExamSet.objects.create(name=f"Set {uuid4().hex[:6]}", questions=[])


def recording(world: World) -> Any:
    from integrations.models import Recording
    from tickets.models import Attachment

    with world.scope():
        file = Attachment.objects.create(kind="audio", name="a.mp3", mime="audio/mpeg", state="stored")
        return Recording.objects.create(
            file=file, name="Call", state="completed", seconds=2.0, text="Oi", has_speakers=True,
            utterances=[{"speaker": "A", "start": 0, "end": 2, "text": "Oi"}],
        )  # fmt: skip


def assistant(world: World) -> Any:
    from integrations.models import Assistant

    with world.scope():
        return Assistant.objects.create(name=f"Assistant {uuid4().hex[:6]}", instructions="Answer.")


def assistant_tool(world: World) -> Any:
    from integrations.models import AssistantTool

    with world.scope():
        return AssistantTool.objects.create(
            name=f"tool_{uuid4().hex[:6]}", description="Orders", url="https://shop.example.com/orders"
        )


def assistant_thread(world: World) -> Any:
    from integrations.models import AssistantThread

    of = assistant(world)
    with world.scope():
        return AssistantThread.objects.create(assistant=of, user=admin_of(world))


def assistant_run(world: World) -> Any:
    from integrations.models import AssistantRun

    of = assistant(world)
    with world.scope():
        return AssistantRun.objects.create(assistant=of, user=admin_of(world))


def document(world: World) -> Any:
    from integrations.models import KnowledgeChunk, KnowledgeDocument

    with world.scope():
        made = KnowledgeDocument.objects.create(
            name="Trocas", source="text", state="ready", text="Em sete dias."
        )
        KnowledgeChunk.objects.create(document=made, heading="Trocas", text="Em sete dias.", end=13)
        return made


def knowledge_answer(world: World) -> Any:
    from integrations.models import KnowledgeAnswer, KnowledgeChunk

    with world.scope():
        made = KnowledgeAnswer.objects.create(question="Troca?", answer="Em sete dias.", validated_by="human")
        KnowledgeChunk.objects.create(answer=made, heading="Troca?", text="Em sete dias.", end=13)
        return made


MAKERS = {
    "integrations.KnowledgeDocument": document,
    "integrations.KnowledgeAnswer": knowledge_answer,
    "integrations.Assistant": assistant,
    "integrations.AssistantRun": assistant_run,
    "integrations.AssistantThread": assistant_thread,
    "integrations.AssistantTool": assistant_tool,
    "integrations.AiCall": ai_call,
    "integrations.AiProvider": ai_provider,
    "integrations.Bot": bot,
    "integrations.Talk": talk,
    "integrations.Recording": recording,
    "integrations.Turn": turn,
    "integrations.Exam": exam,
    "integrations.ExamCase": exam_case,
    "integrations.ExamSet": exam_set,
}
