from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from reports.conditions import pyramid


class Command(BaseCommand):
    help = "Counts anew the monuments of each cell of the map, from places and statuses."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if a count is wrong")

    def handle(self, *, check: bool, **options: Any) -> None:
        differing = pyramid.differing()
        if check and differing:
            raise CommandError(_("%(count)s counts of the map are wrong; run rebuild_map.") % {"count": differing})
        if check:
            self.stdout.write(_("All agree."))
            return
        pyramid.rebuild()
        self.stdout.write(_("%(count)s rebuilt.") % {"count": differing})
