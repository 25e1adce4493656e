"""Lia, an assistant of the demo: on duty in one queue, with tools. `exams` tells how she came to be on duty."""

from integrations.actions import assistants
from integrations.models import Assistant
from tenants.models import Company
from tickets.models import Queue

INSTRUCTIONS = """\
Você é a Lia e atende os clientes. Seja cordial e direta, com frases curtas.

- Responda só com o que está na base de conhecimento.
- Quando faltar um dado, pergunte uma coisa por vez.
- Não prometa prazos, descontos nem exceções.
- Reclamações, cancelamentos e pagamentos: passe para uma pessoa."""
HANDOVER = "Vou chamar alguém da equipe para continuar com você. Um momento!"


def seed(company: Company) -> None:
    """Once, with the company's other data."""
    if Assistant.objects.exists():
        return
    queue = Queue.objects.live().order_by("position", "id").first()
    assistants.create(
        by=None,
        name="Lia",
        instructions=INSTRUCTIONS,
        tools=["look_up_tickets", "set_tag", "transfer_queue", "schedule_message"],
        queues=[queue.pk] if queue else [],
        handover_queue=queue,
        handover_message=HANDOVER,
        exam_threshold=0,
        is_on=True,
    )
