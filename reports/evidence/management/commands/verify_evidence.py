from __future__ import annotations

import os
import time
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.evidence import fixity, fixity_report
from reports.evidence.actions import begin_check, check_one, go_on_checking
from reports.evidence.models import DamagedOriginal, FixityRun, Original
from reports.evidence.storage import name_of

DAMAGED, UNREACHABLE, INTERRUPTED = 1, 2, 130
"""Exit codes."""


class Command(BaseCommand):
    help = (
        "Hashes originals anew and tells which are not what was stored. Exits with 1 if any is damaged or missing, "
        "with 2 if the storage cannot be reached. A run over all that was interrupted is gone on with."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--all", action="store_true", help="every original, and files that belong to none")
        which.add_argument(
            "--slice",
            type=_positive,
            metavar="N",
            default=settings.FIXITY_SLICE,
            help="the N originals that were verified longest ago (default: as many as every night)",
        )
        which.add_argument("--original", metavar="SHA256", help="this one, such as after it was restored")
        parser.add_argument("--anew", action="store_true", help="with --all: from the start, not where it ended")
        parser.add_argument("--report", type=Path, metavar="FILE", help="write what was found as JSON")

    def handle(self, *, report: Path | None, **options: Any) -> None:
        with _written_at_once(report) as file:
            try:
                run = self._check(**options)
                strays = self._tell_strays(fixity.strays()) if options["all"] else iter(())
                found = fixity_report.write(file, run, strays)
                run.stray = found if options["all"] else None
                run.save(update_fields=["stray"])
            except KeyboardInterrupt:
                raise CommandError(
                    _("Interrupted; run it again to go on from here."), returncode=INTERRUPTED
                ) from None
            except (BotoCoreError, ClientError) as error:
                message = _("The storage cannot be reached (%(error)s); the same command goes on from here.")
                raise CommandError(message % {"error": error}, returncode=UNREACHABLE) from error
        self._conclude(run)

    def _check(self, **options: Any) -> FixityRun:
        if options["original"]:
            return self._check_one(options["original"])
        run = begin_check(None if options["all"] else options["slice"], anew=options["anew"])
        if run.checked:
            self.stderr.write(_("Going on with the run of %(start)s.") % {"start": run})
        left = fixity.count_to_check(run.started_at)
        total = run.checked + left if run.most is None else min(run.most, left)
        began, read, told = time.monotonic(), run.bytes, 0.0
        for _checked in go_on_checking(run):
            now = time.monotonic()
            if now - told >= 1:
                self._progress(run, total, (run.bytes - read) / (now - began))
                told = now
        self._progress(run, total, (run.bytes - read) / max(time.monotonic() - began, 0.001))
        return run

    def _check_one(self, sha256: str) -> FixityRun:
        original = Original.objects.filter(pk=sha256).first()
        if original is None:
            raise CommandError(_("There is no original %(sha256)s.") % {"sha256": sha256})
        return check_one(original)

    def _progress(self, run: FixityRun, total: int, rate: float) -> None:
        said = {
            "checked": number_format(run.checked),
            "total": number_format(total),
            "size": filesizeformat(run.bytes),
            "rate": filesizeformat(rate),
        }
        self.stderr.write(_("%(checked)s of %(total)s originals, %(size)s, %(rate)s a second") % said)

    def _tell_strays(self, strays: Iterable[fixity.Stray]) -> Iterator[fixity.Stray]:
        for stray in strays:
            self.stdout.write(
                # The name is somebody else's: as a literal it does nothing to a terminal.
                _("Of no original: %(name)s (%(size)s)")
                % {"name": repr(stray.name), "size": filesizeformat(stray.size)}
            )
            yield stray

    def _conclude(self, run: FixityRun) -> None:
        to_do = 0
        for damage in fixity_report.standing():
            self.stdout.write(_line(damage))
            to_do += damage.accepted_at is None
        if to_do:
            message = ngettext(
                "%(number)s original is damaged. Restore its file from the backup, then verify it again.",
                "%(number)s originals are damaged. Restore their files from the backup, then verify them again.",
                to_do,
            )
            raise CommandError(message % {"number": number_format(to_do)}, returncode=DAMAGED)
        intact = run.checked - run.damaged
        message = ngettext("%(number)s original is intact.", "%(number)s originals are intact.", intact)
        self.stdout.write(message % {"number": number_format(intact)})


def _line(damage: DamagedOriginal) -> str:
    """ "Hash does not match: ab/cd/abcd… (palmyra-bel)", with what was accepted marked so."""
    places = sorted({evidence.monument.slug for evidence in damage.original.evidence.all()})
    line = f"{damage.get_kind_display()}: {name_of(damage.original_id)} ({', '.join(places)})"
    return f"{line} [{_('accepted as lost')}]" if damage.accepted_at else line


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise ArgumentTypeError(_("write a number from 1 on"))
    return int(text)


@contextmanager
def _written_at_once(path: Path | None) -> Iterator[IO[str]]:
    """A file that is there when it is whole; that it cannot be written is told before anything is read."""
    if path is None:
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            yield nowhere
        return
    try:
        partial = NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False)  # noqa: SIM115
    except OSError as error:
        raise CommandError(_("%(file)s cannot be written: %(error)s") % {"file": path, "error": error}) from error
    try:
        with partial:
            yield partial
        Path(partial.name).replace(path)
    finally:
        Path(partial.name).unlink(missing_ok=True)
