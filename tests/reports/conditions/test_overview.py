"""The state of all monuments at a glance."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from reports.conditions import actions, overview
from reports.conditions.models import Threat
from reports.conditions.querysets import Moment
from reports.vocabulary import CauseCategory, CauseType, DamageGrade, ReportKind, ThreatProbability
from tests.factories.accounts import VerifierFactory
from tests.factories.conditions import PublishedFactory
from tests.factories.sites import MonumentFactory

pytestmark = pytest.mark.django_db

EARLY, LATE = datetime.date(2015, 8, 30), datetime.date(2017, 9, 30)


def assessed(monument, grade, day):
    return PublishedFactory(monument=monument, kind=ReportKind.ASSESSMENT, damage_grade=grade, date_to=day)


def threat(monument, day=EARLY):
    report = PublishedFactory(monument=monument, kind=ReportKind.THREAT, damage_grade="", date_to=day)
    Threat.objects.create(
        report=report,
        category=CauseCategory.LOOTING_ILLEGAL,
        cause=CauseType.STRUCTURAL_ROBBING,
        probability=ThreatProbability.PROBABLE,
    )
    return report


def test_every_monument_counts_once_in_the_spread():
    PublishedFactory(damage_grade=DamageGrade.DESTROYED)
    MonumentFactory.create_batch(2)

    assert overview.spread() == {DamageGrade.DESTROYED: 1, DamageGrade.UNKNOWN: 2}


def test_the_spread_of_a_past_day_knows_nothing_later():
    PublishedFactory(damage_grade=DamageGrade.DESTROYED, date_to=LATE)

    assert +overview.spread(Moment(as_of=EARLY)) == {DamageGrade.UNKNOWN: 1}


def test_the_spread_as_it_was_known_leaves_out_what_was_published_later():
    before = timezone.now()
    PublishedFactory(damage_grade=DamageGrade.DESTROYED)

    assert +overview.spread(Moment(known_at=before)) == {DamageGrade.UNKNOWN: 1}


def test_a_lower_grade_is_better():
    monument = MonumentFactory()
    assessed(monument, DamageGrade.SEVERE, EARLY)
    assessed(monument, DamageGrade.SLIGHT, LATE)

    assert overview.improved(5) == [
        overview.Better(monument.pk, DamageGrade.SEVERE, DamageGrade.SLIGHT, LATE),
    ]


def test_what_got_worse_again_did_not_get_better():
    monument = MonumentFactory()
    assessed(monument, DamageGrade.SEVERE, EARLY)
    assessed(monument, DamageGrade.SLIGHT, LATE)
    assessed(monument, DamageGrade.SEVERE, LATE + datetime.timedelta(days=400))

    assert overview.improved(5) == []


def test_nothing_gets_better_than_unknown():
    assessed(MonumentFactory(), DamageGrade.NONE, LATE)

    assert overview.improved(5) == []


def test_a_monument_is_at_risk_once_however_often_it_is_told():
    monument = MonumentFactory()
    threat(monument)
    later = threat(monument, LATE)

    assert overview.threatened(5) == [later]


def test_what_is_destroyed_is_not_at_risk_any_more():
    monument = MonumentFactory()
    threat(monument)
    PublishedFactory(monument=monument, damage_grade=DamageGrade.DESTROYED)

    assert overview.threatened(5) == []


def test_a_retracted_threat_is_none():
    report = threat(MonumentFactory())
    actions.retract(report, by=VerifierFactory(), reason="It was a mistake.")

    assert overview.threatened(5) == []
