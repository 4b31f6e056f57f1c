"""Whoever comes second is told, and nothing is overwritten."""

from __future__ import annotations

import pytest

from reports.conditions import actions
from reports.conditions.models import ReportStep
from reports.conditions.workflow import Conflict, NotAllowed, State, VerificationMethod, WrongState
from reports.recording import Unchangeable
from tests.factories.accounts import EditorFactory, ReporterFactory, VerifierFactory
from tests.factories.conditions import DraftFactory, SubmittedFactory

pytestmark = pytest.mark.django_db


def test_the_second_verifier_hears_what_the_first_did():
    report, first = SubmittedFactory(), VerifierFactory(name="Nour")
    seen = report.version
    actions.verify(report, by=first, method=VerificationMethod.SATELLITE, seen=seen)

    with pytest.raises(Conflict, match="Nour was faster"):
        actions.reject(report, by=VerifierFactory(), reason="Blurred.", seen=seen)

    report.refresh_from_db()
    assert report.state == State.VERIFIED


def test_the_second_editor_overwrites_nothing():
    draft = DraftFactory(narrative="As found.")
    seen = draft.version
    draft.narrative = "The first one's."
    actions.save_draft(draft, by=EditorFactory(), seen=seen)

    draft.narrative = "The second one's."
    with pytest.raises(Conflict):
        actions.save_draft(draft, by=EditorFactory(), seen=seen)

    draft.refresh_from_db()
    assert draft.narrative == "The first one's."


def test_a_reporter_changes_own_drafts_alone():
    with pytest.raises(NotAllowed, match="somebody else"):
        actions.save_draft(DraftFactory(), by=ReporterFactory())


def test_what_was_submitted_once_is_not_deleted():
    report = SubmittedFactory()
    actions.reject(report, by=VerifierFactory(), reason="Which column?")

    with pytest.raises(WrongState, match="never submitted"):
        actions.delete_draft(report, by=report.author)


@pytest.mark.parametrize(
    "change",
    [
        lambda: ReportStep.objects.update(reason="Never said"),
        lambda: ReportStep.objects.all().delete(),
        lambda: ReportStep.objects.get().delete(),
        lambda: ReportStep.objects.get().save(),
    ],
)
def test_a_step_is_never_changed(change):
    SubmittedFactory()

    with pytest.raises(Unchangeable):
        change()


def test_with_four_eyes_turned_off_one_person_does_all(settings):
    settings.FOUR_EYES = False
    verifier = VerifierFactory()
    report = SubmittedFactory(author=verifier)

    actions.verify(report, by=verifier, method=VerificationMethod.SITE_VISIT)

    assert actions.publish(report, by=verifier).state == State.PUBLISHED


def test_a_review_is_handed_to_somebody_who_can_do_it():
    report, verifier = SubmittedFactory(), VerifierFactory()

    assert actions.assign(report, to=verifier, by=verifier).assigned_to == verifier
    with pytest.raises(NotAllowed):
        actions.assign(report, to=EditorFactory(), by=verifier)
    with pytest.raises(NotAllowed):
        actions.assign(report, to=verifier, by=EditorFactory())
