"""Reading scores: what is known of each monument, and what follows by the installation's weights."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from reports.conditions import queries
from reports.conditions.models import ConditionReport
from reports.restoration.models import Plan, Weighting
from reports.restoration.queries.money import GIVEN_UP
from reports.restoration.queries.priorities import imminent_threats
from reports.restoration.score import Known, Score, score
from sites.models import Designation, Monument


def scores(monuments: Iterable[UUID]) -> dict[UUID, Score]:
    """The score of each monument today. A fixed number of queries."""
    ids, weights = list(monuments), weights_now()
    statuses, threats = queries.statuses(ids), imminent_threats(ids)
    designated, feasible, access = _designations(ids), _feasibilities(ids), _access(ids)
    found = {}
    for pk in ids:
        plans, going_there = frozenset(feasible[pk]), access.get(pk, "")
        known = Known(frozenset(designated[pk]), statuses[pk].condition, pk in threats, plans, going_there)
        found[pk] = score(known, weights)
    return found


def weights_now() -> Mapping[str, int]:
    """As an administrator set them last, else as the installation is configured."""
    last = Weighting.objects.order_by("-at", "-id").first()
    weights: Mapping[str, int] = last.weights if last else settings.PRIORITY_WEIGHTS
    return weights


def _designations(ids: list[UUID]) -> dict[UUID, set[str]]:
    """Those that hold today, of the monument and of its site."""
    sites = dict(Monument.objects.filter(pk__in=ids).order_by().values_list("pk", "site"))
    ended = Q(until__isnull=False, until__lte=timezone.localdate())
    rows = Designation.objects.filter(Q(monument__in=ids) | Q(site__in=set(sites.values()))).exclude(ended)
    found: dict[UUID, set[str]] = defaultdict(set)
    for monument, site, kind in rows.order_by().values_list("monument", "site", "kind"):
        found[monument or site].add(kind)
    return defaultdict(set, {pk: found[pk] | found[site] for pk, site in sites.items()})


def _feasibilities(ids: list[UUID]) -> dict[UUID, set[str]]:
    plans = Plan.objects.order_by().exclude(status__in=GIVEN_UP).exclude(feasibility="")
    found: dict[UUID, set[str]] = defaultdict(set)
    for path in ("monument", "further_monuments"):
        for monument, feasibility in plans.filter(**{f"{path}__in": ids}).values_list(path, "feasibility"):
            found[monument].add(feasibility)
    return found


def _access(ids: list[UUID]) -> dict[UUID, str]:
    """What the last report that says so tells of going there."""
    told = ConditionReport.objects.standing().filter(monument__in=ids).exclude(access="")
    return dict(told.order_by("date_to", "id").values_list("monument", "access"))
