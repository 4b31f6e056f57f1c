"""The steps that the admin's buttons take, from what was posted."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext as _

from reports.conditions import actions
from reports.conditions.models import ConditionReport
from reports.conditions.workflow import ReasonMissing, Step

VERIFY_AND_PUBLISH = "verify_publish"


def _seen(request: HttpRequest) -> int | None:
    """The version of the report that the person had before them."""
    version = request.POST.get("version", "")
    return int(version) if version.isdecimal() else None


def _verify(report: ConditionReport, request: HttpRequest) -> ConditionReport:
    method = request.POST.get("method", "")
    return actions.verify(report, by=request.user, method=method, seen=_seen(request))


@transaction.atomic
def _verify_and_publish(report: ConditionReport, request: HttpRequest) -> ConditionReport:
    verified = _verify(report, request)
    return actions.publish(verified, by=request.user, seen=verified.version)


def _embargo(report: ConditionReport, request: HttpRequest) -> ConditionReport:
    until = parse_datetime(request.POST.get("until", ""))
    if until is None:
        raise ReasonMissing(_("Give the day and the time at which the embargo ends."))
    return actions.embargo(
        report,
        by=request.user,
        until=make_aware(until) if is_naive(until) else until,
        reason=request.POST.get("reason", ""),
        tell="tell" in request.POST,
        seen=_seen(request),
    )


STEPS: dict[str, Callable[[ConditionReport, HttpRequest], ConditionReport]] = {
    Step.SUBMIT: lambda report, request: actions.submit(report, by=request.user, seen=_seen(request)),
    Step.REJECT: lambda report, request: actions.reject(
        report, by=request.user, reason=request.POST.get("reason", ""), seen=_seen(request)
    ),
    Step.VERIFY: _verify,
    VERIFY_AND_PUBLISH: _verify_and_publish,
    Step.EMBARGO: _embargo,
    Step.PUBLISH: lambda report, request: actions.publish(report, by=request.user, seen=_seen(request)),
    Step.RETRACT: lambda report, request: actions.retract(
        report, by=request.user, reason=request.POST.get("reason", ""), seen=_seen(request)
    ),
}
