from __future__ import annotations

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from portal.eamena import loading


class Command(BaseCommand):
    help = (
        "Takes in a sheet of EAMENA's bulk upload: sites, monuments, and reports, which go to the verifiers. "
        "All of it or nothing; what is wrong is told by row and column, and the command exits with 1."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sheet", type=Path, metavar="XLSX")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="who enters it; that person's rights hold")
        parser.add_argument(
            "--language", default="en", choices=[code for code, _label in settings.LANGUAGES], help="of descriptions"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be written, and write nothing")

    def handle(self, *, sheet: Path, by: str, language: str, dry_run: bool, **options: Any) -> None:
        user = get_user_model().objects.filter(email__iexact=by, is_active=True).first()
        if user is None:
            raise CommandError(_("There is no account with the address %(address)s.") % {"address": by})
        try:
            places, problems = loading.read(sheet)
            self._told = time.monotonic()
            facts: dict[str, Any] = {"language": language, "dry_run": dry_run}
            done = loading.load(places, problems, by=user, tell=self._progress, **facts)
        except (loading.Unreadable, PermissionDenied, OSError) as error:
            raise CommandError(str(error)) from error
        for problem in [*done.left_out, *done.problems]:
            self.stderr.write(_("Row %(row)s, %(column)s: %(message)s") % problem._asdict())
        if done.problems:
            raise CommandError(_("Nothing was written. Mend the sheet and run the command again."))
        counts = {name: number_format(getattr(done, name)) for name in ("sites", "monuments", "reports")}
        said = _("Would be written: sites %(sites)s, monuments %(monuments)s, reports %(reports)s.")
        if not dry_run:
            said = _("Written: sites %(sites)s, monuments %(monuments)s, reports for the verifiers %(reports)s.")
        self.stdout.write(said % counts)

    def _progress(self, done: int, total: int) -> None:
        if time.monotonic() - self._told >= 1:
            self._told = time.monotonic()
            said = _("%(done)s of %(total)s places") % {"done": number_format(done), "total": number_format(total)}
            self.stderr.write(said)
