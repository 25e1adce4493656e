"""Providers: a company adds an account, changes it, makes it the default, removes it and brings it back."""

from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.timezone import now

from helpdesk import http
from helpdesk.errors import Invalid, Refused
from integrations.models import AiProvider
from tenants.actions import audit

UNTOLD = {"prices", "api_key"}  # named in the audit log, but without their values


@transaction.atomic
def create(*, by: audit.Actor, is_default: bool = False, **fields: Any) -> AiProvider:
    """A new account. The first one becomes the default."""
    _check_address(fields.get("base_url", ""))
    provider = AiProvider(**fields)
    provider.is_default = is_default or not AiProvider.objects.filter(deleted_at=None).exists()
    _make_room_for(provider)
    provider.save()
    _record("created", provider, by, {"name": provider.name, "base_url": provider.base_url})
    return provider


@transaction.atomic
def update(provider: AiProvider, *, by: audit.Actor, **fields: Any) -> AiProvider:
    """Change what is given. A key goes to the address it was typed for and to no other."""
    provider = AiProvider.objects.locked(provider.pk)
    if fields.get("is_default") is False and provider.is_default:
        raise Refused("default_needed", "Make another provider the default instead.")
    address = fields.get("base_url", provider.base_url)
    if _host(address) != _host(provider.base_url) and provider.api_key and not fields.get("api_key"):
        raise Invalid("key_needed", "The key belongs to the old address. Type the key of the new one.")
    if address != provider.base_url:
        _check_address(address)
    changed = {name: value for name, value in fields.items() if getattr(provider, name) != value}
    for name, value in changed.items():
        setattr(provider, name, value)
    if {"base_url", "api_key"} & set(changed):
        provider.trouble = provider.trouble_detail = ""
        provider.checked_at = None
    _make_room_for(provider)
    provider.save()
    if changed:
        shown = {name: str(value)[:120] for name, value in changed.items() if name not in UNTOLD}
        _record("updated", provider, by, {"changed": sorted(changed), **shown})
    return provider


@transaction.atomic
def delete(provider: AiProvider, *, by: audit.Actor) -> None:
    """Hide it: nothing asks it any more. The oldest of the others becomes the default."""
    provider = AiProvider.objects.locked(provider.pk)
    if provider.is_deleted:
        return
    was_default, provider.is_default = provider.is_default, False
    provider.deleted_at = now()
    provider.save()
    heir = AiProvider.objects.filter(deleted_at=None).order_by("pk").first() if was_default else None
    if heir is not None:
        heir.is_default = True
        heir.save(update_fields=["is_default"])
    _record("deleted", provider, by, {"name": provider.name})


@transaction.atomic
def restore(provider: AiProvider, *, by: audit.Actor) -> AiProvider:
    provider = AiProvider.objects.locked(provider.pk)
    if provider.is_deleted:
        provider.deleted_at = None
        provider.is_default = not AiProvider.objects.filter(deleted_at=None).exists()
        provider.save()
        _record("restored", provider, by, {"name": provider.name})
    return provider


def _check_address(address: str) -> None:
    """Said at once rather than by the first call; that one is checked again."""
    if not address:
        return
    try:
        http.check_address(address)
    except http.AddressRefused as refusal:
        raise Invalid("address_refused", str(refusal), base_url=[str(refusal)]) from refusal
    except http.HTTPError:
        return  # the name may exist later


def _make_room_for(provider: AiProvider) -> None:
    """One default per company; the constraint has the last word."""
    if provider.is_default:
        for other in AiProvider.objects.select_for_update().filter(is_default=True).exclude(pk=provider.pk):
            other.is_default = False
            other.save(update_fields=["is_default"])


def _record(what: str, provider: AiProvider, by: audit.Actor, told: dict[str, Any]) -> None:
    audit.record(f"ai_provider.{what}", actor=by, target=f"ai_provider:{provider.pk}", data=told)


def _host(address: str) -> str:
    return urlsplit(address).netloc.lower()
