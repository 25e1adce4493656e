"""Two bots of others, switched off: nothing on this machine answers at their addresses."""

from integrations.actions import bots
from integrations.models import Bot
from tenants.models import Company


def seed(company: Company) -> None:
    """Once, with the company's other data."""
    if Bot.objects.exists():
        return
    bots.create(
        by=None,
        kind="webhook",
        name="Catálogo (n8n)",
        url="https://n8n.example.com/webhook/catalogo",
        start_words=["catálogo", "produtos"],
        finish_words=["sair"],
        fallback_text="O catálogo não abriu. Já chamo alguém da equipe!",
    )
    bots.create(
        by=None,
        kind="typebot",
        name="Provador",
        url="https://typebot.example.com",
        options={"slug": "provador"},
        start_words=["medidas"],
        hours="open",
    )
