"""Reading plans."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from reports.restoration.models import Dependency, Plan
from reports.restoration.vocabulary import PlanStatus
from sites.models import Monument


def awaited_by(plan: Plan) -> set[UUID]:
    """The keys of all plans for which this one waits, near and far."""
    found: set[UUID] = set()
    edge: set[UUID] = {plan.pk}
    while edge:
        edge = set(Dependency.objects.filter(plan__in=edge).values_list("needs", flat=True)) - found
        found |= edge
    return found


def waits_for(plan: Plan, other: Plan) -> bool:
    """Whether a plan cannot begin before the other is completed, or is the other."""
    return other.pk == plan.pk or other.pk in awaited_by(plan)


def under_restoration() -> QuerySet[Monument]:
    """The monuments on which works are in progress."""
    works = Plan.objects.filter(status=PlanStatus.IN_PROGRESS)
    return Monument.objects.filter(Q(plans__in=works) | Q(further_plans__in=works)).distinct()
