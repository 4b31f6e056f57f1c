"""Which events, and of which moment: what every reader starts from."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from reports.situation.vocabulary import EventKind

if TYPE_CHECKING:
    from reports.conditions.querysets import Moment


class SituationEventQuerySet(QuerySet):
    def standing(self, at: datetime.datetime | None = None) -> Self:
        """Those that stood at that moment (now, by default): not corrected and not retracted.

        What was corrected stands again once its correction is retracted.
        """
        from reports.situation.models import SituationEvent

        corrections = SituationEvent.objects.filter(supersedes=OuterRef("pk"))
        if at is None:
            return self.filter(~Exists(corrections.filter(retracted_at=None)), retracted_at=None)
        kept = Q(retracted_at=None) | Q(retracted_at__gt=at)
        corrected = Exists(corrections.filter(kept, recorded_at__lte=at))
        return self.filter(~corrected, kept, recorded_at__lte=at)

    def of_moment(self, moment: Moment) -> Self:
        """What stood at that moment and had begun by the day that is asked about."""
        return self.standing(moment.known_at).until(moment.as_of)

    def until(self, day: datetime.date | None) -> Self:
        """Those that had begun by that day; all, where none is given."""
        return self.filter(Q(date_from__lte=day) | Q(date_from=None, date_to__lte=day)) if day else self

    def bearing_on_safety(self) -> Self:
        """What hazards and access follow from."""
        return self.filter(kind__in=[EventKind.HAZARD, EventKind.CLEARANCE, EventKind.ACCESS])

    def in_full(self) -> Self:
        """With what a page shows of each."""
        from sites.models import Monument

        labelled = Prefetch("monument", queryset=Monument.objects.labelled())
        return self.select_related("site", "source", "from_party", "to_party", "clears").prefetch_related(labelled)
