"""Which protocol a kind of bot speaks."""

from integrations.bots import dialogflow, typebot, webhook
from integrations.bots.port import Answer, Ask, BotError, Place, Question

HEARS = {"dialogflow"}  # voice messages themselves, where nobody has written down what is said
CLIENTS: dict[str, Ask] = {
    "dialogflow": dialogflow.ask,
    "typebot": typebot.ask,
    "webhook": webhook.ask,
}


def ask(kind: str, place: Place, question: Question) -> Answer:
    """Raises BotError, and nothing else: whatever a stranger's answer does to us is a bad answer."""
    try:
        return CLIENTS[kind](place, question)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as error:
        raise BotError("bad_answer", type(error).__name__) from error
