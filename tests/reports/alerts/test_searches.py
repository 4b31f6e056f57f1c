"""One search object: what it finds, and what it is told of, are the same monuments."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from reports.alerts import actions
from reports.alerts.models import Alert, Search
from reports.alerts.queries import found_by
from reports.vocabulary import DamageGrade
from sites import areas
from sites.vocabulary import MonumentType, Sensitivity
from tests.factories.alerts import SearchFactory, SubscriptionFactory
from tests.factories.conditions import PublishedFactory
from tests.factories.sites import MonumentFactory, SiteFactory
from tests.factories.situation import SituationEventFactory


def square(west, south, size):
    ring = [[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


GRADES = [DamageGrade.SLIGHT, DamageGrade.SEVERE, DamageGrade.DESTROYED]
wishes = st.fixed_dictionaries(
    {
        "country": st.sampled_from(["", "SY", "IQ"]),
        "type": st.sampled_from(["", MonumentType.TEMPLE, MonumentType.THEATRE]),
        "least_grade": st.sampled_from(["", *GRADES]),
        "area": st.one_of(st.none(), st.builds(square, st.integers(36, 44), st.integers(32, 37), st.integers(1, 6))),
    }
)
places = st.fixed_dictionaries(
    {
        "country": st.sampled_from(["SY", "IQ"]),
        "type": st.sampled_from([MonumentType.TEMPLE, MonumentType.THEATRE]),
        "grade": st.sampled_from([None, *GRADES]),
        "sensitivity": st.sampled_from(Sensitivity.values),
        "longitude": st.floats(36, 46),
        "latitude": st.floats(32, 40),
    }
)


class SameBothWays(TestCase):
    @hypothesis_settings(max_examples=30)
    @given(wish=wishes, place=places)
    def test_a_search_is_told_of_exactly_what_it_finds(self, wish, place):
        grade, country = place.pop("grade"), place.pop("country")
        monument = MonumentFactory(site=SiteFactory(country=country), **place)
        if grade:
            PublishedFactory(monument=monument, damage_grade=grade)
        monument.refresh_from_db()
        search = SearchFactory(**wish)

        finds = found_by(search).filter(pk=monument.pk).exists()

        assert (search.pk in Search.objects.finding(monument.site, monument)) == finds


pytestmark = pytest.mark.django_db


def test_a_hidden_place_is_in_no_area():
    facts = {"longitude": 38.27, "latitude": 34.55, "sensitivity": Sensitivity.HIDDEN}
    monument = MonumentFactory(**facts)
    search = SearchFactory(area=square(38, 34, 1))

    assert monument not in found_by(search)


def test_an_area_holds_the_place_that_the_public_sees_and_not_the_exact_one():
    monument = MonumentFactory(longitude=38.274, latitude=34.547, sensitivity=Sensitivity.GENERALISED)
    around_the_exact_place = SearchFactory(area=square(38.2735, 34.5465, 0.001))

    assert monument not in found_by(around_the_exact_place)


def test_an_event_of_the_whole_site_belongs_to_searches_that_ask_nothing_of_monuments():
    event = SituationEventFactory()
    wide, narrow = SearchFactory(site=event.site), SearchFactory(site=event.site, type=MonumentType.TEMPLE)

    found = Search.objects.finding(event.site, None)

    assert wide.pk in found
    assert narrow.pk not in found


def test_who_follows_a_search_is_told_and_its_end_is_the_end():
    search = SearchFactory(least_grade=DamageGrade.SEVERE)
    reader = SubscriptionFactory(scope="search", site=None, search=search, user=search.user)
    PublishedFactory(damage_grade=DamageGrade.DESTROYED)

    actions.fan_out(Alert.objects.get().pk)
    assert Alert.objects.get().deliveries.get().address == reader.user.email

    actions.forget(search)
    assert not Search.objects.exists()


@pytest.mark.parametrize(
    "area",
    [
        {"type": "Point", "coordinates": [38, 34]},
        square(170, 34, 20),
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 1], [1, 0], [0, 0]]]},
        {"type": "Polygon", "coordinates": [[[i / 600, (i / 600) ** 2] for i in range(1200)] + [[0, 0]]]},
    ],
)
def test_what_is_no_area_is_refused(area):
    with pytest.raises(ValidationError):
        areas.validate_area(area)
