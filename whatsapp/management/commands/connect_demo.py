"""`manage.py connect_demo`: the demo's numbers at the local emulator, after its address or ours changed."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from whatsapp.demo.emulator import NoEmulator, connect


class Command(BaseCommand):
    help = "Make the demo's numbers known to the local WhatsApp emulator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--emulator", default=settings.WHATSAPP_API_ROOT, help="the emulator's address")
        parser.add_argument("--callback", default=settings.WEBHOOK_ROOT, help="where it sends webhooks")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The emulator has no place in production.")
        try:
            count = connect(options["emulator"], options["callback"])
        except NoEmulator as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} numbers are known to the emulator.")
