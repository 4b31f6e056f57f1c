from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.linked import cards
from portal.views.subscriptions import subscription_to
from reports.evidence import gallery
from reports.evidence.targets import may_add
from reports.restoration import course
from reports.restoration.models import Plan
from reports.situation.queries import Warnings, warnings_of_monuments, warnings_of_sites
from sites.models import Monument, Site


@require_safe
def plan(request: HttpRequest, pk: str) -> HttpResponse:
    """A plan: what is wanted, how far it has come, who pays, who says so."""
    found = get_object_or_404(Plan.objects.in_full(), pk=pk)
    steps = list(found.steps.select_related("source", "correction"))
    works = course.works(course.standing(steps))
    monuments = Monument.objects.labelled()
    site = Site.objects.labelled().get(pk=found.site_id)
    concerned = [found.monument_id, *found.further_monuments.values_list("pk", flat=True)]
    return render(
        request,
        "pages/plan.html",
        {
            "plan": found,
            "site": site,
            "card": cards.of_plan(found, site),
            "monuments": monuments.filter(pk__in=[key for key in concerned if key]).order_by("slug"),
            "warnings": _warnings(found),
            "steps": sorted(steps, key=lambda step: (step.counts_from, step.recorded_at), reverse=True),
            "began": course.when(works.began),
            "ended": course.when(works.ended),
            "milestones": found.milestones.known(),
            "waits_for": Plan.objects.filter(needed_by__plan=found),
            "needed_by": Plan.objects.filter(dependencies__needs=found),
            "pictures": gallery.latest(found, request.user, gallery.STRIP),
            "may_add": may_add(found, request.user),
            "subscription": subscription_to(request.user, plan=found),
        },
    )


def _warnings(found: Plan) -> Warnings:
    """What to know before going to where it is about."""
    if found.monument:
        return warnings_of_monuments([found.monument])[found.monument.pk]
    return warnings_of_sites([found.site_id])[found.site_id]
