"""What a talk says when its gateway does not: kindly, in the language of who asks."""

from integrations.bots.port import Why
from tenants.models.company import Language

PHRASES: dict[str, dict[str, str]] = {
    "timeout": {
        "pt-BR": "A resposta está demorando mais do que o normal. Tente de novo em alguns instantes.",
        "en": "The answer is taking longer than usual. Please try again in a moment.",
        "es": "La respuesta está tardando más de lo normal. Inténtelo de nuevo en unos instantes.",
    },
    "no_gateway": {
        "pt-BR": "Nenhum robô responde por aqui ainda. Peça a um administrador para configurar um.",
        "en": "No bot answers here yet. Ask an administrator to set one up.",
        "es": "Todavía ningún bot responde aquí. Pida a un administrador que configure uno.",
    },
    "failed": {
        "pt-BR": "Não consegui responder agora. Tente de novo em alguns instantes.",
        "en": "I could not answer just now. Please try again in a moment.",
        "es": "No pude responder en este momento. Inténtelo de nuevo en unos instantes.",
    },
}


def of(code: Why | str, language: str) -> str:
    texts = PHRASES.get(code) or PHRASES["failed"]
    return texts.get(language) or texts[Language.ENGLISH]
