"""What the clock does with reports."""

from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone

from reports.conditions import actions, pyramid
from reports.conditions.models import ConditionReport
from reports.conditions.workflow import Refused, State

logger = logging.getLogger(__name__)


@shared_task
def end_embargoes() -> None:
    """Publish what was to be published by now, each on its own: one that fails holds up no other."""
    over = ConditionReport.objects.filter(state=State.VERIFIED, embargo_until__lte=timezone.now())
    for report in over.order_by("embargo_until"):
        try:
            actions.end_embargo(report)
        except Refused as refusal:
            logger.warning("Report %s stays under embargo: %s", report.pk, refusal)


@shared_task
def fold_pyramid() -> None:
    """Keep the counts under the map few."""
    pyramid.fold()
