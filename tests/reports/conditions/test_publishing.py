"""Publishing, correcting and retracting reports, and what becomes of the status."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from reports.conditions import actions, queries
from reports.conditions.querysets import Moment
from reports.conditions.workflow import ReasonMissing, State, WrongState
from reports.vocabulary import DamageGrade
from tests.factories.accounts import EditorFactory, VerifierFactory
from tests.factories.conditions import (
    DisturbanceFactory,
    DraftFactory,
    PublishedFactory,
    SubmittedFactory,
    ThreatFactory,
)
from tests.factories.sites import MonumentFactory

pytestmark = pytest.mark.django_db


def grade(monument, moment=queries.NOW):
    return queries.statuses([monument.pk], moment)[monument.pk].damage_grade


def publish_correction(report, **changes):
    """Correct a published report and publish the correction."""
    editor = EditorFactory()
    draft = actions.start_correction(report, by=editor)
    for name, value in changes.items():
        setattr(draft, name, value)
    actions.save_draft(draft, by=editor)
    actions.submit(draft, by=editor)
    verifier = VerifierFactory()
    actions.verify(draft, by=verifier, method="two_sources")
    return actions.publish(draft, by=verifier)


def test_publishing_sets_the_status():
    report = PublishedFactory(damage_grade=DamageGrade.DESTROYED)

    assert grade(report.monument) == DamageGrade.DESTROYED


def test_a_submitted_report_sets_nothing():
    assert grade(SubmittedFactory().monument) == DamageGrade.UNKNOWN


def test_a_published_report_cannot_be_saved_as_a_draft():
    report = PublishedFactory()
    report.narrative = "Nothing happened."

    with pytest.raises(WrongState, match="Only drafts"):
        actions.save_draft(report, by=report.author)


def test_a_correction_takes_the_place_of_what_it_corrects():
    report = PublishedFactory(damage_grade=DamageGrade.DESTROYED)

    publish_correction(report, damage_grade=DamageGrade.SEVERE)

    report.refresh_from_db()
    assert report.state == State.SUPERSEDED
    assert grade(report.monument) == DamageGrade.SEVERE


def test_a_correction_begins_as_a_copy_with_its_causes_and_threats():
    report = PublishedFactory()
    DisturbanceFactory(report=report)
    ThreatFactory(report=report)

    draft = actions.start_correction(report, by=EditorFactory())

    assert (draft.state, draft.narrative, draft.published_at) == (State.DRAFT, report.narrative, None)
    assert (draft.disturbances.count(), draft.threats.count()) == (1, 1)


def test_a_report_has_one_correction_at_a_time():
    report = PublishedFactory()
    actions.start_correction(report, by=EditorFactory())

    with pytest.raises(WrongState, match="already"):
        actions.start_correction(report, by=EditorFactory())


def test_a_retraction_restores_what_stood_before():
    first = PublishedFactory(damage_grade=DamageGrade.SLIGHT, date_to=datetime.date(2015, 1, 1))
    second = PublishedFactory(monument=first.monument, damage_grade=DamageGrade.DESTROYED)

    actions.retract(second, by=VerifierFactory(), reason="Photograph is of 2013")

    assert grade(first.monument) == DamageGrade.SLIGHT


def test_retracting_a_correction_restores_what_it_had_corrected():
    report = PublishedFactory(damage_grade=DamageGrade.DESTROYED)
    correction = publish_correction(report, damage_grade=DamageGrade.SLIGHT)

    actions.retract(correction, by=VerifierFactory(), reason="It was another temple")

    report.refresh_from_db()
    assert report.state == State.PUBLISHED
    assert grade(report.monument) == DamageGrade.DESTROYED


def test_a_report_can_be_corrected_anew_after_a_retracted_correction():
    report = PublishedFactory(damage_grade=DamageGrade.DESTROYED)
    correction = publish_correction(report, damage_grade=DamageGrade.SLIGHT)
    actions.retract(correction, by=VerifierFactory(), reason="It was another temple")

    publish_correction(report, damage_grade=DamageGrade.MODERATE)

    assert grade(report.monument) == DamageGrade.MODERATE


def test_a_retraction_needs_a_reason():
    with pytest.raises(ReasonMissing):
        actions.retract(PublishedFactory(), by=VerifierFactory(), reason="")


def test_what_was_believed_can_be_asked_later():
    monument = MonumentFactory()
    knew = datetime.datetime(2016, 1, 1, tzinfo=datetime.UTC)
    corrected = datetime.datetime(2017, 1, 1, tzinfo=datetime.UTC)
    PublishedFactory(monument=monument, damage_grade=DamageGrade.SLIGHT, published_at=knew)
    PublishedFactory(
        monument=monument,
        damage_grade=DamageGrade.DESTROYED,
        published_at=corrected,
        date_to=datetime.date(2015, 10, 1),
    )
    day = datetime.date(2015, 12, 1)

    assert grade(monument, Moment(day)) == DamageGrade.DESTROYED
    assert grade(monument, Moment(day, known_at=knew)) == DamageGrade.SLIGHT
    assert grade(monument, Moment(day, known_at=knew - datetime.timedelta(days=1))) == DamageGrade.UNKNOWN


def test_before_its_retraction_a_report_was_believed():
    report = PublishedFactory(damage_grade=DamageGrade.DESTROYED)
    actions.retract(report, by=VerifierFactory(), reason="Photograph is of 2013")
    report.refresh_from_db()
    before = report.retracted_at - datetime.timedelta(microseconds=1)

    assert grade(report.monument, Moment(known_at=before)) == DamageGrade.DESTROYED
    assert grade(report.monument, Moment(known_at=report.retracted_at)) == DamageGrade.UNKNOWN


def test_a_report_is_not_of_the_future():
    draft = DraftFactory()
    draft.date_from = draft.date_to = timezone.localdate() + datetime.timedelta(days=1)

    with pytest.raises(ValidationError, match="has not come yet"):
        actions.save_draft(draft, by=draft.author)
