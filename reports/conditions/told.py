"""Which monuments were told of, how and when: asked of the reports that stand and that everybody may read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TypedDict

from django.db.models import Exists, OuterRef, Q

from reports.conditions.models import ConditionReport
from reports.conditions.querysets import Moment
from reports.conditions.workflow import ONCE_PUBLISHED
from sites.queries import MonumentQuerySet


class Wanted(TypedDict, total=False):
    """What one report has to be."""

    cause: Iterable[str]
    observed_after: datetime.date
    observed_before: datetime.date
    published_after: datetime.datetime
    published_before: datetime.datetime


CONDITIONS = {
    "cause": "disturbances__cause__in",
    "observed_after": "date_to__gte",
    "observed_before": "date_to__lte",
    "published_after": "published_at__gte",
    "published_before": "published_at__lte",
}


def of_reports(monuments: MonumentQuerySet, wanted: Wanted, moment: Moment) -> MonumentQuerySet:
    """Those of which one report that stood at that moment is all that is wanted."""
    conditions = {CONDITIONS[name]: value for name, value in wanted.items()}
    reports = ConditionReport.objects.standing(moment.known_at).filter(monument=OuterRef("pk"), **conditions)
    if moment.as_of:
        reports = reports.filter(date_to__lte=moment.as_of)
    return monuments.filter(Exists(reports))


def changed_since(monuments: MonumentQuerySet, time: datetime.datetime) -> MonumentQuerySet:
    """Those whose entry was changed, or of which a report was published or retracted, at that time or later."""
    reports = ConditionReport.objects.filter(
        Q(published_at__gte=time) | Q(retracted_at__gte=time), state__in=ONCE_PUBLISHED, confidential=False
    )
    return monuments.filter(Q(updated_at__gte=time) | Exists(reports.filter(monument=OuterRef("pk"))))
