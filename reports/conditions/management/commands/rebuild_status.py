from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from reports.conditions.rebuilding import rebuild_all
from sites.models import Monument


class Command(BaseCommand):
    help = "Derives every monument's status anew from its published reports."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 and list what differs")

    def handle(self, *, check: bool, **options: Any) -> None:
        total, looked_at, differing = Monument.objects.count(), 0, 0
        for done in rebuild_all(write=not check):
            looked_at += done.looked_at
            differing += len(done.differing)
            for slug in Monument.objects.filter(pk__in=done.differing).order_by("slug").values_list("slug", flat=True):
                self.stdout.write(slug)
            self.stderr.write(_("%(count)s of %(total)s monuments") % {"count": looked_at, "total": total})
        if check and differing:
            raise CommandError(
                _("%(count)s monuments differ from their reports; run rebuild_status.") % {"count": differing}
            )
        self.stdout.write(_("%(count)s rebuilt.") % {"count": differing} if not check else _("All agree."))
