"""Providers: a company adds an account, changes it, makes it the default, removes it and brings it back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now

from helpdesk import http
from helpdesk.errors import Invalid, Refused
from integrations.actions import assistants, provider_news
from integrations.events import PROVIDER_CREATED, PROVIDER_DELETED
from integrations.models import AiProvider
from integrations.models.provider import Ability
from tenants.actions import audit

PRICED_BY = {"prices", "monthly_budget", "stop_at_budget"}
UNTOLD = {"prices", "api_key"}  # named in the audit log, but without their values


@contextmanager
def _renewing() -> Iterator[None]:
    """What an assistant would say may change with the model that answers for it: then its exam no longer counts."""
    before = _models()
    yield
    after = _models()
    for pk in before.keys() & after.keys():
        if before[pk] != after[pk]:
            is_elsewhere = before[pk][:2] != after[pk][:2]
            assistants.renew(Q(provider=pk) if is_elsewhere else Q(provider=pk, model=""))


def _models() -> dict[int | None, tuple[int, str, str]]:
    """Of each account, and (as None) of the one that answers where an assistant names none: who, where, what."""
    rows = AiProvider.objects.filter(deleted_at=None)
    found: dict[int | None, tuple[int, str, str]] = {
        row.pk: (row.pk, row.base_url, row.chat_model) for row in rows
    }
    default = AiProvider.objects.able_to(Ability.CHAT)
    return found if default is None else {**found, None: found[default.pk]}


def create(*, by: audit.Actor, **fields: Any) -> AiProvider:
    """A new account. The first one becomes the default."""
    _check_address(fields.get("base_url", ""))
    return _create(by=by, **fields)


@transaction.atomic
@_renewing()
def _create(*, by: audit.Actor, is_default: bool = False, **fields: Any) -> AiProvider:
    provider = AiProvider(**fields)
    provider.is_default = is_default or not AiProvider.objects.filter(deleted_at=None).exists()
    _make_room_for(provider)
    provider.save()
    _record("created", provider, by, {"name": provider.name, "base_url": provider.base_url})
    return provider_news.tell(provider, PROVIDER_CREATED)


def update(provider: AiProvider, *, by: audit.Actor, **fields: Any) -> AiProvider:
    """Change what is given. A key goes to the address it was typed for and to no other."""
    if fields.get("base_url", provider.base_url) != provider.base_url:
        _check_address(fields["base_url"])
    return _update(provider, by=by, **fields)


@transaction.atomic
@_renewing()
def _update(provider: AiProvider, *, by: audit.Actor, **fields: Any) -> AiProvider:
    provider = AiProvider.objects.locked(provider.pk)
    if fields.get("is_default") is False and provider.is_default:
        raise Refused("default_needed", "Make another provider the default instead.")
    address = fields.get("base_url", provider.base_url)
    if _host(address) != _host(provider.base_url) and provider.api_key and not fields.get("api_key"):
        raise Invalid("key_needed", "The key belongs to the old address. Type the key of the new one.")
    changed = {name: value for name, value in fields.items() if getattr(provider, name) != value}
    for name, value in changed.items():
        setattr(provider, name, value)
    if {"base_url", "api_key"} & set(changed):
        provider.trouble = provider.trouble_detail = ""
        provider.checked_at = None
    if PRICED_BY & set(changed):
        provider.unpriced_for = ""  # what still has no price is told again
    _make_room_for(provider)
    provider.save()
    if changed:
        shown = {name: str(value)[:120] for name, value in changed.items() if name not in UNTOLD}
        _record("updated", provider, by, {"changed": sorted(changed), **shown})
    return provider_news.tell(provider)


@transaction.atomic
@_renewing()
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
        provider_news.tell(heir)
    _record("deleted", provider, by, {"name": provider.name})
    provider_news.tell(provider, PROVIDER_DELETED)


@transaction.atomic
@_renewing()
def restore(provider: AiProvider, *, by: audit.Actor) -> AiProvider:
    provider = AiProvider.objects.locked(provider.pk)
    if provider.is_deleted:
        provider.deleted_at = None
        provider.is_default = not AiProvider.objects.filter(deleted_at=None).exists()
        provider.save()
        _record("restored", provider, by, {"name": provider.name})
        provider_news.tell(provider, PROVIDER_CREATED)
    return provider


def _check_address(address: str) -> None:
    """Said at once rather than by the first call; that one is checked again. It asks for the name's address, which
    may take a while: not in a transaction."""
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
            provider_news.tell(other)


def _record(what: str, provider: AiProvider, by: audit.Actor, told: dict[str, Any]) -> None:
    audit.record(f"ai_provider.{what}", actor=by, target=f"ai_provider:{provider.pk}", data=told)


def _host(address: str) -> str:
    return urlsplit(address).netloc.lower()
