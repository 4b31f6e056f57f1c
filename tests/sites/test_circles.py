from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from reports.evidence.distances import metres
from sites.circles import Circle, read_place
from sites.models import Monument
from tests.factories.sites import MonumentFactory

LONGITUDES, LATITUDES = st.floats(-180, 180), st.floats(-90, 90)


class AroundAPlace(TestCase):
    @settings(max_examples=60)
    @given(at=st.tuples(LONGITUDES, LATITUDES), of=st.tuples(LONGITUDES, LATITUDES), radius=st.floats(1, 2e7))
    def test_the_database_finds_what_lies_within_the_radius(self, at, of, radius):
        monument = MonumentFactory(longitude=at[0], latitude=at[1])
        away = metres(*at, *of)

        found = Monument.objects.inside(Circle(*of, radius)).filter(pk=monument.pk).exists()

        assert found == (away <= radius) or abs(away - radius) < 1

    def test_a_difference_smaller_than_an_atom_is_none(self):
        monument = MonumentFactory(longitude=5e-324, latitude=-1e-200)

        assert Monument.objects.inside(Circle(1e-250, 0, 1)).get() == monument


@pytest.mark.parametrize("text", ["38", "38,x", "181,0", "0,91", "nan,1", "1,2,3"])
def test_what_is_no_place_is_refused(text):
    with pytest.raises(ValidationError):
        read_place(text)
