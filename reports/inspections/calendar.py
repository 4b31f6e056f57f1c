"""Inspections as a calendar (iCalendar, RFC 5545) for somebody's own program."""

from __future__ import annotations

import datetime
import hashlib
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDate, vText, vUri

from reports.inspections.models import CalendarLink, Inspection
from reports.inspections.vocabulary import State
from reports.situation.queries import Warnings, warnings_of_monuments
from sites.models import Site

if TYPE_CHECKING:
    from django.contrib.auth.models import PermissionsMixin

KEPT_DAYS = 90
"""So long what is over stays in the calendar, so that programs learn of it."""
MOST = 2_000
STATUS = {
    State.PLANNED: "TENTATIVE",
    State.ASSIGNED: "CONFIRMED",
    State.DONE: "CONFIRMED",
    State.CANCELLED: "CANCELLED",
}


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def reader(secret: str) -> PermissionsMixin | None:
    """Whose calendar this secret opens; None where it was closed, or its owner was shut out."""
    link = CalendarLink.objects.filter(digest=digest(secret)).first()
    return get_user_model().objects.filter(pk=link.user_id, is_active=True).first() if link else None


def write(user: PermissionsMixin, *, site: Site | None = None, own: bool = False) -> bytes:
    """The inspections that this person may know of today, of all their sites or of one; `own`: theirs to do."""
    rows = list(_rows(user, site, own))
    monuments = [row.monument for row in rows]
    warned = warnings_of_monuments(monuments)
    calendar = Calendar()
    calendar.add("prodid", "-//Tadmor//Inspections//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", _name(site))
    calendar.add("x-wr-calname", _name(site))
    calendar.add("refresh-interval", datetime.timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for row in rows:
        calendar.add_component(_event(row, warned[row.monument.pk]))
    return calendar.to_ical()


def _rows(user: PermissionsMixin, site: Site | None, own: bool) -> list[Inspection]:
    since = timezone.now() - datetime.timedelta(days=KEPT_DAYS)
    known = Inspection.objects.visible_to(user).in_full()
    found = known.open() | known.exclude(pk__in=known.open().values("pk")).filter(changed_at__gte=since)
    if site:
        found = found.filter(monument__site=site)
    if own:
        found = found.filter(assigned_to=user.pk)
    return list(found.order_by("due_on", "id")[:MOST])


def _name(site: Site | None) -> str:
    return _("Inspections: %(site)s") % {"site": site} if site else _("Inspections")


def _warned(warnings: Warnings) -> str:
    return _("Before anybody goes there: %(warnings)s") % {"warnings": warnings.text} if warnings.text else ""


def _event(row: Inspection, warnings: Warnings) -> Event:
    address = settings.BASE_URL + row.get_absolute_url()
    monument: Any = row.monument  # of `labelled()`
    said = [row.get_state_display(), row.reason, _warned(warnings), address]
    event = Event()
    event.add("uid", f"{row.pk}@tadmor")
    event.add("summary", _("Inspection: %(monument)s") % {"monument": monument})
    event.add("dtstart", vDate(row.due_on))
    event.add("dtend", vDate(row.due_on + datetime.timedelta(days=1)))
    event.add("dtstamp", timezone.now())
    event.add("last-modified", row.changed_at)
    event.add("sequence", row.version - 1)
    event.add("status", STATUS[State(row.state)])
    event.add("transp", "TRANSPARENT")
    event.add("location", vText(monument.site_label))
    event.add("description", "\n".join(text for text in said if text), parameters={"LANGUAGE": get_language() or "en"})
    event.add("url", vUri(address))
    return event
