"""Plans and statements as they were at a moment."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from reports.conditions.queries import NOW
from reports.conditions.querysets import Moment
from reports.restoration.counting import COUNTS_FROM
from reports.restoration.models import Plan, PlanStep, ProspectStatement


def plans_then(plans: QuerySet[Plan], moment: Moment) -> QuerySet[Plan]:
    """Those that had been voiced by then, each with `status_then` and `phase_then`."""
    if moment == NOW:
        return plans.annotate(status_then=F("status"), phase_then=F("phase"))
    counting: Any = steps_then(moment).filter(plan=OuterRef("pk"))
    last = counting.order_by("-told_on", "-recorded_at", "-pk")
    then = plans.annotate(
        status_then=Subquery(last.values("to_status")[:1]), phase_then=Subquery(last.values("to_phase")[:1])
    )
    return then.filter(status_then__isnull=False)


def steps_then(moment: Moment) -> QuerySet[PlanStep]:
    """The steps that counted at that moment, each with `told_on`: none that was corrected or never happened."""
    known, corrected = PlanStep.objects.filter(void=False), Q(correction__isnull=False)
    if moment.known_at:
        known = known.filter(recorded_at__lte=moment.known_at)
        corrected = Q(correction__recorded_at__lte=moment.known_at)
    return known.exclude(corrected).annotate(told_on=COUNTS_FROM).filter(told_on__lte=moment.day)


def statements_then(moment: Moment) -> QuerySet[ProspectStatement]:
    """What had been said by then and stood, each with `told_on`."""
    known: QuerySet[ProspectStatement] = ProspectStatement.objects.known(moment.known_at)
    return known.annotate(told_on=COUNTS_FROM).filter(told_on__lte=moment.day)
