"""Says in words what is wrong with this installation."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from helpdesk import doctor

SIGNS = {"ok": "✓", "warn": "!", "bad": "✗"}


class Command(BaseCommand):
    """Exit code 1 when anything is broken."""

    help = __doc__ or ""
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        broken = 0
        paint = {"ok": self.style.SUCCESS, "warn": self.style.WARNING, "bad": self.style.ERROR}
        for level, about, words in doctor.examine():
            broken += level == "bad"
            self.stdout.write(f"{paint[level](SIGNS[level])} {about:<11} {words}")
        self.stdout.write("Everything needed works." if not broken else f"{broken} things are wrong.")
        if broken:
            sys.exit(1)
