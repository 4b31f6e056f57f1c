"""What changed, in an order that a mirror can follow without missing anything.

A change is written in the transaction that makes it, without a position: whoever commits first might have
begun last. Positions are given when somebody reads, by one reader at a time, to what was committed by then;
so nothing can appear behind a position that was given out.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max, Q, QuerySet

from portal.api.models import Change, ChangeKind, Thing
from reports.conditions.models import ConditionReport, ReportStep
from reports.conditions.workflow import State, Step
from reports.restoration.models import Plan
from reports.situation.models import SituationEvent
from sites.models import Designation, Monument, Name, Site

LOCK = 0x7AD3_0C4A
"""Any number that no other part of the portal locks."""


def after(position: int, reader: Any) -> QuerySet[Change]:
    """The changes behind a position that this person may know of, in order."""
    give_positions()
    readable = ~Q(thing=Thing.REPORT) | Q(of__in=ConditionReport.objects.visible_to(reader).values("pk"))
    return Change.objects.filter(readable, position__gt=position).order_by("position")


def give_positions() -> int:
    """Give the next positions to what was committed since; returns to how many."""
    if not Change.objects.filter(position=None).exists():
        return 0
    with transaction.atomic():
        _one_at_a_time()
        last = Change.objects.aggregate(last=Max("position"))["last"] or 0
        waiting = list(Change.objects.filter(position=None).order_by("id"))
        for number, change in enumerate(waiting, start=last + 1):
            change.position = number
        Change.objects.bulk_update(waiting, ["position"], batch_size=500)
        return len(waiting)


def _one_at_a_time() -> None:
    """On PostgreSQL by a lock until the end of the transaction; SQLite has one writer."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def note(kind: ChangeKind, thing: Thing, of: UUID) -> None:
    Change.objects.create(kind=kind, thing=thing, of=of)


def on_step(sender: type[ConditionReport], *, report: ConditionReport, step: ReportStep, **_: Any) -> None:
    corrected = report.supersedes_id
    if step.step == Step.PUBLISH:
        if corrected:
            note(ChangeKind.SUPERSEDED, Thing.REPORT, corrected)
        note(ChangeKind.PUBLISHED, Thing.REPORT, report.pk)
    elif step.step == Step.RETRACT:
        note(ChangeKind.RETRACTED, Thing.REPORT, report.pk)
        if corrected:
            note(ChangeKind.RESTORED, Thing.REPORT, corrected)


def on_report_saved(
    sender: type[ConditionReport], *, instance: ConditionReport, created: bool, raw: bool, **_: Any
) -> None:
    """What is loaded as published has taken no steps."""
    if created and not raw and instance.state == State.PUBLISHED:
        note(ChangeKind.PUBLISHED, Thing.REPORT, instance.pk)


def on_place_saved(
    sender: type[Site | Monument], *, instance: Site | Monument, created: bool, raw: bool, **_: Any
) -> None:
    if not raw:
        note(ChangeKind.CREATED if created else ChangeKind.CHANGED, _place(instance), instance.pk)


def on_part_of_place_changed(sender: type[Name | Designation], *, instance: Name | Designation, **facts: Any) -> None:
    """A name or a designation came, changed or went: its place did. With its place it goes unsaid."""
    went_with_its_place = isinstance(facts.get("origin"), Site | Monument)
    if facts.get("raw") or went_with_its_place:
        return
    if instance.monument_id:
        note(ChangeKind.CHANGED, Thing.MONUMENT, instance.monument_id)
    elif instance.site_id:
        note(ChangeKind.CHANGED, Thing.SITE, instance.site_id)


def on_event_or_plan_saved(
    sender: type[SituationEvent | Plan], *, instance: SituationEvent | Plan, created: bool, raw: bool, **_: Any
) -> None:
    thing = Thing.EVENT if isinstance(instance, SituationEvent) else Thing.PLAN
    if raw:
        return
    if isinstance(instance, SituationEvent) and instance.retracted_at:
        note(ChangeKind.RETRACTED, thing, instance.pk)
        return
    note(ChangeKind.CREATED if created else ChangeKind.CHANGED, thing, instance.pk)


def _place(place: Site | Monument) -> Thing:
    return Thing.SITE if isinstance(place, Site) else Thing.MONUMENT
