"""Events and signals of AI and bots, as the consoles' sockets hear them."""

from helpdesk.events import event, signal

PROVIDER_CREATED = event("ai_provider.created", "integrations.serializers.provider.AiProviderSerializer")
PROVIDER_UPDATED = event("ai_provider.updated", "integrations.serializers.provider.AiProviderSerializer")
PROVIDER_DELETED = event("ai_provider.deleted", "integrations.serializers.provider.AiProviderSerializer")
EXAM_UPDATED = event("exam.updated", "integrations.serializers.exam.ExamSerializer")
ASSISTANT_CREATED = event("assistant.created", "integrations.serializers.assistant.AssistantSerializer")
ASSISTANT_UPDATED = event("assistant.updated", "integrations.serializers.assistant.AssistantSerializer")
ASSISTANT_DELETED = event("assistant.deleted", "integrations.serializers.assistant.AssistantSerializer")

RECORDING_UPDATED = event(
    "recording.updated", "integrations.serializers.recording.RecordingSerializer"
)  # made, on its way, finished; without its text

# A copilot's answer while it is being written, for whoever asked; an assistant's, for whoever tries it. `place`: how
# many characters came before.
COPILOT_DELTA = signal("copilot.delta", request="string", place="integer", text="string")
# The whole of it. `error` is why there is none, or only a part.
COPILOT_DONE = signal(
    "copilot.done", request="string", text="string", sources="object", suggestions="object?", error="string?",
    usage="object?",
)  # fmt: skip

DOCUMENT_CREATED = event(
    "knowledge_document.created", "integrations.serializers.knowledge.KnowledgeDocumentSerializer"
)
DOCUMENT_UPDATED = event(
    "knowledge_document.updated", "integrations.serializers.knowledge.KnowledgeDocumentSerializer"
)
DOCUMENT_DELETED = event(
    "knowledge_document.deleted", "integrations.serializers.knowledge.KnowledgeDocumentSerializer"
)
ANSWER_CREATED = event(
    "knowledge_answer.created", "integrations.serializers.knowledge.KnowledgeAnswerSerializer"
)
ANSWER_UPDATED = event(
    "knowledge_answer.updated", "integrations.serializers.knowledge.KnowledgeAnswerSerializer"
)
ANSWER_DELETED = event(
    "knowledge_answer.deleted", "integrations.serializers.knowledge.KnowledgeAnswerSerializer"
)
INDEX_CHANGED = signal("knowledge_index.changed", total="integer", done="integer")
