"""The cell of a place: the same from Python and from either database, and never of what is hidden."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from sites import cells
from sites.cells import DEPTH, SIZE, Tile
from sites.models import Monument
from sites.vocabulary import Sensitivity
from tests.factories.sites import MonumentFactory

steps = st.integers(0, SIZE - 1)
longitudes, latitudes = st.floats(-180, 180), st.floats(-90, 90)


@given(x=steps, y=steps)
def test_column_and_row_come_back_from_the_cell(x, y):
    assert cells.column_and_row(cells.interleave(x, y)) == (x, y)


@given(x=steps, y=steps)
def test_a_place_comes_back_from_its_column_and_row(x, y):
    middle = cells.longitude_of(x + 0.5), cells.latitude_of(y + 0.5)

    assert (cells.x_of(middle[0]), cells.y_of(middle[1])) == (x, y)


@given(longitude=longitudes, latitude=latitudes, z=st.integers(0, 20))
def test_a_tile_holds_its_places_and_no_other(longitude, latitude, z):
    cell = cells.interleave(cells.x_of(longitude), cells.y_of(latitude))
    x, y = cells.x_of(longitude) >> DEPTH - z, cells.y_of(latitude) >> DEPTH - z

    for tile in (Tile(z, x, y), Tile(z, x ^ 1, y), Tile(z, x, y ^ 1)):
        first, last = tile.cells()
        assert (first <= cell <= last) == (tile[1:] == (x, y)) or z == 0


class InTheDatabase(TestCase):
    @hypothesis_settings(max_examples=80)
    @given(longitude=longitudes, latitude=latitudes)
    def test_both_work_out_the_same_cell(self, longitude, latitude):
        with connection.cursor() as cursor:
            place = (longitude, latitude)
            cursor.execute("SELECT tadmor_cell(%s, %s), tadmor_x(%s), tadmor_y(%s)", place + place)
            cell, x, y = cursor.fetchone()

        assert abs(x - cells.x_of(longitude)) <= 1  # the last bit of a logarithm may differ
        assert abs(y - cells.y_of(latitude)) <= 1
        assert cell == cells.interleave(x, y)


@pytest.mark.django_db
@pytest.mark.parametrize("sensitivity", Sensitivity.values)
def test_the_public_cell_is_that_of_the_public_place_however_it_is_written(sensitivity):
    monument = MonumentFactory()
    Monument.objects.update(longitude=38.2743219, latitude=34.5471239, sensitivity=sensitivity, cells_per_degree=10)
    monument.refresh_from_db()

    seen = monument.public_longitude, monument.public_latitude
    exact = cells.interleave(cells.x_of(38.2743219), cells.y_of(34.5471239))
    public = None if seen[0] is None else cells.interleave(cells.x_of(seen[0]), cells.y_of(seen[1]))
    assert (monument.cell, monument.public_cell) == (exact, public)
    assert (monument.public_cell == exact) == (sensitivity == Sensitivity.PUBLIC)
