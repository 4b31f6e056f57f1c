from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from reports.alerts import actions


class Command(BaseCommand):
    help = "Looks through the mailbox of BOUNCE_MAILBOX_URL for messages that came back, as the workers do."

    def handle(self, **options: Any) -> None:
        if not settings.BOUNCE_MAILBOX_URL:
            raise CommandError("BOUNCE_MAILBOX_URL is not set; see docs/configuration.md.")
        try:
            counts = actions.read_bounces()
        except OSError as error:
            raise CommandError(f"The mailbox cannot be read: {error}") from error
        self.stdout.write(
            f"{counts['returned']} came back, {counts['known']} known before, {counts['other']} left for people."
        )
