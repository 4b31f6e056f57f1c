from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.founding import load
from sites.models import Site

FOUNDING_FILE = settings.BASE_DIR / "portal" / "data" / "founding.json"


class Command(BaseCommand):
    help = "Loads Palmyra and the other founding sites into a registry that is still empty."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--file", type=Path, default=FOUNDING_FILE, help="another file of the same format")
        parser.add_argument("--tell", action="store_true", help="tell subscribers of what is loaded, in one message")

    def handle(self, *, file: Path, tell: bool, **options: Any) -> None:
        if Site.objects.exists():
            self.stdout.write(_("The registry has sites already; nothing loaded."))
            return
        try:
            count = load.load(load.read(file), tell=tell)
        except load.BadData as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("%(count)s monuments loaded.") % {"count": count})
