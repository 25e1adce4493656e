"""The state of one run between its rounds: what the model was shown, which tools it used, what they declared."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Literal
from zoneinfo import ZoneInfo

from django.utils.timezone import now

from integrations.actions.conversation import Act, Conversation, Handover, Mode, Outcome, Step
from integrations.ai import excerpts, prompts
from integrations.ai.port import Item, Reply, Request, Said, Tool, ToolCall, ToolResult, Usage
from integrations.models import Assistant
from integrations.tools import registry
from integrations.tools.arguments import checked
from integrations.tools.port import Answer, Around, BuiltIn, ToolError

LONGEST_RESULT = 12_000  # signs of what one tool answers
FIRST_SEARCH = "call_first_search"


@dataclass(slots=True)
class Round:
    conversation: Conversation
    assistant: Assistant
    around: Around
    tools: dict[str, tuple[BuiltIn, Tool]]
    rules: str
    instructions: str
    on_step: Callable[[Step], None] | None
    hosted: tuple[Literal["code_interpreter"], ...] = ()
    items: list[Item] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)
    model: str = ""
    shown: str = ""  # everything that figures and links of an answer may come from
    told: int = 0  # items that the transcript has already
    tools_used: int = 0
    mistakes: int = 0
    corrections: int = 0

    def sent(self, request: Request) -> None:
        fresh = [_shown(item) for item in self.items[self.told :]]
        data: dict[str, Any] = {"items": fresh, "model": request.model}
        if not self.told:
            data |= {"instructions": request.instructions, "tools": sorted(self.tools)}
        self.told = len(self.items)
        self.step(Step("sent", data))

    def said(self, reply: Reply, ms: int) -> None:
        self.model = reply.model or self.model
        self.usage = added(self.usage, reply.usage)
        calls = [{"name": call.name, "arguments": call.arguments} for call in reply.calls]
        tokens = {
            "input": reply.usage.input_tokens,
            "cached": reply.usage.cached_tokens,
            "output": reply.usage.output_tokens,
        }
        data = {"text": reply.text, "calls": calls, "tokens": tokens, "model": reply.model}
        self.step(Step("said", data, ms))

    def use(self, call: ToolCall) -> Handover | None:
        """Run one tool; its answer, or what was wrong with the call, goes back to the model."""
        started = monotonic()
        self.tools_used += 1
        is_right = True
        try:
            answer = self._answer_of(call)
        except ToolError as error:
            self.mistakes += 1
            is_right, answer = False, Answer(f"Error: {error}")
        output = self._framed(call.name, answer)
        self.items += [call, ToolResult(call.id, output)]
        if is_right:
            self.shown += f"\n{output}"
        if answer.act is not None and answer.act not in self.acts:
            self.acts.append(answer.act)
        act = {"kind": answer.act.kind, **answer.act.params} if answer.act else None
        data = {"name": call.name, "arguments": call.arguments, "output": output, "ok": is_right, "act": act}
        self.step(Step("tool", data, round((monotonic() - started) * 1000)))
        return answer.handover

    def note(self, code: str, detail: str) -> None:
        """Why the engine did not take an answer as it was."""
        self.step(Step("rule", {"code": code, "detail": detail}))

    def step(self, step: Step) -> None:
        self.steps.append(step)
        if self.on_step is not None:
            self.on_step(step)

    def ended(
        self,
        *,
        text: str = "",
        cited: tuple[int, ...] = (),
        handover: Handover | None = None,
        error: str | None = None,
    ) -> Outcome:
        passages = self.around.sources.passages
        return Outcome(
            text=text,
            sources=tuple(passages[number] for number in cited if number in passages),
            handover=handover,
            acts=() if error else tuple(self.acts),
            steps=tuple(self.steps),
            usage=self.usage,
            model=self.model,
            error=error,
        )

    def gave_up(self, reason: str, detail: str, *, error: str | None = None) -> Outcome:
        """Nothing that can be sent came out of it: a person goes on."""
        self.acts.clear()  # half of a plan is not done
        if not error and self.steps[-1].kind != "rule":  # whose reason is there already
            self.note(reason, detail)
        return self.ended(handover=Handover(reason, detail), error=error)

    def _answer_of(self, call: ToolCall) -> Answer:
        found = self.tools.get(call.name)
        if found is None:
            raise ToolError(f"There is no tool {call.name[:60]!r}. There are: {', '.join(self.tools)}.")
        tool, told = found
        return tool.use(self.around, checked(told.parameters, call.arguments))

    def _framed(self, name: str, answer: Answer) -> str:
        output = answer.output[:LONGEST_RESULT]
        if not answer.is_data:
            return output
        number = self.around.sources.add_result()
        return self.around.frame.around(f"Source [{number}], answer of {name}:", output)


def begin(
    conversation: Conversation, assistant: Assistant, mode: Mode, on_step: Callable[[Step], None] | None
) -> Round:
    """Everything before the first question, the first search in the company's knowledge included."""
    around = Around(conversation, assistant, mode, prompts.Frame())
    company = assistant.company
    rules = prompts.rules(
        around.frame,
        name=assistant.name,
        company=company.name,
        at=now().astimezone(ZoneInfo(company.timezone)),
        languages=assistant.languages,
        is_strict=assistant.uses_knowledge,
    )
    about = _about(conversation)
    told = prompts.instructions(around.frame, rules=rules, own=assistant.instructions, about=about)
    turn = Round(conversation, assistant, around, registry.offered(around), rules, told, on_step)
    turn.items.extend(conversation.items)
    turn.shown = "\n".join(
        [assistant.instructions, about, rules, *(said.text for said in conversation.items)]
    )
    _read_documents(turn)
    _search_first(turn)
    return turn


