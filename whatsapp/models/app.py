"""An app at Meta that a company owns: whose webhooks we trust, and how its numbers reach Graph."""

import hashlib
import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from helpdesk.fields import EncryptedJSONField
from tenants.scoping import CompanyModel, scoped


def _graph_version() -> str:
    return str(settings.WHATSAPP_GRAPH_VERSION)


def _api_root() -> str:
    return str(settings.WHATSAPP_API_ROOT)


def fingerprint(secret: str) -> str:
    """Enough to tell two secrets apart, and useless for anything else."""
    return hashlib.sha256(secret.encode()).hexdigest()[:8]


class App(CompanyModel):
    """`uuid` names it in the webhook's address. `secrets` is a list, so that one can be rotated: newest first."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    app_id = models.CharField(max_length=32)
    secrets = EncryptedJSONField(default=list)
    signed_with = models.CharField(max_length=8, blank=True)  # fingerprint of the secret Meta used last
    verify_token = EncryptedJSONField(default=str)
    former_verify_token = EncryptedJSONField(default=str)  # still answered, until Meta knows the new one
    graph_version = models.CharField(max_length=8, default=_graph_version)
    api_root = models.CharField(max_length=200, default=_api_root)
    media_hosts = ArrayField(models.CharField(max_length=120), default=list)  # besides WHATSAPP_MEDIA_HOSTS

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "app_id"], name="whatsapp_app_once")]

    @property
    def webhook_path(self) -> str:
        return f"/api/webhooks/whatsapp/{self.uuid}/"

    def url(self, path: str) -> str:
        """An address at Graph, in the version this app is pinned to."""
        return f"{self.api_root.rstrip('/')}/{self.graph_version}/{path}"
