"""When and where a photograph says that it was taken; what cannot be is not believed."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image

from reports.evidence.boxed.capturing import capture_of
from tests.files import exif, photograph

GPS = ExifTags.GPS


def capture(**facts):
    return capture_of(Image.open(io.BytesIO(photograph(exif=exif(**facts)))))


@pytest.mark.parametrize(
    ("taken", "offset", "expected"),
    [
        ("2015:08:30 12:13:14", "+03:00", ("2015-08-30T09:13:14+00:00", False)),
        ("2015:08:30 12:13:14", "-05:30", ("2015-08-30T17:43:14+00:00", False)),
        ("2015:08:30 12:13:14", None, ("2015-08-30T12:13:14+00:00", True)),
        ("2015:08:30 12:13:14", "+99:00", ("2015-08-30T12:13:14+00:00", True)),
        ("0000:00:00 00:00:00", "+03:00", (None, False)),
        ("0001:01:01 00:00:00", "+03:00", (None, False)),
        ("yesterday", "+03:00", (None, False)),
        (None, None, (None, False)),
    ],
)
def test_the_time_is_read_in_its_zone(taken, offset, expected):
    found = capture(taken=taken, offset=offset)

    assert (found["taken_at"], found["taken_at_local"]) == expected


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        ((9.0, 13.0, 10.0), ("2015-08-30T09:13:14+00:00", False)),
        ((9.0, 20.0, 0.0), ("2015-08-30T12:13:14+00:00", True)),
        ((99.0, 0.0, 0.0), ("2015-08-30T12:13:14+00:00", True)),
    ],
)
def test_satellites_tell_the_zone_of_a_clock_that_has_none(clock, expected):
    gps = {GPS.GPSDateStamp: "2015:08:30", GPS.GPSTimeStamp: clock}

    found = capture(offset=None, gps=gps)

    assert (found["taken_at"], found["taken_at_local"]) == expected


@pytest.mark.parametrize(
    "place", [(38.2684, 34.5512), (-70.5, -33.25), (180.0, 90.0)], ids=["Palmyra", "south and west", "corner"]
)
def test_the_place_is_in_degrees(place):
    found = capture(place=place)

    assert (found["longitude"], found["latitude"]) == pytest.approx(place, abs=1e-5)


@pytest.mark.parametrize(
    "gps",
    [
        {GPS.GPSLatitude: (91.0, 0.0, 0.0)},
        {GPS.GPSLongitude: (181.0, 0.0, 0.0)},
        {GPS.GPSLatitudeRef: "X"},
        {GPS.GPSLongitude: (0.0, 0.0, 0.0), GPS.GPSLatitude: (0.0, 0.0, 0.0)},
    ],
    ids=["beyond the pole", "round the world", "no side", "no fix"],
)
def test_a_place_that_cannot_be_is_left_out(gps):
    found = capture(gps=gps)

    assert (found["longitude"], found["latitude"]) == (None, None)


def test_nothing_is_known_of_a_photograph_that_says_nothing():
    found = capture_of(Image.open(io.BytesIO(photograph(exif=None))))

    assert found == {
        "taken_at": None,
        "taken_at_local": False,
        "longitude": None,
        "latitude": None,
        "camera": "",
        "orientation": None,
    }


VALUES = st.one_of(st.none(), st.integers(), st.floats(), st.text(), st.binary(), st.tuples(st.floats(), st.floats()))


class Said:
    """An image whose EXIF is anything at all."""

    def __init__(self, base, details, gps):
        self.info, self.base, self.parts = {}, base, {ExifTags.IFD.Exif: details, ExifTags.IFD.GPSInfo: gps}

    def getexif(self):
        said = dict(self.base)
        parts = self.parts
        return type("Exif", (dict,), {"get_ifd": lambda self, tag: parts[tag]})(said)


@given(
    st.dictionaries(st.sampled_from([271, 272, 274, 306]), VALUES),
    st.dictionaries(st.sampled_from([36867, 36868, 36880, 36881]), VALUES),
    st.dictionaries(st.sampled_from([1, 2, 3, 4, 7, 29]), VALUES),
)
def test_whatever_it_says_nothing_breaks(base, details, gps):
    found = capture_of(Said(base, details, gps))

    assert found["longitude"] is None or -180 <= found["longitude"] <= 180
    assert found["orientation"] is None or 1 <= found["orientation"] <= 8
    assert found["camera"].isprintable()
