"""What the copilot tells: to whoever asked, and to nobody else."""

from uuid import uuid4

from integrations.actions.copilot_line import Asked
from tests.gates.stories import story


@story("copilot.delta", hears={"bruno"})
def _(on):
    return lambda: on.told(_asked(on).tell, 0, "Bom dia")


@story("copilot.done", hears={"bruno"})
def _(on):
    asked = _asked(on)
    return lambda: asked.finish(text="Bom dia")


def _asked(on):
    asked = Asked(on.company.pk, on.bruno.pk, str(uuid4()))
    asked.begin()
    return asked
