"""What assistants and bots say without a model: to customers and, in notes, to agents; in the company's language."""

from tenants.models.company import Language

PHRASES: dict[str, dict[str, str]] = {
    "handover": {
        "pt-BR": "Vou passar você para uma pessoa da nossa equipe. Em breve alguém continua com você.",
        "en": "I am passing you on to a person of our team. Somebody will be with you soon.",
        "es": "Le paso con una persona de nuestro equipo. En breve alguien continuará con usted.",
    },
    "note": {
        "pt-BR": "{who} passou a conversa para a equipe. Motivo: {reason}",
        "en": "{who} handed this conversation over. Reason: {reason}",
        "es": "{who} pasó la conversación al equipo. Motivo: {reason}",
    },
    "tried": {"pt-BR": "O que foi tentado:", "en": "What was tried:", "es": "Lo que se intentó:"},
    "bot_skipped": {
        "pt-BR": "{who} pediu o que não pôde ser feito aqui: {what}.",
        "en": "{who} asked for what could not be done here: {what}.",
        "es": "{who} pidió lo que no se pudo hacer aquí: {what}.",
    },
}

REASONS: dict[str, dict[str, str]] = {
    "asked": {
        "pt-BR": "o cliente pediu uma pessoa.",
        "en": "the customer asked for a person.",
        "es": "el cliente pidió hablar con una persona.",
    },
    "no_source": {
        "pt-BR": "não encontrou a resposta nas fontes da empresa.",
        "en": "it found no answer in the company's sources.",
        "es": "no encontró la respuesta en las fuentes de la empresa.",
    },
    "transfer": {
        "pt-BR": "o assunto é deste setor.",
        "en": "the matter belongs to this sector.",
        "es": "el asunto es de este sector.",
    },
    "out_of_reach": {
        "pt-BR": "o pedido está além do que o assistente pode fazer.",
        "en": "the request is beyond what the assistant can do.",
        "es": "el pedido va más allá de lo que el asistente puede hacer.",
    },
    "upset": {
        "pt-BR": "o cliente está insatisfeito.",
        "en": "the customer is upset.",
        "es": "el cliente está molesto.",
    },
    "unsafe": {
        "pt-BR": "a resposta revelaria algo que não deve sair, e não foi enviada.",
        "en": "the answer would have given something away, and was not sent.",
        "es": "la respuesta habría revelado algo indebido y no se envió.",
    },
    "confused": {
        "pt-BR": "o assistente não chegou a uma resposta que pudesse ser enviada.",
        "en": "the assistant came to no answer that could be sent.",
        "es": "el asistente no llegó a una respuesta que se pudiera enviar.",
    },
    "max_answers": {
        "pt-BR": "já respondeu o máximo de vezes nesta conversa.",
        "en": "it has answered as often as it may in one conversation.",
        "es": "ya respondió el máximo de veces en esta conversación.",
    },
    "loop": {
        "pt-BR": "a conversa andava em círculos; talvez outro robô responda.",
        "en": "the conversation went in circles; perhaps another robot is answering.",
        "es": "la conversación daba vueltas; quizá responde otro robot.",
    },
    "worker_lost": {
        "pt-BR": "o servidor parou enquanto a resposta era preparada.",
        "en": "the server stopped while the answer was being prepared.",
        "es": "el servidor se detuvo mientras se preparaba la respuesta.",
    },
    "unsayable": {
        "pt-BR": "a resposta não pôde ser enviada.",
        "en": "the answer could not be sent.",
        "es": "la respuesta no se pudo enviar.",
    },
    "off_duty": {
        "pt-BR": "o assistente saiu de serviço.",
        "en": "the assistant went off duty.",
        "es": "el asistente dejó de estar en servicio.",
    },
    "no_provider": {
        "pt-BR": "nenhum provedor de IA está configurado.",
        "en": "no AI provider is set up.",
        "es": "no hay ningún proveedor de IA configurado.",
    },
    "out_of_budget": {
        "pt-BR": "o orçamento de IA do mês acabou.",
        "en": "this month's AI budget is spent.",
        "es": "el presupuesto de IA del mes se agotó.",
    },
    "price_needed": {
        "pt-BR": "o modelo de IA não tem preço, e há um orçamento que não pode ser excedido.",
        "en": "the AI model has no price, and there is a budget that must not be exceeded.",
        "es": "el modelo de IA no tiene precio, y hay un presupuesto que no se puede exceder.",
    },
    "unreachable": {
        "pt-BR": "o provedor de IA não respondeu.",
        "en": "the AI provider could not be reached.",
        "es": "no se pudo contactar con el proveedor de IA.",
    },
    "timeout": {
        "pt-BR": "o provedor de IA demorou demais.",
        "en": "the AI provider took too long.",
        "es": "el proveedor de IA tardó demasiado.",
    },
    "rate_limited": {
        "pt-BR": "o provedor de IA recebeu pedidos demais.",
        "en": "the AI provider is receiving too many requests.",
        "es": "el proveedor de IA recibe demasiadas solicitudes.",
    },
    "quota": {
        "pt-BR": "a conta no provedor de IA está sem crédito.",
        "en": "the account at the AI provider has no credit.",
        "es": "la cuenta en el proveedor de IA no tiene crédito.",
    },
    "not_authenticated": {
        "pt-BR": "o provedor de IA recusou a chave.",
        "en": "the AI provider refused the key.",
        "es": "el proveedor de IA rechazó la clave.",
    },
    "no_model": {
        "pt-BR": "o provedor de IA não conhece o modelo.",
        "en": "the AI provider does not know the model.",
        "es": "el proveedor de IA no conoce el modelo.",
    },
    "bad_answer": {
        "pt-BR": "o provedor de IA respondeu algo ilegível.",
        "en": "the AI provider's answer could not be read.",
        "es": "la respuesta del proveedor de IA no se pudo leer.",
    },
    "failed": {
        "pt-BR": "o provedor de IA falhou.",
        "en": "the AI provider failed.",
        "es": "el proveedor de IA falló.",
    },
    "bot_asked": {
        "pt-BR": "o robô pediu que uma pessoa continue.",
        "en": "the bot asked for a person to go on.",
        "es": "el bot pidió que continúe una persona.",
    },
    "bot_over": {
        "pt-BR": "o robô terminou a sua parte.",
        "en": "the bot has finished its part.",
        "es": "el bot terminó su parte.",
    },
    "bot_finished": {
        "pt-BR": "o cliente encerrou a conversa com o robô.",
        "en": "the customer ended the conversation with the bot.",
        "es": "el cliente terminó la conversación con el bot.",
    },
    "bot_expired": {
        "pt-BR": "a conversa com o robô expirou.",
        "en": "the conversation with the bot had expired.",
        "es": "la conversación con el bot expiró.",
    },
    "bot_timeout": {
        "pt-BR": "o robô demorou demais para responder.",
        "en": "the bot took too long to answer.",
        "es": "el bot tardó demasiado en responder.",
    },
    "bot_refused": {
        "pt-BR": "o endereço do robô não é permitido.",
        "en": "the bot's address is not allowed.",
        "es": "la dirección del bot no está permitida.",
    },
    "bot_failed": {
        "pt-BR": "o robô falhou.",
        "en": "the bot failed.",
        "es": "el bot falló.",
    },
}


def of(name: str, language: str) -> str:
    return _in(PHRASES[name], language)


def reason(code: str, language: str) -> str:
    return _in(REASONS.get(code) or REASONS["failed"], language)


def note(who: str, code: str, more: str, language: str) -> str:
    """What the agent reads: who, why, and what was said about it."""
    said = of("note", language).format(who=who, reason=reason(code, language))
    return f"{said}\n\n{more}" if more else said


def _in(texts: dict[str, str], language: str) -> str:
    return texts.get(language) or texts[Language.ENGLISH]
