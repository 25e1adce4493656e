"""Lia, an assistant of the demo: on duty in one queue, with tools. `exams` tells how she came to be on duty.

The shop's own tool is there to be looked at: she does not have it, for nothing answers at its address.
"""

from integrations.actions import assistants
from integrations.models import Assistant, AssistantTool
from tenants.models import Company
from tickets.models import Queue

INSTRUCTIONS = """\
Você é a Lia e atende os clientes. Seja cordial e direta, com frases curtas.

- Responda só com o que está na base de conhecimento.
- Quando faltar um dado, pergunte uma coisa por vez.
- Não prometa prazos, descontos nem exceções.
- Reclamações, cancelamentos e pagamentos: passe para uma pessoa."""
HANDOVER = "Vou chamar alguém da equipe para continuar com você. Um momento!"

ORDER = {
    "name": "pedido", "type": "string", "description": "Número do pedido", "required": True, "choices": [],
    "place": "url", "source": "model",
}  # fmt: skip


def seed(company: Company) -> None:
    """Once, with the company's other data."""
    if Assistant.objects.exists():
        return
    AssistantTool.objects.create(
        name="order_status",
        description="Onde está um pedido, pelo número que o cliente tem.",
        url="https://loja.example/pedidos/{pedido}",
        arguments=[ORDER],
    )
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
