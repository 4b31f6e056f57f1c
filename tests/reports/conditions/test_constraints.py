"""What the database refuses, whoever writes."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from reports.conditions.models import ConditionReport, MonumentStatus
from reports.conditions.workflow import State
from tests.factories.conditions import DraftFactory, PublishedFactory

pytestmark = pytest.mark.django_db


def refused(report, constraint, **changes):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ConditionReport.objects.filter(pk=report.pk).update(**changes)


def test_a_published_report_has_a_time_of_publication():
    refused(DraftFactory(), "report_published_at_when_published", state=State.PUBLISHED)


def test_a_draft_has_none():
    refused(DraftFactory(), "report_published_at_when_published", published_at=timezone.now())


def test_a_retracted_report_has_a_reason():
    refused(PublishedFactory(), "report_retracted_with_reason", state=State.RETRACTED, retracted_at=timezone.now())


def test_a_report_is_corrected_once():
    report = PublishedFactory()
    DraftFactory(monument=report.monument, supersedes=report)
    other = DraftFactory(monument=report.monument)

    refused(other, "supersedes_id|report_superseded_once", supersedes=report)


def test_a_report_does_not_correct_itself():
    report = PublishedFactory()

    refused(report, "report_not_superseding_itself", supersedes=report)


def test_an_observation_does_not_end_before_it_begins():
    refused(DraftFactory(), "report_dates_in_order", date_from=datetime.date(2015, 9, 1))


def test_an_observation_has_a_date():
    refused(DraftFactory(), "report_dated", date_from=None, date_to=None, date_precision="")


def test_a_threat_has_no_grade():
    refused(DraftFactory(), "report_graded", kind="threat")


def test_damage_has_a_grade():
    refused(DraftFactory(), "report_graded", damage_grade="")


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("report_graded", {"damage_grade": "gone"}),
        ("report_state_known", {"state": "lost"}),
        ("report_certainty_known", {"certainty": "quite"}),
        ("report_date_whole", {"date_precision": "hour"}),
    ],
)
def test_codes_are_of_their_list(constraint, changes):
    refused(DraftFactory(), constraint, **changes)


def test_a_monument_has_one_current_status():
    held = MonumentStatus.objects.get(monument=PublishedFactory().monument)
    held.pk, held.valid_from = None, datetime.date(2020, 1, 1)
    held._state.adding = True

    with pytest.raises(IntegrityError, match=r"status_one_current|monument_id"), transaction.atomic():
        held.save()
