"""`manage.py seed_demo`: two companies to look at, made once; later runs only reconnect their numbers."""

import random
from typing import Any

import orjson
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.module_loading import import_string

from helpdesk.env import env
from tenants.models import Company, User
from tenants.scoping import company_scope
from whatsapp.demo.acts import act
from whatsapp.demo.addressbook import keep_book
from whatsapp.demo.answers import prepare
from whatsapp.demo.automation import automate
from whatsapp.demo.cast import CASTS, OPERATOR, PASSWORD
from whatsapp.demo.company import build
from whatsapp.demo.conversations import fill
from whatsapp.demo.costs import charge
from whatsapp.demo.emulator import NoEmulator, connect
from whatsapp.demo.identities import know
from whatsapp.demo.kinds import send_all_kinds
from whatsapp.demo.ledger import keep_ledger
from whatsapp.demo.offers import offer
from whatsapp.demo.phones import offer_phones
from whatsapp.demo.routing import route
from whatsapp.demo.views import save_views

SEED = 2026


class Command(BaseCommand):
    help = "Fill an empty installation with two companies, their people and a few hundred conversations."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--emulator", default=env("EMULATOR_URL"), help="its address, when one runs")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Demo data has known passwords and no place in production.")
        if User.objects.filter(email=OPERATOR[1]).exists():
            self.stdout.write("The demo data is there already.")
        else:
            self._seed()
        self._call(settings.DEMO_STARTED)
        self._write_logins()
        if options["emulator"]:
            self._connect(options["emulator"])

    @transaction.atomic
    def _seed(self) -> None:
        """All or nothing, so that a stopped run leaves an empty installation."""
        dice = random.Random(SEED)  # noqa: S311  (the same demo everywhere)
        name, email = OPERATOR
        User.objects.create_user(email, PASSWORD, name=name, language="en", is_operator=True)
        for cast in CASTS:
            stage = build(cast)
            with company_scope(stage.company.pk):
                fill(stage, dice)
                automate(stage)
                route(stage)
                keep_book(stage)
                act(stage)
                offer(stage)
                send_all_kinds(stage, random.Random(SEED))  # noqa: S311
                prepare(stage, random.Random(SEED))  # noqa: S311
                save_views(stage)
                offer_phones(stage)
                keep_ledger(stage)
                know(stage)
                charge(stage)
            self.stdout.write(f"{cast.name}: {stage.company.next_ticket_number - 1} tickets.")
        self._call(settings.DEMO)

    def _call(self, paths: list[str]) -> None:
        """What other apps show in the demo's first company."""
        company = Company.objects.filter(name=CASTS[0].name).first()
        if company is not None:
            with company_scope(company.pk):
                for path in paths:
                    import_string(path)(company)

    def _connect(self, emulator: str) -> None:
        try:
            connect(emulator, settings.WEBHOOK_ROOT)
        except NoEmulator as error:
            self.stderr.write(str(error))

    def _write_logins(self) -> None:
        """For whoever starts the demo to show."""
        rows = [
            {"company": cast.name, "role": person.role, "email": person.email, "password": PASSWORD}
            for cast in CASTS
            for person in cast.people
            if Company.objects.filter(name=cast.name).exists()
        ]
        operator = {"company": "—", "role": "operator", "email": OPERATOR[1], "password": PASSWORD}
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        (settings.DATA_DIR / "demo.json").write_bytes(orjson.dumps({"logins": [*rows, operator]}))
        for row in [*rows, operator]:
            self.stdout.write(f"{row['company']:<12} {row['role']:<11} {row['email']:<28} {row['password']}")
