"""Templates: written here, given to the provider for review, changed, removed; and the provider's news of them."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db import transaction
from django.utils.timezone import now

from helpdesk.constraints import unless_taken
from helpdesk.errors import Refused
from helpdesk.events import Event, publish
from tenants.actions import audit
from tenants.models import Membership
from tenants.models.user import User
from tenants.roles import Role
from tickets import template_parts
from tickets.actions import kept_files, notices
from tickets.events import TEMPLATE_CREATED, TEMPLATE_DELETED, TEMPLATE_UPDATED
from tickets.models import Connection, Template
from tickets.models.connection import Status
from tickets.models.template import TemplateStatus
from tickets.template_book import News, Submitted, TemplateBook, book_of
from tickets.transport import TransportError

# Meta looks at a template again when its words change; in these states it refuses new words.
FIXED = {TemplateStatus.PENDING, TemplateStatus.DISABLED, TemplateStatus.DELETING, TemplateStatus.LOCKED}
BAD_NEWS = {TemplateStatus.REJECTED, TemplateStatus.PAUSED, TemplateStatus.DISABLED}
T = TypeVar("T")
NAMES = {"name", "first_name", "firstname", "customer_name", "nome", "nombre", "cliente"}
GREETINGS = ("olá", "ola", "oi", "hello", "hi", "hola", "hey", "bom dia", "dear")
WORDS = {"components", "category", "name", "language", "format"}


@transaction.atomic
def create(
    connection: Connection, *, by: audit.Actor, files: Iterable[int] = (), uploader: User | None = None,
    **fields: Any,
) -> Template:  # fmt: skip
    """A draft that only we know, in the account of this number."""
    book = _book(connection)
    template = Template(kind=connection.kind, account=book.account(connection), **fields)
    _save(template)
    kept_files.keep(files, by=uploader, template=template)
    audit.record("template.created", actor=by, target=_target(template), data=_named(template))
    return _tell(TEMPLATE_CREATED, template)


@transaction.atomic
def update(
    template: Template, *, by: audit.Actor, files: Iterable[int] | None = None,
    uploader: User | None = None, **fields: Any,
) -> Template:  # fmt: skip
    """Change what is given. The provider's words stay what they are until the new ones are submitted."""
    template = Template.objects.locked(template.pk)
    changed = WORDS & fields.keys()
    if changed and template.status in FIXED:
        raise Refused("template_fixed", "This template cannot be changed now.", status=template.status)
    if template.is_known:
        if fixed := sorted(changed - {"components"}):
            detail = "Name, language and category stay: duplicate the template instead."
            raise Refused("template_known", detail, **{name: [detail] for name in fixed})
        if "components" in fields:
            words = fields.pop("components")
            fields["edited"] = None if words == template.components else words
    for name, value in fields.items():
        setattr(template, name, value)
    _save(template)
    if files is not None:
        kept_files.keep(files, by=uploader, template=template)
    audit.record("template.updated", actor=by, target=_target(template), data=_named(template))
    return _tell(TEMPLATE_UPDATED, template)


def submit(template: Template, *, by: audit.Actor) -> Template:
    """Give it to the provider, who answers at once that it will be reviewed."""
    connection = connection_of(template)
    book = _book(connection)
    if template.status in FIXED:
        raise Refused("template_fixed", "This template cannot be submitted now.", status=template.status)
    if template.is_known and template.edited is None:
        raise Refused("template_unchanged", "The provider already has these words.")
    words = template.edited if template.edited is not None else template.components
    book.check(template, words)
    given = _asked(lambda: book.submit(connection, template, words))
    return _submitted(template, words, given, by)


def remove(template: Template, *, by: audit.Actor) -> None:
    """Delete it, at the provider as well. Messages that used it keep their words."""
    if template.is_known:
        connection = connection_of(template)
        book = _book(connection)
        _asked(lambda: book.remove(connection, template))
    with transaction.atomic():
        audit.record("template.deleted", actor=by, target=_target(template), data=_named(template))
        forget(Template.objects.filter(pk=template.pk))


