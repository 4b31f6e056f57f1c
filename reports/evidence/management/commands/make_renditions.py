from __future__ import annotations

import time
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.evidence import actions
from reports.evidence.models import Evidence
from reports.evidence.vocabulary import RenderProblem

FAILED, INTERRUPTED = 1, 130
"""Exit codes."""


class Command(BaseCommand):
    help = (
        "Makes the pictures that are shown in place of originals: those that are missing, or all anew. "
        "Workers may run meanwhile. After an interruption, the command without --all goes on from there."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--missing", action="store_true", help="where there are none, or to be made anew (default)")
        which.add_argument("--all", action="store_true", help="of all evidence; the present ones are shown until then")

    def handle(self, **options: Any) -> None:
        wanted = Evidence.objects.all() if options["all"] else Evidence.objects.filter(rendered_at=None)
        actions.make_due(wanted)
        total = actions.due_for_rendering().count()
        try:
            problems = self._render(total)
        except KeyboardInterrupt:
            raise CommandError(_("Interrupted; run it again to go on from here."), returncode=INTERRUPTED) from None
        self._conclude(total, problems)

    def _render(self, total: int) -> Counter[RenderProblem]:
        """All that is due; workers take their share. What fails is due later or never, so this ends."""
        began = told = time.monotonic()
        done, problems = 0, Counter[RenderProblem]()
        while (pk := actions.due_for_rendering().values_list("pk", flat=True).first()) is not None:
            problem = actions.render(pk)
            done += 1
            if problem:
                problems[problem] += 1
                self.stderr.write(f"{pk}: {problem.label}")
            if time.monotonic() - told >= 1:
                told = time.monotonic()
                self._progress(done, total, told - began)
        return problems

    def _progress(self, done: int, total: int, seconds: float) -> None:
        left = max(0, total - done) * seconds / done / 60
        said = {"done": number_format(done), "total": number_format(total), "minutes": number_format(left, 0)}
        self.stderr.write(_("%(done)s of %(total)s, about %(minutes)s minutes left") % said)

    def _conclude(self, total: int, problems: Counter[RenderProblem]) -> None:
        failed = problems.total()
        if failed:
            message = ngettext(
                "Of %(number)s file no pictures could be made; the others are done.",
                "Of %(number)s files no pictures could be made; the others are done.",
                failed,
            )
            raise CommandError(message % {"number": number_format(failed)}, returncode=FAILED)
        message = ngettext("Pictures of %(number)s file are made.", "Pictures of %(number)s files are made.", total)
        self.stdout.write(message % {"number": number_format(total)})
