"""A chosen template becomes a message: its variables filled in, its header's file found, its words kept.

The choice is the same wherever a template is chosen (an agent, a schedule, a text that leaves by itself):
{"name", "language", "variables"?: {key: text}, "header"?: {...}, "cards"?: [{...}]}. A text may hold our own
variables ({{firstName}}), so one choice serves many customers. A header is {"attachment": id} or a place; without
one, the template's own file is sent.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q

from helpdesk.errors import Invalid, Refused
from tenants.models import User
from tickets import template_parts, texts
from tickets.actions import kept_files
from tickets.models import Attachment, Connection, Message, Template, Ticket
from tickets.models.attachment import State as FileState
from tickets.models.template import TemplateStatus
from tickets.template_book import account_of, book_of
from tickets.template_parts import MEDIA, PLACE, Blank

Choice = Mapping[str, Any]
WHY_NOT = {
    TemplateStatus.PAUSED: ("template_paused", "WhatsApp paused this template because customers complained."),
    TemplateStatus.DISABLED: ("template_disabled", "WhatsApp disabled this template."),
}


def fill(message: Message, choice: Choice, ticket: Ticket, by: User | None) -> None:
    """Put the words and the files of the chosen template into the message.

    Raises Invalid with a line per variable that stays empty, Refused for a template that may not be sent.
    """
    template = find(ticket.connection, str(choice["name"]), str(choice["language"]))
    if template is None:
        return  # this account's templates were never read: the provider knows whether there is such a one
    _refuse_unless_sendable(template)
    blanks = template_parts.blanks_of(template.components)
    values = values_for(template, choice, texts.facts_of(ticket, by))
    places = {blank.key: place_of(choice, blank.key) for blank in blanks if blank.kind == PLACE}
    problems = dict(_problems(blanks, values, places))
    files = _files(template, blanks, choice, by, problems)
    if problems:
        raise Invalid("template_incomplete", "Fill in what the template asks for.", **problems)
    shown = template_parts.shown(template.components, values, places)
    message.body = shown.pop("body")
    message.content = {**message.content, "shown": {**shown, "values": values}}
    copies = [_own(file, by, position) for position, file in enumerate(files)]
    message._prefetched_objects_cache = {"attachments": copies}  # type: ignore[attr-defined]


def find(connection: Connection, name: str, language: str) -> Template | None:
    """The template of this number's account. Raises Refused when there is none, None when nobody ever looked."""
    if book_of(connection) is None:
        return None
    known = Template.objects.filter(kind=connection.kind, account=account_of(connection))
    found: Template | None = known.filter(name=name, language=language).first()
    if found is None and known.exclude(synced_at=None).exists():
        raise Refused("template_unknown", "This number has no template of this name and language.")
    return found


def values_for(template: Template, choice: Choice, facts: texts.Facts) -> dict[str, str]:
    """What each variable becomes for this customer: the sender's words, or the template's defaults."""
    wanted = [one for one in template_parts.blanks_of(template.components) if one.kind in {"text", "code"}]
    codes = {one.key: one.example for one in wanted if one.kind == "code"}
    given = {**codes, **template.defaults, **(choice.get("variables") or {})}
    # WhatsApp refuses line breaks, tabs and rows of spaces inside a variable.
    return {one.key: " ".join(texts.fill(str(given.get(one.key, "")), facts).split()) for one in wanted}


def header_of(choice: Choice, key: str) -> dict[str, Any]:
    """What the sender chose for this header: "header", or "card.2.header"."""
    if key == "header":
        return dict(choice.get("header") or {})
    cards = choice.get("cards") or []
    index = int(key.split(".")[1])
    return dict(cards[index] or {}) if index < len(cards) else {}


def files_in(*choices: Choice | None) -> list[int]:
    """The files that choices name: who keeps a choice keeps them as well."""
    headers = [header for choice in choices if choice for header in _headers(choice)]
    return [header["attachment"] for header in headers if header.get("attachment")]


def _headers(choice: Choice) -> list[dict[str, Any]]:
    return [one for one in (choice.get("header"), *(choice.get("cards") or [])) if one]


def place_of(choice: Choice, key: str) -> dict[str, Any]:
    header = header_of(choice, key)
    return {name: header[name] for name in ("latitude", "longitude", "name", "address") if name in header}


def _refuse_unless_sendable(template: Template) -> None:
    if template.is_sendable:
        return
    unapproved = ("template_not_approved", "WhatsApp has not approved this template.")
    code, detail = WHY_NOT.get(TemplateStatus(template.status), unapproved)
    raise Refused(code, detail, status=template.status)


def _problems(
    blanks: list[Blank], values: Mapping[str, str], places: Mapping[str, Any]
) -> Iterator[tuple[str, list[str]]]:
    for blank in blanks:
        if blank.kind in {"text", "code"} and not values[blank.key]:
            yield f"variables.{blank.key}", ["This is empty for this customer."]
        elif blank.kind == PLACE and not {"latitude", "longitude"} <= places[blank.key].keys():
            yield blank.key, ["Choose a place."]


def _files(
    template: Template, blanks: list[Blank], choice: Choice, by: User | None, problems: dict[str, list[str]]
) -> list[Attachment]:
    """The file of each header, in order: the one that was chosen, or the template's own."""
    wanted = [blank for blank in blanks if blank.kind in MEDIA]
    own = [kept.attachment for kept in template.files.select_related("attachment").order_by("position", "id")]
    found = []
    for position, blank in enumerate(wanted):
        chosen = header_of(choice, blank.key).get("attachment")
        file = _chosen(chosen, by) if chosen else own[position] if position < len(own) else None
        if file is None:
            problems[blank.key] = ["Choose a file."]
        elif blank.kind != file.kind:
            problems[blank.key] = [f"This header takes a file of kind {blank.kind}."]
        else:
            found.append(file)
    return found


def _chosen(pk: int, by: User | None) -> Attachment | None:
    """An upload of the sender's, or a file that the company keeps."""
    usable = Q(uploaded_by=by, message=None) | Q(kept__isnull=False)
    rows = Attachment.objects.filter(usable, pk=pk, state=FileState.STORED).exclude(path="")
    found: Attachment | None = rows.select_related("kept").first()
    return found


def _own(file: Attachment, by: User | None, position: int) -> Attachment:
    """What is kept is copied; an upload goes as it is."""
    mine = kept_files.copy_of(file, by=by) if hasattr(file, "kept") else file
    if mine.position != position:
        mine.position = position
        mine.save(update_fields=["position"])
    return mine
