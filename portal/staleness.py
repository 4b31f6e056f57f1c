"""How long nobody has looked, in words."""

from __future__ import annotations

import datetime

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.conditions.queries import STALE_DAYS
from reports.conditions.querysets import Moment


def days(assessed_on: datetime.date | None, moment: Moment) -> int | None:
    """From the last assessment to the day that is shown; None: never assessed."""
    return None if assessed_on is None else (moment.day - assessed_on).days


def is_long(assessed_on: datetime.date | None, moment: Moment) -> bool:
    since = days(assessed_on, moment)
    return since is None or since >= STALE_DAYS


def text(assessed_on: datetime.date | None, moment: Moment) -> str:
    """ "Not assessed for 412 days" in the reader's language."""
    since = days(assessed_on, moment)
    if since is None:
        return _("Never assessed")
    if since == 0:
        return _("Assessed today")
    said = ngettext("Not assessed for %(number)s day", "Not assessed for %(number)s days", since)
    return said % {"number": number_format(since, use_l10n=True, force_grouping=True)}
