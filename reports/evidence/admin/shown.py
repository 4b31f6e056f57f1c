"""What the admin shows of a piece of evidence, as far as its reader may know it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from reports.evidence import uses, visibility
from reports.evidence.models import CustodyEntry, Evidence, Flag
from reports.evidence.vocabulary import EvidenceKind, FlagKind, RenditionFormat, RenditionSize

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, PermissionsMixin

KILOMETRE = 1_000


class Use(NamedTuple):
    """Where the same picture, or one alike, was used before."""

    evidence: Evidence
    says: str
    picture: str


def state(evidence: Any) -> str:
    """Of evidence with `is_public`."""
    if evidence.withdrawn_at:
        return pgettext("evidence", "Withdrawn")
    if evidence.confidential:
        return _("Confidential")
    if evidence.is_public:
        return pgettext("evidence", "Public")
    if evidence.report_id:
        return _("With a report that is not public")
    return _("Waits to be published")


def picture(evidence: Evidence, size: RenditionSize = RenditionSize.LIST) -> str:
    """The address of a picture that every browser shows; empty while there is none."""
    made = [one for one in evidence.renditions.all() if (one.size, one.format) == (size, RenditionFormat.JPEG)]
    if not made or evidence.withdrawn_at:
        return ""
    folder, _slash, name = made[0].file.partition("/")
    return reverse("picture-file", args=[folder, name])


def needs_words(evidence: Evidence) -> bool:
    return evidence.kind == EvidenceKind.PHOTOGRAPH and not evidence.alternative


def names_people(user: PermissionsMixin | AnonymousUser, evidence: Evidence) -> bool:
    """Of the withdrawn, nobody is named."""
    return not evidence.withdrawn_at and visibility.names_people_to(user, evidence)


def flags(evidence: Evidence, user: PermissionsMixin | AnonymousUser) -> list[Flag]:
    if not user.has_perm("evidence.view_flag") or not names_people(user, evidence):
        return []
    return list(evidence.flags.all())


def flag_in_words(flag: Flag) -> str:
    """With how far and how long."""
    return ": ".join(filter(None, [str(flag), _distance(flag.metres), _days(flag.days)]))


def other_reasons(found: Sequence[Flag]) -> list[str]:
    """In words; earlier uses are shown by themselves."""
    return [flag_in_words(flag) for flag in found if flag.kind != FlagKind.USED_BEFORE]


def uses_before(evidence: Evidence, user: PermissionsMixin | AnonymousUser) -> list[Use]:
    """Those that this person may see; with their pictures, and those of the evidence itself."""
    found = uses.used_before([evidence], user).get(evidence.pk, []) if flags(evidence, user) else []
    prefetch_related_objects([evidence, *(use.earlier for use in found)], "renditions")
    return [Use(use.earlier, use.words(), picture(use.earlier)) for use in found]


def custody(evidence: Evidence, user: PermissionsMixin | AnonymousUser) -> list[CustodyEntry]:
    if not user.has_perm("evidence.view_custodyentry") or not names_people(user, evidence):
        return []
    return list(evidence.custody.select_related("by"))


def _distance(metres: int | None) -> str:
    if metres is None:
        return ""
    if metres < KILOMETRE:
        return _("%(number)s m") % {"number": number_format(metres)}
    return _("%(number)s km") % {"number": number_format(metres / KILOMETRE, 1)}


def _days(days: int | None) -> str:
    if days is None:
        return ""
    return ngettext("%(number)s day", "%(number)s days", days) % {"number": number_format(days)}
