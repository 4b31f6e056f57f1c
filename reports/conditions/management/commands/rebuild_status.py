from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from reports.conditions import actions, queries
from sites.models import Monument

BATCH = 500


class Command(BaseCommand):
    help = "Derives every monument's status anew from its published reports."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 and list what differs")

    def handle(self, *, check: bool, **options: Any) -> None:
        differing = 0
        for done, batch in enumerate(_batches(), start=1):
            for pk, slug in self._differing(batch):
                differing += 1
                self.stdout.write(slug)
                if not check:
                    actions.rebuild(pk)
            if options["verbosity"] > 1:
                self.stderr.write(_("%(count)s monuments looked at") % {"count": done * BATCH})
        if check and differing:
            raise CommandError(
                _("%(count)s monuments differ from their reports; run rebuild_status.") % {"count": differing}
            )
        self.stdout.write(_("%(count)s rebuilt.") % {"count": differing} if not check else _("All agree."))

    def _differing(self, batch: dict[UUID, str]) -> Iterator[tuple[UUID, str]]:
        derived = queries.derived(batch)
        kept = queries.histories(batch)
        return ((pk, slug) for pk, slug in batch.items() if derived[pk] != kept[pk])


def _batches() -> Iterator[dict[UUID, str]]:
    rows = iter(Monument.objects.order_by("pk").values_list("pk", "slug").iterator())
    while batch := dict(islice(rows, BATCH)):
        yield batch
