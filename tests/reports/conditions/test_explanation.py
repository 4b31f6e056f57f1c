"""Why this status? The same account of it everywhere."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.conditions import actions, queries, status
from reports.conditions.explanation import Account, Bearing, Rule, Standing, explain
from reports.conditions.querysets import Moment
from reports.vocabulary import Certainty, DamageGrade, ReportKind
from tests.factories.accounts import EditorFactory, VerifierFactory
from tests.factories.conditions import PublishedFactory
from tests.factories.sites import MonumentFactory
from tests.reports.conditions.observations import FIRST, SOURCES, histories, observation

DAY = datetime.date(2015, 8, 30)
days = st.integers(-1, 62).map(lambda n: FIRST + datetime.timedelta(days=n))


def account(standing=Standing.STANDS, name="DGAM", **facts):
    return Account(observation=observation(**facts), source_name=name, standing=standing)


def bearing(*accounts, of=-1, day=DAY):
    found = explain(accounts, day)
    return next(v.bearing for v in found.verdicts if v.account == accounts[of])


@given(histories(), days)
def test_it_explains_the_status_that_holds(history, day):
    found = explain([Account(observation=o, source_name="A source") for o in history], day)

    assert found.status == status.at(status.derive(history), day)
    assert len(found.verdicts) == len(history)
    assert sum(v.bearing == Bearing.USED for v in found.verdicts) == (found.status.report_id is not None)
    assert sum(v.bearing == Bearing.RIVAL for v in found.verdicts) == found.status.contested
    assert found.sentence
    assert found.outlook


@given(histories(), days)
def test_a_report_that_does_not_count_changes_no_grade_by_going(history, day):
    found = explain([Account(observation=o, source_name="A source") for o in history], day)
    idle = {v.account.id for v in found.verdicts if v.bearing in {Bearing.OTHER_KIND, Bearing.LATER}}

    without = status.at(status.derive([o for o in history if o.id not in idle]), day)

    assert without.damage_grade == found.status.damage_grade


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, Bearing.USED),
        ({"certainty": Certainty.LOW}, Bearing.UNSURE),
        ({"damage_grade": DamageGrade.UNKNOWN}, Bearing.NO_GRADE),
        ({"kind": ReportKind.THREAT, "damage_grade": ""}, Bearing.OTHER_KIND),
        ({"observed_on": DAY + datetime.timedelta(days=1)}, Bearing.LATER),
        ({"standing": Standing.SUPERSEDED}, Bearing.SUPERSEDED),
        ({"standing": Standing.RETRACTED}, Bearing.RETRACTED),
        ({"standing": Standing.CONFIDENTIAL}, Bearing.CONFIDENTIAL),
    ],
)
def test_each_report_says_how_it_counts(facts, expected):
    assert bearing(account(**facts)) == expected


def test_an_older_report_of_the_same_grade_agrees():
    older = account(observed_on=DAY - datetime.timedelta(days=30))

    assert bearing(account(), older) == Bearing.AGREES


def test_an_older_report_of_another_grade_is_outdated():
    older = account(observed_on=DAY - datetime.timedelta(days=30), damage_grade=DamageGrade.SLIGHT)

    assert bearing(account(), older) == Bearing.OLDER


def test_both_sides_of_a_contest_are_in_the_sentence():
    gone = account(name="UNITAR-UNOSAT", damage_grade=DamageGrade.DESTROYED)
    stands = account(name="DGAM", damage_grade=DamageGrade.NONE, source=SOURCES[1])

    found = explain([gone, stands], DAY)

    assert found.rule == Rule.WORSE_OF_TWO
    assert "UNITAR-UNOSAT" in found.sentence
    assert "DGAM" in found.sentence
    assert any("cites both" in line for line in found.outlook)


def test_a_finding_is_named_as_the_rule():
    a, b = account(damage_grade=DamageGrade.DESTROYED), account(damage_grade=DamageGrade.NONE, source=SOURCES[1])
    judged = account(source=SOURCES[2])
    judged = replace(judged, observation=replace(judged.observation, cites=frozenset({a.id, b.id})))

    found = explain([a, b, judged], DAY)

    assert found.rule == Rule.FINDING
    assert [v.bearing for v in found.verdicts].count(Bearing.SETTLED) == 2


def test_it_tells_since_when_the_grade_holds():
    first = account()
    again = account(observed_on=DAY + datetime.timedelta(days=40))

    assert explain([first, again], DAY + datetime.timedelta(days=50)).since == DAY


def test_it_tells_what_a_retraction_would_leave():
    older = account(observed_on=DAY - datetime.timedelta(days=90), damage_grade=DamageGrade.SLIGHT, id=uuid.uuid4())

    found = explain([older, account()], DAY)

    assert any("retracted" in line and "Slight" in line for line in found.outlook)


def test_without_reports_it_says_what_is_missing():
    found = explain([], DAY)

    assert (found.rule, found.since) == (Rule.NOTHING_COUNTS, None)
    assert "no report" in found.sentence


@pytest.mark.django_db
def test_the_stored_status_is_the_one_that_is_explained():
    monument = MonumentFactory()
    PublishedFactory(monument=monument, damage_grade=DamageGrade.DESTROYED, date_to=DAY)
    PublishedFactory(monument=monument, damage_grade=DamageGrade.NONE, date_to=DAY)

    assert queries.explain(monument.pk).status == queries.statuses([monument.pk])[monument.pk]


@pytest.mark.django_db
def test_what_was_believed_is_explained_by_what_stood_then():
    first = PublishedFactory()
    then = first.published_at + datetime.timedelta(microseconds=1)
    draft = actions.start_correction(first, by=EditorFactory())
    actions.submit(draft, by=draft.author)
    actions.verify(draft, by=VerifierFactory(), method="satellite")
    actions.publish(draft, by=VerifierFactory())

    believed = queries.explain(first.monument_id, Moment(known_at=then))

    assert [v.bearing for v in believed.verdicts] == [Bearing.USED]
    now = queries.explain(first.monument_id)
    assert {v.bearing for v in now.verdicts} == {Bearing.USED, Bearing.SUPERSEDED}


@pytest.mark.django_db
def test_a_confidential_report_is_explained_to_verifiers_alone():
    report = PublishedFactory(confidential=True)

    assert queries.explain(report.monument_id).verdicts == []
    found = queries.explain(report.monument_id, user=VerifierFactory())
    assert [v.bearing for v in found.verdicts] == [Bearing.CONFIDENTIAL]
