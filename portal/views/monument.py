from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal import moments
from portal.linked import cards
from portal.views.subscriptions import subscription_to
from reports.conditions import queries
from reports.conditions.models import ConditionReport
from reports.evidence import gallery
from reports.evidence.actions import may_export
from reports.evidence.targets import may_add
from reports.inspections.models import Inspection
from reports.inspections.queries import due_dates
from reports.inspections.workflow import may_plan
from reports.restoration.queries import plans_of, priorities, prospects, scores, statements
from reports.situation.queries import warnings_of_monuments
from reports.vocabulary import DamageGrade
from sites import visibility
from sites.models import Monument


@require_safe
def monument(request: HttpRequest, slug: str) -> HttpResponse:
    """A monument: its state, how we know, what it was before, what could still be done."""
    moment = moments.of(request)
    found: Any = get_object_or_404(Monument.objects.labelled().in_full(), slug=slug)
    family = list(Monument.objects.labelled().filter(parent=found).order_by("slug"))
    whole = Monument.objects.labelled().filter(parts=found).first()
    statuses = queries.statuses([found.pk, *(part.pk for part in family)], moment)
    told = ConditionReport.objects.visible_to(request.user).told_by(moment).filter(monument=found).in_full()
    reports = list(told.order_by("-date_to", "-id"))
    held = statuses[found.pk]
    hopes = prospects(statuses, moment)
    spread = Counter(statuses[part.pk].damage_grade for part in family)
    return render(
        request,
        "pages/monument.html",
        {
            "monument": found,
            "whole": whole,
            "parts": [(part, statuses[part.pk]) for part in family],
            "warnings": warnings_of_monuments([found], moment)[found.pk],
            "status": held,
            "card": cards.of_monument(found, held.grade_label),
            "sides": queries.sides(statuses.values()),
            "why": queries.explain(found.pk, moment, request.user),
            "spread": [(grade, spread[grade]) for grade in DamageGrade.values if spread[grade]],
            "worst_part": queries.worst(spread),
            "report": _find(reports, held.report_id),
            "rival": _find(reports, held.rival_id),
            "history": list(reversed(queries.history(found.pk, moment.known_at))),
            "reports": reports,
            "priority": priorities([found.pk])[found.pk] if moment == queries.NOW else None,
            "prospect": hopes[found.pk],
            "prospects": hopes,
            "statements": statements(found.pk, moment),
            "score": scores([found.pk])[found.pk] if moment == queries.NOW else None,
            "plans": plans_of(found, moment),
            "pictures": gallery.latest(found, request.user, gallery.STRIP, moment),
            "location": visibility.location(found, request.user),
            "kept_at": visibility.kept_at(found, request.user),
            "exact": visibility.shows_exactly(found, request.user),
            "may_add": may_add(found, request.user),
            "may_export": may_export(request.user, found),
            "subscription": subscription_to(request.user, monument=found),
            **_inspection(found, request),
            **moments.context(moment),
        },
    )


def _inspection(found: Monument, request: HttpRequest) -> dict[str, Any]:
    """For those who may know: the one that is planned, or else until when somebody should look."""
    planned = Inspection.objects.visible_to(request.user).open().filter(monument=found).first()
    if planned or not may_plan(request.user, found):
        return {"inspection": planned}
    return {"due": due_dates([found.pk])[found.pk]}


def _find(reports: list[ConditionReport], pk: UUID | None) -> ConditionReport | None:
    return next((report for report in reports if report.pk == pk), None)
