"""The line from a rehearsal to the person who tries an assistant: the copilot's, begun anew with every question to
the model, for what it says before it uses a tool, or what is refused, is no answer."""

from integrations.actions.conversation import Step
from integrations.actions.copilot_line import Asked, Cancelled, Stream
from integrations.ai.veil import Veil
from integrations.models import AssistantRun


class Following:
    """`request` is the name that the console gave to it."""

    def __init__(self, run: AssistantRun, user_id: int, request: str) -> None:
        self._asked = Asked(run.company_id, user_id, request)
        self._asked.begin()
        self._stream = Stream(self._asked, Veil())

    def write(self, piece: str) -> None:
        try:
            self._stream.write(piece)
        except Cancelled:
            return  # nobody listens; the run goes on and is kept

    def step(self, step: Step) -> None:
        """A piece at the place 0 without words: what was told no longer stands, and there is a new step to read."""
        if step.kind == "said":
            return
        self._stream.end()
        self._stream = Stream(self._asked, Veil())
        self._asked.tell(0, "")

    def end(self, run: AssistantRun) -> None:
        self._stream.end()
        self._asked.finish(text=run.answer, error=run.error or None)