def heard(news: News, *, kind: str) -> None:
    """The provider tells of a template. What is not known here comes with the next synchronisation."""
    rows = Template.objects.filter(kind=kind, account=news.account).select_for_update()
    template: Template | None = rows.filter(provider_id=news.provider_id).first() or (
        rows.filter(name=news.name, language=news.language).first() if news.name else None
    )
    if template is None:
        return
    if news.is_gone:
        forget(Template.objects.filter(pk=template.pk))
        return
    was = template.status
    template.provider_id = template.provider_id or news.provider_id
    template.status = news.status or was
    template.category = news.category or template.category
    for name in ("reason", "advice", "quality", "next_category"):
        if (value := getattr(news, name)) is not None:
            setattr(template, name, value)
    template.save()
    _tell(TEMPLATE_UPDATED, template)
    if template.status != was:
        warn(template)


def warn(template: Template) -> None:
    """Administrators hear when the provider refused, paused or disabled one."""
    if template.status in BAD_NEWS:
        admins = Membership.objects.active().filter(role=Role.ADMIN).values_list("user_id", flat=True)
        data = {
            "template": template.pk,
            **_named(template),
            "status": template.status,
            "reason": template.reason,
        }
        notices.tell("template", list(admins), data={**data, "text": template.name})


def forget(rows: Any) -> None:
    """Delete these and tell consoles. Part of the caller's transaction."""
    for template in rows.with_parts():
        kept_files.keep((), by=None, template=template)
        _tell(TEMPLATE_DELETED, template)
        template.delete()


def connection_of(template: Template) -> Connection:
    """A working number of the template's account."""
    for connection in Connection.objects.live().filter(kind=template.kind).order_by("-is_default", "id"):
        book = book_of(connection)
        if book and book.account(connection) == template.account and connection.status != Status.DISCONNECTED:
            found: Connection = connection
            return found
    raise Refused("template_without_number", "No connected number belongs to this template's account.")


def guess_defaults(template: Template) -> dict[str, str]:
    """Who is greeted by name nearly always is the customer; whoever knows better changes it."""
    guessed = {}
    words = str(template_parts.part(template.components, "body").get("text", "")).lower()
    for field in template_parts.blanks_of(template.components):
        if field.key in NAMES or (
            field.key == "1" and any(f"{hello} {{{{1}}}}" in words for hello in GREETINGS)
        ):
            guessed[field.key] = "{{firstName}}"
    return guessed


@transaction.atomic
def _submitted(template: Template, words: list[Any], given: Submitted, by: audit.Actor) -> Template:
    template = Template.objects.locked(template.pk)
    template.components, template.edited = words, None
    template.provider_id = given.provider_id or template.provider_id
    template.status, template.category = given.status, given.category or template.category
    template.reason = template.advice = ""
    template.defaults = {**guess_defaults(template), **template.defaults}
    template.submitted_at = now()
    template.save()
    audit.record("template.submitted", actor=by, target=_target(template), data=_named(template))
    return _tell(TEMPLATE_UPDATED, template)


def _asked(question: Callable[[], T]) -> T:
    try:
        return question()
    except TransportError as error:
        raise Refused(error.code or "provider_refused", str(error)) from error


def _book(connection: Connection) -> TemplateBook:
    book = book_of(connection)
    if book is None:
        raise Refused("templates_not_here", "This kind of number has no templates.")
    return book


def _save(template: Template) -> None:
    taken = Refused("template_taken", "There is a template of this name in this language.", name=["taken"])
    with unless_taken({"template_once": lambda: taken}):
        template.save()


def _target(template: Template) -> str:
    return f"template:{template.pk}"


def _named(template: Template) -> dict[str, str]:
    return {"name": template.name, "language": template.language}


def _tell(event: Event, template: Template) -> Template:
    publish(event, template, to={"company"})
    return template
