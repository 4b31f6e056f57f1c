from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from portal import paging
from portal.lists import LISTS
from reports.conditions import actions, queries, workflow
from reports.conditions.models import ConditionReport
from reports.conditions.status import Status
from reports.conditions.workflow import Refused, Step, VerificationMethod
from sites.models import Monument


class Waiting(NamedTuple):
    """A report under review beside what its monument's status is now."""

    report: ConditionReport
    monument: Monument
    status: Status
    steps: list[Step]

    @property
    def differs(self) -> bool:
        """Whether it says another grade than the current status."""
        return bool(self.report.damage_grade) and self.report.damage_grade != self.status.damage_grade

    @property
    def condition_differs(self) -> bool:
        return bool(self.report.condition) and self.report.condition != self.status.condition


@require_safe
@login_required
@permission_required("conditions.verify_conditionreport", raise_exception=True)
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for a verifier, the longest waiting first."""
    waiting = LISTS["review"].rows(request.GET, request.user)
    page = paging.after(waiting, request.GET.get("after", ""), by=("pk",))
    monuments = Monument.objects.labelled().in_bulk([report.monument_id for report in page.rows])
    statuses = queries.statuses(monuments)
    rows = [
        Waiting(
            report,
            monuments[report.monument_id],
            statuses[report.monument_id],
            workflow.steps_open_to(report, request.user),
        )
        for report in page.rows
    ]
    context = {"rows": rows, "page": page, "show": request.GET.get("show", ""), "methods": VerificationMethod.choices}
    return render(request, "pages/review.html", context)


@require_POST
@login_required
@permission_required("conditions.verify_conditionreport", raise_exception=True)
def steps(request: HttpRequest) -> HttpResponse:
    """Take one step with each of the chosen reports; what cannot be done is said of each."""
    take = _STEPS.get(request.POST.get("step", ""))
    chosen = request.POST.getlist("report")
    if take is None or not chosen:
        messages.error(request, _("Choose one report or more, then what to do with them."))
        return redirect(reverse("review"))
    done = sum(_take(request, choice, take) for choice in chosen)
    if done:
        said = ngettext("%(count)d report is done.", "%(count)d reports are done.", done)
        messages.success(request, said % {"count": done})
    return redirect(f"{reverse('review')}?show={request.POST.get('show', '')}")


def _take(request: HttpRequest, choice: str, take: Callable[[ConditionReport, int, HttpRequest], object]) -> bool:
    """`choice` is a report and the version that the person saw, as `id:version`."""
    pk, _colon, seen = choice.partition(":")
    try:
        report = ConditionReport.objects.visible_to(request.user).get(pk=pk)
        take(report, int(seen), request)
    except Refused as refusal:
        messages.error(request, f"{report}: {refusal}")
    except (ConditionReport.DoesNotExist, ValidationError, ValueError):
        messages.error(request, _("One of the reports is not there any more; look at the list again."))
    else:
        return True
    return False


def _verify(report: ConditionReport, seen: int, request: HttpRequest) -> ConditionReport:
    return actions.verify(report, by=request.user, method=request.POST.get("method", ""), seen=seen)


@transaction.atomic
def _verify_and_publish(report: ConditionReport, seen: int, request: HttpRequest) -> None:
    verified = _verify(report, seen, request)
    _publish(verified, verified.version, request)


def _publish(report: ConditionReport, seen: int, request: HttpRequest) -> None:
    """Several at once reach their readers in one message."""
    together = len(request.POST.getlist("report")) > 1
    actions.publish(report, by=request.user, seen=seen, together=together)


_STEPS: dict[str, Callable[[ConditionReport, int, HttpRequest], object]] = {
    "take": lambda report, seen, request: actions.assign(report, to=request.user, by=request.user),
    "leave": lambda report, seen, request: actions.assign(report, to=None, by=request.user),
    Step.VERIFY: _verify,
    "verify_publish": _verify_and_publish,
    Step.PUBLISH: _publish,
    Step.REJECT: lambda report, seen, request: actions.reject(
        report, by=request.user, reason=request.POST.get("reason", ""), seen=seen
    ),
}
