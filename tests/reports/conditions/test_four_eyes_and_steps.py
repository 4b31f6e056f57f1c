"""Who may take which step with a report."""

from __future__ import annotations

import pytest

from reports.conditions import actions
from reports.conditions.workflow import NotAllowed, ReasonMissing, State, VerificationMethod, WrongState
from tests.factories.accounts import (
    AdministratorFactory,
    EditorFactory,
    ReporterFactory,
    UserFactory,
    VerifierFactory,
)
from tests.factories.conditions import DraftFactory, PublishedFactory, SubmittedFactory

pytestmark = pytest.mark.django_db


def test_a_draft_is_submitted_verified_and_published():
    report, verifier = DraftFactory(), VerifierFactory()

    actions.submit(report, by=report.author)
    actions.verify(report, by=verifier, method=VerificationMethod.TWO_SOURCES)
    actions.publish(report, by=verifier)

    report.refresh_from_db()
    assert report.state == State.PUBLISHED
    assert [step.to_state for step in report.steps.all()] == ["submitted", "verified", "published"]


def test_nobody_verifies_an_own_report():
    verifier = VerifierFactory()
    report = SubmittedFactory(author=verifier)

    with pytest.raises(NotAllowed, match="Four eyes"):
        actions.verify(report, by=verifier, method=VerificationMethod.SITE_VISIT)


def test_nobody_publishes_an_own_report():
    author = VerifierFactory()
    report = SubmittedFactory(author=author)
    actions.verify(report, by=VerifierFactory(), method=VerificationMethod.SITE_VISIT)

    with pytest.raises(NotAllowed, match="Four eyes"):
        actions.publish(report, by=author)


@pytest.mark.parametrize("factory", [UserFactory, ReporterFactory, EditorFactory, AdministratorFactory])
def test_only_verifiers_verify(factory):
    with pytest.raises(NotAllowed, match="role"):
        actions.verify(SubmittedFactory(), by=factory(), method=VerificationMethod.SITE_VISIT)


@pytest.mark.parametrize("factory", [UserFactory, ReporterFactory, EditorFactory, AdministratorFactory])
def test_only_verifiers_retract(factory):
    with pytest.raises(NotAllowed, match="role"):
        actions.retract(PublishedFactory(), by=factory(), reason="Photograph is of 2013")


def test_a_draft_cannot_jump_to_publication():
    with pytest.raises(WrongState, match="draft"):
        actions.publish(DraftFactory(), by=VerifierFactory())


def test_a_stale_copy_does_not_publish_twice():
    report = PublishedFactory()
    report.state = State.VERIFIED  # as a page that was opened before shows it

    with pytest.raises(WrongState, match="published"):
        actions.publish(report, by=VerifierFactory())


def test_a_rejection_needs_a_reason():
    with pytest.raises(ReasonMissing):
        actions.reject(SubmittedFactory(), by=VerifierFactory(), reason="  ")


def test_a_rejected_report_is_a_draft_again_with_the_reason_on_record():
    submitted = SubmittedFactory()

    report = actions.reject(submitted, by=VerifierFactory(), reason="Which column?")

    assert report.state == State.DRAFT
    assert report.steps.values_list("reason", flat=True).last() == "Which column?"
