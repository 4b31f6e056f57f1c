"""One question: what it asks for is the same at every door."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from reports.conditions.questions import Question
from reports.vocabulary import DamageGrade
from sites import areas
from sites.models import Monument, Responsibility
from sites.vocabulary import MonumentType, Sensitivity
from tests.factories.accounts import EditorFactory, VerifierFactory
from tests.factories.conditions import DisturbanceFactory, DraftFactory, PublishedFactory
from tests.factories.sites import MonumentFactory, SiteFactory

RING = [[38, 34], [40, 34], [40, 36], [38, 36], [38, 34]]
HOLE = [[38.5, 34.5], [39.5, 34.5], [39.5, 35.5], [38.5, 35.5], [38.5, 34.5]]
HOLED = {"type": "Polygon", "coordinates": [RING, HOLE]}
TWO = {"type": "MultiPolygon", "coordinates": [[RING, HOLE], [[[-9, 1], [-8, 1], [-8, 2], [-9, 1]]]]}


class AnAreaInTheDatabase(TestCase):
    @hypothesis_settings(max_examples=60)
    @given(
        area=st.sampled_from([HOLED, TWO]),
        longitude=st.floats(37, 41) | st.floats(-9.5, -7.5),
        latitude=st.floats(33, 37) | st.floats(0.5, 2.5),
    )
    def test_the_database_finds_what_shapely_finds(self, area, longitude, latitude):
        monument = MonumentFactory(longitude=longitude, latitude=latitude)

        found = Monument.objects.covered_by(area).filter(pk=monument.pk).exists()

        assert found == areas.contains(area, longitude, latitude)


pytestmark = pytest.mark.django_db


def found(reader=None, **asked):
    question = Question(asked, reader) if reader else Question(asked)
    return set(question.monuments().values_list("slug", flat=True))


def test_a_box_may_cross_the_antimeridian():
    east, west = (MonumentFactory(longitude=lon, latitude=0) for lon in (179.5, -179.5))
    MonumentFactory(longitude=0, latitude=0)

    assert found(bbox="179,-1,-179,1") == {east.slug, west.slug}


@pytest.mark.parametrize(
    "box", ["38", "38,34,39", "38,34,39,x", "38,34,39,91", "38,35,39,34", "38,34,38,35", "nan,1,2,3"]
)
def test_what_is_no_box_is_refused(box):
    with pytest.raises(ValidationError) as refused:
        Question({"bbox": box})

    assert list(refused.value.message_dict) == ["bbox"]


@pytest.mark.parametrize(
    "wrong", [{"grade": "severe"}, {"country": "XX"}, {"site": "nowhere"}, {"as_of": "yesterday"}, {"area": "{"}]
)
def test_what_cannot_be_asked_is_named(wrong):
    with pytest.raises(ValidationError) as refused:
        Question(wrong)

    assert set(refused.value.message_dict) == set(wrong)


def test_damage_from_a_grade_on_is_asked_of_the_moment():
    monument = MonumentFactory()
    PublishedFactory(monument=monument, damage_grade=DamageGrade.VERY_SEVERE)

    assert found(least_grade="severe") == {monument.slug}
    assert found(least_grade="destroyed") == set()
    assert found(least_grade="severe", as_of="2015-01-01") == set()


def test_a_parameter_may_be_given_more_than_once():
    for kind in (MonumentType.TEMPLE, MonumentType.THEATRE, MonumentType.AGORA):
        MonumentFactory(type=kind, slug=kind)

    question = Question(QueryDict("type=temple&type=agora&country="))

    assert set(question.monuments().values_list("slug", flat=True)) == {"temple", "agora"}
    assert question.query() == "type=temple&type=agora"


@pytest.mark.parametrize("ask", ["bbox", "area"])
@pytest.mark.parametrize("sensitivity", [Sensitivity.GENERALISED, Sensitivity.HIDDEN])
def test_places_count_as_far_as_the_reader_may_know_them(ask, sensitivity):
    site = SiteFactory(country="SY")
    monument = MonumentFactory(site=site, longitude=38.2743, latitude=34.5471, sensitivity=sensitivity)
    exactly = {"bbox": "38.2742,34.5470,38.2744,34.5472"}
    if ask == "area":
        ring = [[38.2742, 34.547], [38.2744, 34.547], [38.2744, 34.5472], [38.2742, 34.5472], [38.2742, 34.547]]
        exactly = {"area": json.dumps({"type": "Polygon", "coordinates": [ring]})}
    own, other = EditorFactory(), EditorFactory()
    Responsibility.objects.create(user=own, country="SY")
    Responsibility.objects.create(user=other, country="IQ")

    assert found(**exactly) == found(other, **exactly) == set()
    assert found(own, **exactly) == found(VerifierFactory(), **exactly) == {monument.slug}


def test_around_a_place_is_asked_in_metres_as_the_reader_knows_places():
    near = MonumentFactory(longitude=38.27, latitude=34.55)
    MonumentFactory(longitude=38.29, latitude=34.55)
    MonumentFactory(longitude=38.27, latitude=34.55, sensitivity=Sensitivity.HIDDEN)

    assert found(near="38.2701,34.55", radius="100") == {near.slug}
    assert found(near="38.2701,34.55") == {near.slug}
    assert len(found(VerifierFactory(), near="38.2701,34.55", radius="5000")) == 3


@pytest.mark.parametrize(
    "wrong", [{"radius": "5"}, {"near": "38"}, {"cause": "bad luck"}, {"changed_since": "lately"}]
)
def test_what_cannot_be_asked_of_places_and_reports_is_named(wrong):
    with pytest.raises(ValidationError) as refused:
        Question(wrong)

    assert set(refused.value.message_dict) == set(wrong)


def test_what_is_asked_of_reports_is_asked_of_one_and_the_same():
    monument = MonumentFactory()
    DisturbanceFactory(report=PublishedFactory(monument=monument, date_to=date(2015, 8, 30)), cause="fire")
    PublishedFactory(monument=monument, date_to=date(2017, 1, 20))

    assert found(cause="fire") == found(cause="fire", observed_before="2016-01-01") == {monument.slug}
    assert found(cause="fire", observed_after="2016-01-01") == set()
    assert found(cause="fire", as_of="2015-01-01") == found(cause="fire", known_at="2015-01-01T00:00:00Z") == set()
    assert found(observed_after="2016-01-01") == {monument.slug}
    assert found(published_before="2015-01-01T00:00:00Z") == set()
    assert found(published_after="2015-01-01T00:00:00Z") == {monument.slug}


def test_reports_that_are_not_public_answer_no_question():
    DisturbanceFactory(report=PublishedFactory(confidential=True), cause="fire")
    DisturbanceFactory(report=DraftFactory(), cause="fire")

    assert found(VerifierFactory(), cause="fire") == set()


def test_damage_up_to_a_grade_leaves_out_what_is_not_known():
    monument = MonumentFactory()
    PublishedFactory(monument=monument, damage_grade=DamageGrade.MODERATE)
    MonumentFactory()

    assert found(most_grade="severe") == found(least_grade="slight", most_grade="moderate") == {monument.slug}
    assert found(most_grade="slight") == set()


def test_what_changed_since_a_time_is_what_was_told_of_or_edited_since():
    told, edited, neither = (MonumentFactory() for _ in range(3))
    PublishedFactory(monument=told)
    Monument.objects.exclude(pk=edited.pk).update(updated_at="2015-01-01T00:00:00Z")
    PublishedFactory(monument=neither, confidential=True)

    assert found(changed_since="2016-01-01T00:00:00Z") == {told.slug, edited.slug}
