"""What the clock finds: alerts that nobody acknowledged, reports that wait, monuments nobody looked at."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.alerts.actions.raising import raise_duty, raise_for_late_plan, repeat
from reports.alerts.models import Alert, Rule, Severity, Subscription
from reports.conditions import queries
from reports.conditions.models import ConditionReport
from reports.conditions.workflow import NotAllowed, State
from reports.inspections.models import Inspection
from reports.restoration import queries as restoration
from reports.vocabulary import GRADE_RANK, Condition
from sites.models import Monument
from sites.responsibility import answers_for

GRAVE_RANK = 3
ESCALATES_WITHIN = datetime.timedelta(days=7)
"""What is older is not news, whatever a clock that stood still may think."""
ASKS_AFTER = datetime.timedelta(days=365)
ANSWERS_WITHIN = datetime.timedelta(days=30)


def acknowledge(alert: Alert, *, by: PermissionsMixin | AnonymousUser) -> None:
    """Somebody responsible has taken it up; who was first stays. Raises NotAllowed."""
    place = alert.monument or alert.site
    if not by.has_perm("alerts.acknowledge_alert") or (place and not answers_for(by, place)):
        raise NotAllowed(_("Only staff who answer for the site acknowledge its alerts."))
    first = alert.repeats or alert
    same = Alert.objects.filter(Q(pk=first.pk) | Q(repeats=first), acknowledged_at=None)
    same.update(acknowledged_at=timezone.now(), acknowledged_by=by.pk)


def remind() -> Iterator[Alert]:
    """Tell critical alerts again that nobody has acknowledged: the responsible staff, then administrators."""
    patience = datetime.timedelta(minutes=settings.ACKNOWLEDGE_MINUTES)
    now = timezone.now()
    waiting = Alert.objects.told().filter(severity=Severity.CRITICAL, acknowledged_at=None, in_bulk=False)
    waiting = waiting.filter(raised_at__gt=now - ESCALATES_WITHIN, raised_at__lte=now - patience)
    for rule, since in ((Rule.REMINDER, now - patience), (Rule.ESCALATION, now - 2 * patience)):
        told = Alert.objects.filter(repeats=OuterRef("pk"), rule=rule)
        for alert in waiting.filter(~Exists(told), raised_at__lte=since).select_related("site", "monument"):
            if again := repeat(alert, rule):
                yield again


def tell_what_waits() -> Iterator[Alert]:
    """Reports that wait for review longer than is set."""
    since = timezone.now() - datetime.timedelta(days=settings.REVIEW_DAYS)
    waiting: Any = ConditionReport.objects.filter(state=State.SUBMITTED).waiting()
    for report in waiting.filter(waiting_since__lte=since):
        said = {"waiting": {"since": report.waiting_since.isoformat()}}
        key = f"waiting:{report.pk}:{report.waiting_since:%Y%m%dT%H%M%S}"
        if alert := raise_duty(key, Rule.REVIEW_WAITING, report.monument, said, report=report):
            yield alert


def tell_what_is_overdue() -> Iterator[Alert]:
    """Inspections whose day has passed, and monuments in a grave state at which nobody looks; once for each day."""
    yield from _overdue_inspections()
    yield from _long_not_looked_at()


def _overdue_inspections() -> Iterator[Alert]:
    late = Inspection.objects.open().filter(due_on__lt=timezone.localdate()).in_full()
    told = Alert.objects.filter(inspection=OuterRef("pk"), raised_at__date__gt=OuterRef("due_on"))
    for inspection in late.exclude(Exists(told)).iterator(chunk_size=200):
        said = {"inspection": {"id": str(inspection.pk), "due_on": inspection.due_on.isoformat()}}
        key = f"inspection:{inspection.pk}:{inspection.due_on}"
        about = inspection.monument
        if alert := raise_duty(key, Rule.INSPECTION_OVERDUE, about, said, inspection=inspection):
            yield alert


def _long_not_looked_at() -> Iterator[Alert]:
    """Of which no inspection is planned: of a planned one its own day counts."""
    every = Monument.objects.exclude(Exists(Inspection.objects.open().filter(monument=OuterRef("pk"))))
    grades = [grade for grade, rank in GRADE_RANK.items() if rank >= GRAVE_RANK]
    grave = queries.of_grade(every, grades) | queries.of_condition(every, [Condition.VERY_BAD])
    overdue = queries.stale(grave, queries.STALE_DAYS)
    rows: Any = queries.longest_not_assessed_first(overdue).select_related("site")
    told = Alert.objects.filter(rule=Rule.INSPECTION_OVERDUE, monument=OuterRef("pk"))
    for monument in rows.exclude(Exists(told.filter(raised_at__date__gt=OuterRef("assessed_on")))).iterator():
        seen = None if monument.assessed_on == datetime.date.min else monument.assessed_on.isoformat()
        said = {"overdue": {"assessed_on": seen}}
        if alert := raise_duty(f"overdue:{monument.pk}:{seen}", Rule.INSPECTION_OVERDUE, monument, said):
            yield alert


def tell_of_late_plans() -> Iterator[Alert]:
    """Plans and milestones whose day has passed, and plans of which nothing is heard; once for each such day."""
    today = timezone.localdate()
    for plan, milestone, due_on in restoration.late(today):
        late = {"late": {"milestone": milestone.title if milestone else "", "due_on": due_on.isoformat()}}
        key = f"late:{milestone.pk if milestone else 'end'}:{due_on}"
        if alert := raise_for_late_plan(plan, Rule.PLAN_OVERDUE, key, late):
            yield alert
    for plan in restoration.silent(today, settings.PLAN_SILENT_DAYS):
        silent = {"silent": {"since": plan.changed_on.isoformat()}}
        if alert := raise_for_late_plan(plan, Rule.PLAN_STALLED, f"silent:{plan.changed_on}", silent):
            yield alert


def ask_the_silent() -> list[Subscription]:
    """Subscriptions of whose readers nothing was heard for a year: to be asked once, and ended a month later."""
    now = timezone.now()
    running = Subscription.objects.running()
    running.filter(renewal_asked_at__lt=now - ANSWERS_WITHIN).update(ended_at=now)
    signed_in = Q(user__last_login__gt=now - ASKS_AFTER)
    running.filter(signed_in, renewed_at__lt=now - ASKS_AFTER).update(renewed_at=now, renewal_asked_at=None)
    silent = running.filter(renewed_at__lt=now - ASKS_AFTER, renewal_asked_at=None)
    asked = list(silent.select_related("user", "endpoint"))
    Subscription.objects.filter(pk__in=[row.pk for row in asked]).update(renewal_asked_at=now)
    return asked
