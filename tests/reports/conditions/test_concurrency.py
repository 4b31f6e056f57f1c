"""Real transactions at the same time, on a database that has them."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, connections, transaction

from reports.conditions import actions, queries
from reports.conditions.models import ConditionReport, ReportStep
from reports.conditions.rebuilding import rebuild_all
from reports.conditions.workflow import Refused, State, VerificationMethod
from tests.factories.accounts import EditorFactory, VerifierFactory
from tests.factories.conditions import DraftFactory, SubmittedFactory
from tests.factories.sites import MonumentFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time"),
]


def at_once(*acts):
    """What each gave or raised; all start when the last one is ready."""
    barrier = threading.Barrier(len(acts))

    def run(act):
        try:
            barrier.wait(timeout=10)
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.parametrize("_time", range(5))
def test_of_two_verifiers_one_decides_and_the_other_is_told(_time):
    report = SubmittedFactory()
    one, other = VerifierFactory(), VerifierFactory()

    results = at_once(
        lambda: actions.verify(report, by=one, method=VerificationMethod.SATELLITE, seen=report.version),
        lambda: actions.reject(report, by=other, reason="Blurred.", seen=report.version),
    )

    assert sum(isinstance(result, Refused) for result in results) == 1
    assert report.steps.count() == 2


@pytest.mark.parametrize("_time", range(5))
def test_of_two_editors_one_saves_and_the_other_overwrites_nothing(_time):
    draft = DraftFactory()
    drafts = [ConditionReport.objects.get(pk=draft.pk) for _ in range(2)]
    editors = [EditorFactory(), EditorFactory()]
    for number, one in enumerate(drafts):
        one.narrative = f"Version {number}"

    results = at_once(
        lambda: actions.save_draft(drafts[0], by=editors[0], seen=draft.version),
        lambda: actions.save_draft(drafts[1], by=editors[1], seen=draft.version),
    )

    [winner] = [number for number, result in enumerate(results) if not isinstance(result, Refused)]
    draft.refresh_from_db()
    assert (draft.narrative, draft.version) == (f"Version {winner}", 2)


def test_publications_of_one_monument_all_reach_its_status():
    monument, verifier = MonumentFactory(), VerifierFactory()
    reports = [SubmittedFactory(monument=monument, date_to=f"2015-08-{day}") for day in range(10, 16)]
    for report in reports:
        actions.verify(report, by=verifier, method=VerificationMethod.SATELLITE)

    at_once(*(lambda report=report: actions.publish(report, by=verifier) for report in reports))

    assert queries.derived([monument.pk])[monument.pk] == queries.history(monument.pk)
    assert ConditionReport.objects.filter(state=State.PUBLISHED).count() == 6


def test_a_rebuild_of_all_and_a_publication_do_not_undo_each_other():
    monument, verifier = MonumentFactory(), VerifierFactory()
    report = SubmittedFactory(monument=monument)
    actions.verify(report, by=verifier, method=VerificationMethod.SATELLITE)

    at_once(lambda: actions.publish(report, by=verifier), lambda: list(rebuild_all()))

    assert queries.derived([monument.pk])[monument.pk] == queries.history(monument.pk)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE conditions_reportstep SET reason = 'never said'", "DELETE FROM conditions_reportstep"],
)
def test_the_database_itself_refuses_to_change_a_step(statement):
    SubmittedFactory()

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert ReportStep.objects.get().reason == ""
