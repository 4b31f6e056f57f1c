"""What events and warnings say, in words of the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.situation.vocabulary import AccessLevel, EventKind
from reports.vocabulary import Danger

if TYPE_CHECKING:
    from reports.situation.models import Party, SituationEvent


def typed_text(event: SituationEvent) -> str:
    """ "Islamic State → Syrian government", "Closed", "Mines", "70,000 people before; 15,000 remained"."""
    match event.kind:
        case EventKind.CONTROL:
            return control_text(event.from_party, event.to_party)
        case EventKind.DISPLACEMENT:
            return people_text(event.population_before, event.population_now)
        case EventKind.CLEARANCE:
            hazard = event.clears.get_danger_display() if event.clears else ""
            return f"{hazard}: {event.get_outcome_display()}"
    return event.get_access_display() or event.get_danger_display()


def control_text(before: Party | None, after: Party | None) -> str:
    if before and after:
        return _("From %(from)s to %(to)s") % {"from": before, "to": after}
    return str(after or "")


def people_text(before: int | None, now: int | None) -> str:
    """How many people there were and how many remained; empty where nobody counted."""
    said = []
    if before is not None:
        text = ngettext("%(number)s person before", "%(number)s people before", before)
        said.append(text % {"number": number_text(before)})
    if now is not None:
        text = ngettext("%(number)s person remained", "%(number)s people remained", now)
        said.append(text % {"number": number_text(now)})
    return said[0] if len(said) == 1 else _("%(one)s; %(other)s") % {"one": said[0], "other": said[1]} if said else ""


def number_text(number: int) -> str:
    """ "70,000", as the reader writes it."""
    return number_format(number, use_l10n=True, force_grouping=True)


def safety_text(access: str, dangers: Iterable[str]) -> str:
    """ "access: closed; mines; collapse"; empty where nothing is to be known before a visit."""
    said = []
    if access and access != AccessLevel.OPEN:
        said.append(_("access: %(level)s") % {"level": str(AccessLevel(access).label).lower()})
    said += [str(Danger(danger).label).lower() for danger in dangers]
    return "; ".join(said)
