"""Where a picture was used before, and whether that was said of another date."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from reports.evidence.models import Evidence, Flag
from reports.evidence.vocabulary import FlagKind
from sites.queries import preferred_name

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, PermissionsMixin

Days = tuple[datetime.date | None, datetime.date | None]


class Use(NamedTuple):
    """An earlier piece of evidence with the same picture, or one that looks alike."""

    earlier: Evidence
    other_date: bool
    monument: str
    """The name of the monument that it was used for, for the reader."""

    def words(self) -> str:
        """What is said to who sends the picture again."""
        report = self.earlier.report
        if report is None:
            return _("This picture was already used for %(monument)s.") % {"monument": self.monument}
        facts = {"monument": self.monument, "date": report.date_text}
        if self.other_date:
            return _("This picture was already used in a report on %(monument)s for another date: %(date)s.") % facts
        return _("This picture was already used in a report on %(monument)s: %(date)s.") % facts


def used_before(evidence: Iterable[Evidence], user: PermissionsMixin | AnonymousUser) -> Mapping[UUID, list[Use]]:
    """The earlier uses of each that this person may see; one query. `evidence` with its reports."""
    sent = {one.pk: one for one in evidence}
    visible = Evidence.objects.visible_to(user)
    flags = Flag.objects.filter(evidence__in=sent, kind=FlagKind.USED_BEFORE, other__in=visible)
    found = defaultdict(list)
    named = flags.annotate(used_for=preferred_name("monument", "other__monument_id"))
    for flag in named.select_related("other__report", "other__monument").order_by("pk"):
        assert flag.other  # noqa: S101 - a flag of this kind has one
        apart = _apart(days_of(sent[flag.evidence_id]), days_of(flag.other))
        found[flag.evidence_id].append(Use(flag.other, apart, flag.used_for or flag.other.monument.slug))
    return found


def days_of(evidence: Evidence) -> Days:
    """When the report was true; without a report, when its sender says that it was taken."""
    if evidence.report:
        return evidence.report.date_from, evidence.report.date_to
    return evidence.taken_from, evidence.taken_to


def _apart(one: Days, other: Days) -> bool:
    """Whether no day is in both; an open side goes on for ever."""
    return _ends_before(one, other) or _ends_before(other, one)


def _ends_before(one: Days, other: Days) -> bool:
    end, begin = one[1], other[0]
    return end is not None and begin is not None and end < begin