def added(one: Usage, other: Usage) -> Usage:
    return Usage(
        one.input_tokens + other.input_tokens,
        one.cached_tokens + other.cached_tokens,
        one.output_tokens + other.output_tokens,
        one.seconds + other.seconds,
    )


def _read_documents(turn: Round) -> None:
    """Files that came with the conversation: whole while they are short, else what is nearest to the question."""
    asked = next((said.text for said in reversed(turn.conversation.items) if said.role == "user"), "")
    for name, text in excerpts.fitting(turn.conversation.documents, asked):
        number = turn.around.sources.add_result()
        framed = turn.around.frame.around(f"Source [{number}], file {name}:", text)
        turn.items.insert(0, Said("user", framed))
        turn.shown += f"\n{framed}"


def _search_first(turn: Round) -> None:
    """Most questions are answered by what their own words find: that saves a round with the model."""
    asked = [said.text for said in turn.conversation.items if said.role == "user" and said.text.strip()]
    if "search_knowledge" not in turn.tools or not asked:
        return
    tool, _ = turn.tools["search_knowledge"]
    started = monotonic()
    arguments = {"query": asked[-1][:400]}
    answer = tool.use(turn.around, arguments)
    call = ToolCall(FIRST_SEARCH, tool.name, json.dumps(arguments, ensure_ascii=False))
    turn.items += [call, ToolResult(call.id, answer.output)]
    turn.shown += f"\n{answer.output}"
    data = {"name": tool.name, "arguments": call.arguments, "output": answer.output, "ok": True, "act": None}
    turn.step(Step("tool", data, round((monotonic() - started) * 1000)))


def _about(conversation: Conversation) -> str:
    lines = []
    if conversation.contact is not None and conversation.contact.name:
        lines.append(f"The customer's name: {conversation.contact.name}")
    if conversation.ticket is not None:
        lines.append(f"Number of this ticket: {conversation.ticket.number}")
    if conversation.summary:
        lines.append(f"Summary of what was said earlier: {conversation.summary}")
    return "\n".join(lines)


def _shown(item: Item) -> dict[str, Any]:
    """An item as the transcript tells it; pictures by their size."""
    if isinstance(item, Said):
        images = [{"mime": image.mime, "bytes": len(image.data)} for image in item.images]
        return {"role": item.role, "text": item.text, "images": images}
    if isinstance(item, ToolCall):
        return {"role": "call", "text": f"{item.name} {item.arguments}", "images": []}
    return {"role": "result", "text": item.output, "images": []}
