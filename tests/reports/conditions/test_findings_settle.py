"""A contradiction stands until a verifier's finding cites both sides."""

from __future__ import annotations

import datetime

import pytest

from reports.conditions import actions, queries
from reports.conditions.querysets import Moment
from reports.conditions.workflow import NotAllowed, VerificationMethod, WrongState
from reports.vocabulary import DamageGrade, ReportKind
from tests.factories.accounts import EditorFactory, VerifierFactory
from tests.factories.conditions import DraftFactory, PublishedFactory
from tests.factories.sites import MonumentFactory

pytestmark = pytest.mark.django_db
DAY = datetime.date(2015, 9, 1)


@pytest.fixture
def sides():
    """Two sources about the same days: destroyed, and not damaged."""
    monument = MonumentFactory()
    gone = PublishedFactory(monument=monument, damage_grade=DamageGrade.DESTROYED, date_to=DAY)
    stands = PublishedFactory(monument=monument, damage_grade=DamageGrade.NONE, date_to=DAY)
    return monument, gone, stands


def finding(monument, *cited, author=None, **facts):
    facts = {"kind": ReportKind.ASSESSMENT, "damage_grade": DamageGrade.SEVERE, "date_to": DAY} | facts
    draft = DraftFactory(monument=monument, author=author or VerifierFactory(), **facts)
    draft.cites.set(cited)
    return draft


def published(draft):
    other = VerifierFactory()
    actions.submit(draft, by=draft.author)
    actions.verify(draft, by=other, method=VerificationMethod.SITE_VISIT)
    return actions.publish(draft, by=other)


def status_of(monument, moment=queries.NOW):
    return queries.statuses([monument.pk], moment)[monument.pk]


def test_both_sides_are_named_while_it_lasts(sides):
    monument, gone, stands = sides

    held = status_of(monument)

    assert (held.contested, held.report_id, held.rival_id) == (True, gone.pk, stands.pk)


def test_a_finding_that_cites_both_settles_it_on_its_day(sides):
    monument, gone, stands = sides

    done = published(finding(monument, gone, stands))

    assert (status_of(monument).contested, status_of(monument).report_id) == (False, done.pk)


def test_the_days_before_the_finding_stay_contested(sides):
    monument, gone, stands = sides

    published(finding(monument, gone, stands, date_to=DAY + datetime.timedelta(days=5)))

    assert status_of(monument, Moment(as_of=DAY)).contested
    assert not status_of(monument).contested


def test_retracting_the_finding_brings_the_contradiction_back(sides):
    monument, gone, stands = sides
    done = published(finding(monument, gone, stands))

    actions.retract(done, by=VerifierFactory(), reason="The wrong monument.")

    assert status_of(monument).contested


def test_another_report_that_cites_nothing_does_not_settle_it(sides):
    monument, _gone, _stands = sides

    published(finding(monument))

    assert status_of(monument).contested


def test_an_editor_does_not_settle(sides):
    monument, gone, stands = sides
    draft = finding(monument, gone, stands, author=EditorFactory())

    with pytest.raises(NotAllowed, match="verifier"):
        actions.submit(draft, by=draft.author)


def test_a_finding_cites_two_at_least(sides):
    monument, gone, _stands = sides
    draft = finding(monument, gone)

    with pytest.raises(WrongState, match="at least two"):
        actions.submit(draft, by=draft.author)


def test_a_finding_is_about_the_same_monument(sides):
    _monument, gone, stands = sides
    draft = finding(MonumentFactory(), gone, stands)

    with pytest.raises(WrongState, match="same monument"):
        actions.submit(draft, by=draft.author)


def test_a_finding_is_not_dated_before_what_it_cites(sides):
    monument, gone, stands = sides
    draft = finding(monument, gone, stands, date_to=DAY - datetime.timedelta(days=1))

    with pytest.raises(WrongState, match="before the reports"):
        actions.submit(draft, by=draft.author)
