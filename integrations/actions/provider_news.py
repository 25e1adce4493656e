"""Consoles that are open see at once how a provider is now. What each call costs is told with the next change."""

from helpdesk.events import Event, publish_data
from integrations.events import PROVIDER_UPDATED
from integrations.models import AiProvider
from integrations.serializers.provider import AiProviderSerializer


def tell(provider: AiProvider, event: Event = PROVIDER_UPDATED) -> AiProvider:
    """In the transaction that changed it. The serializer keeps the month, so each news has its own."""
    publish_data(event, provider.company_id, AiProviderSerializer(provider).data, to={"supervisors"})
    return provider


def tell_again(pk: int) -> None:
    """The same after a change that no row was read for."""
    tell(AiProvider.objects.get(pk=pk))
