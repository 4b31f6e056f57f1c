"""What form, interface and database alike refuse of a place."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from sites.models import Monument, Name, Site
from tests.factories.sites import DesignationFactory, MonumentFactory, NameFactory, SiteFactory

pytestmark = pytest.mark.django_db

SQUARE = {"type": "Polygon", "coordinates": [[[38, 34], [39, 34], [39, 35], [38, 34]]]}
BAD_BOUNDARIES = {
    "a point": {"type": "Point", "coordinates": [38, 34]},
    "no coordinates": {"type": "Polygon"},
    "words": {"type": "Polygon", "coordinates": "everywhere"},
    "empty": {"type": "Polygon", "coordinates": []},
    "beyond the world": {"type": "Polygon", "coordinates": [[[38, 34], [239, 34], [239, 35], [38, 34]]]},
}


@pytest.mark.parametrize("boundary", BAD_BOUNDARIES.values(), ids=BAD_BOUNDARIES)
def test_a_bad_boundary_is_refused_by_the_database(boundary):
    site = SiteFactory()

    with pytest.raises(IntegrityError, match="boundary_sound"), transaction.atomic():
        Site.objects.filter(pk=site.pk).update(boundary=boundary)


@pytest.mark.parametrize("boundary", BAD_BOUNDARIES.values(), ids=BAD_BOUNDARIES)
def test_a_bad_boundary_is_refused_by_forms(boundary):
    with pytest.raises(ValidationError) as refusal:
        Site(slug="x", country="SY", boundary=boundary).full_clean()

    assert "boundary" in refusal.value.message_dict


def test_a_boundary_that_crosses_itself_is_refused_with_the_reason():
    bow = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}

    with pytest.raises(ValidationError, match="Self-intersection"):
        Site(slug="x", country="SY", boundary=bow).full_clean()


def test_a_sound_boundary_is_kept():
    site = SiteFactory(boundary=SQUARE)

    site.refresh_from_db()

    assert site.boundary == SQUARE


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("longitude_in_range", {"longitude": 180.5}),
        ("latitude_in_range", {"latitude": -90.5}),
        ("point_whole", {"longitude": None}),
        ("grid_known", {"cells_per_degree": 3}),
        ("sensitivity_known", {"sensitivity": "secret"}),
    ],
)
def test_an_impossible_place_is_refused_by_the_database(constraint, changes):
    monument = MonumentFactory()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Monument.objects.filter(pk=monument.pk).update(**changes)


def test_a_coordinate_out_of_range_is_refused_by_forms():
    with pytest.raises(ValidationError) as refusal:
        Site(slug="x", country="SY", longitude=200, latitude=34).full_clean()

    assert "longitude" in refusal.value.message_dict


def test_a_name_belongs_to_one_thing():
    with pytest.raises(IntegrityError, match="name_of_one_thing"), transaction.atomic():
        NameFactory()


def test_there_is_one_preferred_name_in_a_language():
    site = SiteFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Name.objects.create(site=site, text="Another", language="en")


def test_a_designation_does_not_end_before_it_begins():
    with pytest.raises(IntegrityError, match="designation_in_order"), transaction.atomic():
        DesignationFactory(since="2013-06-20", until="2013-06-19")


def test_a_part_has_no_parts():
    whole = MonumentFactory()
    part = MonumentFactory(site=whole.site, parent=whole)

    with pytest.raises(ValidationError, match="a part has no parts"):
        MonumentFactory.build(site=whole.site, parent=part).clean()


def test_a_part_stands_on_the_site_of_the_whole():
    with pytest.raises(ValidationError, match="same site"):
        MonumentFactory.build(site=SiteFactory(), parent=MonumentFactory()).clean()
