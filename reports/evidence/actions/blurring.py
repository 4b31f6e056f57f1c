"""Marking what is blurred in the pictures of a piece of evidence; the original stays as it came."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from reports.conditions.workflow import Conflict, NotAllowed, Refused, WrongState
from reports.evidence.actions.custody import record
from reports.evidence.actions.rendering import discard_former_after_commit, make_due, wake_renderer
from reports.evidence.models import BlurArea, Evidence, Rendition
from reports.evidence.visibility import sees_beneath_blur
from reports.evidence.vocabulary import CustodyStep

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, PermissionsMixin

MOST_AREAS = 50
FIELDS = ("x", "y", "width", "height", "reason")


@transaction.atomic
def blur(
    evidence: Evidence, areas: Iterable[BlurArea], *, by: PermissionsMixin | AnonymousUser, seen: str | None = None
) -> Evidence:
    """Blur these areas in what is shown, and no others; the pictures are made anew.

    `seen`: the version of those that the person saw; None: whatever is there.

    Where something more is blurred than before, the present pictures go at once: whoever is seen in
    them cannot wait for a worker. Raises NotAllowed, WrongState (withdrawn), Conflict, ValidationError.
    """
    evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if refusal := refusal_to_blur(evidence, by):
        raise refusal
    if seen is not None and seen != version_of(evidence.blur_areas.all()):
        raise Conflict(_("Somebody else has marked areas meanwhile; look at the picture again."))
    wanted = _checked(evidence, areas)
    before, after = _plain(evidence.blur_areas.all()), _plain(wanted)
    if before == after:
        return evidence
    evidence.blur_areas.all().delete()
    BlurArea.objects.bulk_create(wanted)
    record(evidence, CustodyStep.BLURRED, by=by.pk, before=before, after=after)
    make_due(Evidence.objects.filter(pk=evidence.pk))
    if any(area not in before for area in after):
        Rendition.objects.filter(evidence=evidence).delete()
        discard_former_after_commit(evidence.pk)
    wake_renderer(evidence)
    return evidence


def refusal_to_blur(evidence: Evidence, by: PermissionsMixin | AnonymousUser) -> Refused | None:
    """Why `by` cannot mark areas now; None if nothing is in the way."""
    if evidence.withdrawn_at:
        return WrongState(_("It has been withdrawn."))
    seen = Evidence.objects.visible_to(by).filter(pk=evidence.pk).exists()
    return None if seen and sees_beneath_blur(by, evidence) else NotAllowed(_("You may not mark areas of this file."))


def version_of(areas: Iterable[BlurArea]) -> str:
    """Another text for other areas; each time that areas are marked they are new rows."""
    return ",".join(sorted(str(area.pk) for area in areas))


def _checked(evidence: Evidence, areas: Iterable[BlurArea]) -> list[BlurArea]:
    wanted = [BlurArea(evidence=evidence, **{name: getattr(area, name) for name in FIELDS}) for area in areas]
    if len(wanted) > MOST_AREAS:
        raise ValidationError(_("At most %(number)d areas of a picture can be blurred.") % {"number": MOST_AREAS})
    for area in wanted:
        area.full_clean(exclude=["evidence"])
    return sorted(wanted, key=_key)


def _plain(areas: Iterable[BlurArea]) -> list[dict[str, Any]]:
    return [{name: getattr(area, name) for name in FIELDS} for area in sorted(areas, key=_key)]


def _key(area: BlurArea) -> tuple[Any, ...]:
    return tuple(getattr(area, name) for name in FIELDS)
