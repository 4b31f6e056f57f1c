"""Reading priorities."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from reports.conditions import queries
from reports.conditions.models import ConditionReport, Threat
from reports.conditions.threats import is_imminent
from reports.restoration.models import Plan, PriorityOverride
from reports.restoration.priority import THREAT_DAYS, Facts, Priority, suggest


def priorities(monuments: Iterable[UUID]) -> dict[UUID, Priority]:
    """The priority of each monument today, suggested or decided, with its reasons. Four queries."""
    ids = list(monuments)
    statuses = queries.statuses(ids)
    threats, plans, decisions = imminent_threats(ids), _plans(ids), _decisions(ids)
    found = {}
    for pk in ids:
        suggestion = suggest(Facts(statuses[pk], threats.get(pk), frozenset(plans[pk])))
        found[pk] = _decided(suggestion, decisions.get(pk))
    return found


def _decided(suggestion: Priority, decision: PriorityOverride | None) -> Priority:
    if decision is None or not decision.letter:
        return suggestion
    return Priority(decision.letter, [decision.reason], suggestion.letter, overridden=True)


def imminent_threats(ids: list[UUID]) -> dict[UUID, datetime.date]:
    since = timezone.localdate() - datetime.timedelta(days=THREAT_DAYS)
    standing = ConditionReport.objects.standing().filter(monument__in=ids, date_to__gte=since)
    rows = Threat.objects.filter(report__in=standing.values("pk")).order_by("report__date_to")
    facts = rows.values_list("report__monument", "report__date_to", "category", "cause", "probability")
    return {monument: day for monument, day, *threat in facts if day and is_imminent(*threat)}


def _plans(ids: list[UUID]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = defaultdict(set)
    of_one = Plan.objects.order_by().filter(monument__in=ids).values_list("monument", "status")
    further = Plan.objects.order_by().filter(further_monuments__in=ids).values_list("further_monuments", "status")
    for monument, status in of_one.union(further):
        found[monument].add(status)
    return found


def _decisions(ids: list[UUID]) -> dict[UUID, PriorityOverride]:
    rows = PriorityOverride.objects.filter(monument__in=ids).order_by("at", "id")
    return {row.monument_id: row for row in rows}
