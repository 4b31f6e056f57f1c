from __future__ import annotations

import time
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from reports.conditions.workflow import Refused
from reports.evidence import loading
from reports.evidence.actions import Loaded, load, would_refuse

REFUSED, INTERRUPTED = 1, 130
"""Exit codes."""


class Command(BaseCommand):
    help = (
        "Loads photographs and documents from a folder, the same way in as uploads. What is refused is named with "
        "its reason, and the others go on; exits with 1 then. Run again, it goes on and doubles nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="who sends them; that person's rights hold")
        columns = ", ".join(loading.COLUMNS)
        parser.add_argument("--table", type=Path, metavar="CSV", help=f"UTF-8, with some of the columns {columns}")
        parser.add_argument("--dry-run", action="store_true", help="look at each file and keep nothing")
        of_all = parser.add_argument_group("of all files of which the table says nothing else")
        belongs = of_all.add_mutually_exclusive_group()
        belongs.add_argument("--monument", metavar="SLUG")
        belongs.add_argument("--report", metavar="ID")
        belongs.add_argument("--plan", metavar="ID")
        of_all.add_argument("--taken", metavar="DATE", help="such as 2015-08, or 2015-08-30/2015-09-02")
        of_all.add_argument("--language", metavar="CODE", help="of caption and alternative text")
        of_all.add_argument("--credit", metavar="TEXT", help="the source, as it is shown")
        of_all.add_argument("--licence", metavar="TEXT")

    def handle(self, *, folder: Path, table: Path | None, by: str, dry_run: bool, **options: Any) -> None:
        user = get_user_model().objects.filter(email__iexact=by, is_active=True).first()
        if user is None:
            raise CommandError(_("There is no account with the address %(address)s.") % {"address": by})
        for_all = {name: options[name] for name in loading.COLUMNS if options.get(name)}
        try:
            rows = loading.rows(folder, table, for_all)
        except (ValueError, OSError) as error:
            raise CommandError(str(error)) from error
        try:
            done = self._load(rows, loading.Reader(folder, user), dry_run)
        except KeyboardInterrupt:
            raise CommandError(_("Interrupted; run it again to go on from here."), returncode=INTERRUPTED) from None
        self._conclude(done, dry_run)

    def _load(self, rows: Any, reader: loading.Reader, dry_run: bool) -> Counter[str]:
        began = told = time.monotonic()
        done = Counter[str]()
        for number, row in enumerate(rows, start=1):
            found = self._one(row, reader, dry_run)
            done["refused" if found.refusal else "there" if found.was_there else "loaded"] += 1
            if found.refusal:
                # The name is somebody else's: as a literal it does nothing to a terminal.
                self.stderr.write(f"{row.name!r}: {found.refusal}")
            if time.monotonic() - told >= 1:
                told = time.monotonic()
                self._progress(number, len(rows), told - began)
        return done

    def _one(self, row: loading.Row, reader: loading.Reader, dry_run: bool) -> Loaded:
        try:
            item = reader.item(row)
            return would_refuse(item) if dry_run else load(item, by=reader.by)
        except (Refused, ValueError, OSError) as refusal:
            return Loaded(refusal=str(refusal))

    def _progress(self, done: int, total: int, seconds: float) -> None:
        left = (total - done) * seconds / done / 60
        said = {"done": number_format(done), "total": number_format(total), "minutes": number_format(left, 0)}
        self.stderr.write(_("%(done)s of %(total)s, about %(minutes)s minutes left") % said)

    def _conclude(self, done: Counter[str], dry_run: bool) -> None:
        said = {name: number_format(done[name]) for name in ("loaded", "there", "refused")}
        if dry_run:
            message = _("Would be loaded: %(loaded)s. There already: %(there)s. Would be refused: %(refused)s.") % said
        else:
            message = _("Loaded: %(loaded)s. There already: %(there)s. Refused: %(refused)s.") % said
        if done["refused"]:
            raise CommandError(message, returncode=REFUSED)
        self.stdout.write(message)
