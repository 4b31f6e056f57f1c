from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from portal.embedded import guards, processes


class Command(BaseCommand):
    help = "Starts the whole portal on this machine: web server, Celery worker and Celery beat."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, port: int, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError("this is for the embedded portal; set EMBEDDED=1 or see docs/operations.md.")
        try:
            guards.check_port(port)
            with guards.alone_in(settings.DATA_DIR):
                self._prepare()
                status = processes.run(port, when_ready=lambda: self._ready(port))
        except guards.Refused as refusal:
            raise CommandError(f"Tadmor cannot start: {refusal}") from refusal
        sys.exit(status)

    def _prepare(self) -> None:
        call_command("migrate", verbosity=0, stdout=self.stdout)
        call_command("load_founding_data", stdout=self.stdout)
        call_command("create_sample_accounts", stdout=self.stdout)
        self.stdout.flush()

    def _ready(self, port: int) -> None:
        address = f"http://{guards.HOST}:{port}"
        self.stdout.write(f"Admin:     {address}/admin/")
        self.stdout.write(f"Mailbox:   {address}/mail/")
        self.stdout.write(f"REST:      {address}/api/docs/")
        self.stdout.write(f"Tadmor is ready at {address}/")
        self.stdout.flush()
