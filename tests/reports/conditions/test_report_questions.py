"""Which reports a question finds."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError

from reports.conditions import actions
from reports.conditions.report_questions import ReportQuestion
from sites.questions import SiteQuestion
from sites.vocabulary import Sensitivity
from tests.factories.accounts import VerifierFactory
from tests.factories.conditions import DisturbanceFactory, DraftFactory, PublishedFactory
from tests.factories.sites import DesignationFactory, MonumentFactory, NameFactory, SiteFactory

pytestmark = pytest.mark.django_db


def found(reader=None, **asked):
    question = ReportQuestion(asked, reader) if reader else ReportQuestion(asked)
    return set(question.rows())


@pytest.mark.parametrize(
    ("asked", "other"),
    [
        ({"damage_grade": ["severe", "moderate"]}, {"damage_grade": "destroyed"}),
        ({"least_grade": "severe"}, {"damage_grade": "slight"}),
        ({"most_grade": "severe"}, {"damage_grade": "destroyed"}),
        ({"certainty": "high"}, {"certainty": "medium"}),
        ({"type": "temple"}, {"monument__type": "castle"}),
        ({"period": "roman"}, {"monument__period": "ottoman"}),
        ({"country": "sy"}, {"monument__site__country": "IQ"}),
        ({"observed_before": "2016-01-01"}, {"date_to": datetime.date(2016, 1, 2)}),
        ({"as_of": "2016-01-01"}, {"date_to": datetime.date(2016, 1, 2)}),
        ({"bbox": "38,34,39,35"}, {"monument__longitude": 40.0}),
        ({"near": "38.27,34.55", "radius": "5000"}, {"monument__longitude": 38.9}),
        ({"search": "معبد"}, {}),
    ],
)
def test_each_parameter_leaves_out_what_is_not_asked_for(asked, other):
    wanted = PublishedFactory(monument__period="roman")
    NameFactory(monument=wanted.monument, text="مَعبَد بِل", language="ar")
    PublishedFactory(**other)

    assert found(**asked) == {wanted}


def test_a_cause_is_asked_of_what_the_report_tells():
    report = DraftFactory()
    DisturbanceFactory(report=report)

    assert found(reader=report.author, cause="explosion_heavy_weaponry") == {report}
    assert found(reader=report.author, cause="excavation_hand") == set()


def test_both_sides_of_a_contradiction_are_contested():
    monument = MonumentFactory()
    sides = {PublishedFactory(monument=monument, damage_grade=grade) for grade in ("severe", "none")}
    other = PublishedFactory()

    assert found(contested=True) == sides
    assert found(contested=False) == {other}


def test_what_was_known_then_stands_then():
    report = PublishedFactory(published_at=datetime.datetime(2016, 1, 1, tzinfo=datetime.UTC))
    actions.retract(report, by=VerifierFactory(), reason="Photograph is of 2013")

    assert found(standing=True) == set()
    assert found(standing=True, known_at="2016-06-01T00:00:00Z") == {report}
    assert found(known_at="2015-06-01T00:00:00Z") == set()
    assert found(changed_since="2017-01-01T00:00:00Z") == {report}


def test_only_who_may_read_a_draft_finds_it():
    draft = DraftFactory()

    assert (found(), found(reader=draft.author)) == (set(), {draft})


def test_nobody_finds_by_its_place_what_is_hidden_from_them():
    report = PublishedFactory(monument__sensitivity=Sensitivity.HIDDEN)

    assert found(bbox="38,34,39,35") == set()
    assert found(reader=VerifierFactory(), bbox="38,34,39,35") == {report}


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"country": "ZZ"}, "country"),
        ({"radius": "5"}, "radius"),
        ({"colour": "red"}, "colour"),
        ({"order": "x"}, "order"),
    ],
)
def test_a_wrong_value_is_named(asked, parameter):
    with pytest.raises(ValidationError) as refused:
        ReportQuestion(asked)

    assert list(refused.value.message_dict) == [parameter]


def test_sites_are_found_by_what_they_are_and_where():
    site = SiteFactory(country="SY")
    DesignationFactory(site=site, kind="in_danger")
    SiteFactory(country="IQ", longitude=44.0, latitude=36.0)

    for asked in ({"country": "SY"}, {"designation": "in_danger"}, {"bbox": "38,34,39,35"}):
        assert list(SiteQuestion(asked).rows()) == [site]
