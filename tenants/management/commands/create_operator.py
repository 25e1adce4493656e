"""Makes a person an operator, who runs the whole installation: companies, plans, who may sign up."""

from __future__ import annotations

import getpass
import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from helpdesk.env import env
from helpdesk.errors import Refused
from tenants.actions import operators
from tenants.actions.sign_up import Founder
from tenants.models.company import Language

ASKED = "OPERATOR_PASSWORD"


class Command(BaseCommand):
    """The password is never an argument: the shell would keep it, and `ps` would show it."""

    help = (
        f"{__doc__} Whoever has an account keeps its password; for somebody new it is asked for, or read from "
        f"{ASKED}, {ASKED}_FILE or, when that is no terminal, the first line of the input."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="default: the address before its @")
        parser.add_argument("--language", choices=Language.values, default=Language.PORTUGUESE.value)

    def handle(self, *args: Any, **options: Any) -> None:
        email: str = options["email"]
        if (user := operators.known(email)) is None:
            self._create(email, options["name"] or email.partition("@")[0], options["language"])
        elif not user.is_active:
            raise CommandError(f"The account {user.email} is shut. Choose another address.")
        elif user.is_operator:
            self.stdout.write(f"{user.email} is an operator already.")
        else:
            operators.appoint(user)
            self.stdout.write(f"{user.email} is an operator now and keeps their password.")

    def _create(self, email: str, name: str, language: str) -> None:
        try:
            validate_email(email)
            user = operators.create(Founder(name, email, _password()), language=language)
        except ValidationError as error:
            raise CommandError(f"{email} is not an e-mail address.") from error
        except Refused as error:
            reasons = [str(reason) for reasons in error.fields.values() for reason in reasons]
            raise CommandError(" ".join(reasons) or error.detail) from error
        self.stdout.write(f"{user.email} is an operator. Sign in with the password that you chose.")


def _password() -> str:
    if given := env(ASKED):
        return given
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("The same again: ") != password:
        raise CommandError("The two are not the same.")
    return password
