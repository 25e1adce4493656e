"""The customer proves who they are by a code that reaches them another way: by e-mail, or as the company sends it."""

import re
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from integrations.ai.port import Tool
from integrations.models import AssistantTool
from integrations.models.customer_code import LIFETIME
from integrations.tools import codes, company_tool
from integrations.tools.port import OPTIONAL_TEXT, Answer, Around, BuiltIn, schema

NAME = "verify_customer"


def offer(around: Around) -> Tool:
    return Tool(
        NAME,
        "Let the customer prove who they are before tools that need it. `send` sends a six-digit code by a way that"
        " the company knows; ask the customer for it, then `check` it. Never tell or guess a code.",
        schema(
            step={"type": "string", "enum": ["send", "check"]},
            code={**OPTIONAL_TEXT, "maxLength": 20, "description": "what the customer wrote; null to send"},
        ),
    )


def use(around: Around, given: dict[str, Any]) -> Answer:
    if around.is_rehearsal:
        return Answer("Rehearsal: the customer counts as verified.")
    if around.conversation.contact is None:
        return Answer("There is no customer here who could be verified. Hand over.")
    if codes.is_proved(around):
        return Answer("The customer is already verified.")
    if given["step"] == "send":
        return Answer(_send(around))
    code = re.sub(r"\D", "", given["code"] or "")
    if len(code) == 6 and codes.prove(around, code):
        return Answer("Verified.")
    return Answer("The code is wrong or has expired. The customer may try again, or you send a new one.")


def _send(around: Around) -> str:
    contact = around.conversation.contact
    assert contact is not None
    hook = _hook(around)
    if hook is None and not contact.email:
        return "The company knows no e-mail address of this customer, so no code can be sent. Hand over."
    code = codes.make(around)
    if code is None:
        return "Too many codes were sent within the hour. Hand over."
    if hook is not None:
        is_sent, _ = company_tool.call(hook, company_tool.values_of(hook, around, {}, code))
    else:
        is_sent = _by_mail(around, code)
    if not is_sent:
        return "The code could not be sent. Hand over."
    return "The code was sent" + (f" to {_masked(contact.email)}." if hook is None else ".")


def _hook(around: Around) -> AssistantTool | None:
    """The company's own way of sending codes, where the assistant is told to use one."""
    names = around.option(NAME, "hook")
    return AssistantTool.objects.live().filter(name__in=names).first() if names else None


def _by_mail(around: Around, code: str) -> bool:
    contact, company = around.conversation.contact, around.assistant.company
    assert contact is not None
    language = company.language if company.language in {"pt-BR", "en", "es"} else "en"
    words = {"company": company.name, "code": code, "minutes": int(LIFETIME.total_seconds() // 60)}
    text = render_to_string(f"mail/customer_code.{language}.txt", words)
    subject, _, body = text.partition("\n")
    try:
        send_mail(subject.strip(), body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [contact.email])
    except (SMTPException, OSError):
        return False
    return True


def _masked(email: str) -> str:
    """Enough to recognise one's own address, too little to learn another's."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}***@{domain[:1]}***.{domain.rpartition('.')[2]}"


TOOL = BuiltIn(NAME, offer, use)
