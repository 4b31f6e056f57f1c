"""What the parts of a IIIF address mean, by the rules of the Image API 3.0."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from reports.evidence import iiif
from reports.evidence.iiif import Region, Unanswerable, Unsupported
from tests.pictures import BLUE, GREEN, RED, YELLOW, quarters

OF = (300, 200)
"""As in the examples of the specification."""


def asked(region="full", size="max", rotation="0", *, quality="default", kind="jpg", of=OF):
    return iiif.read(region, size, rotation, quality, kind, of=of)


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("full", (0, 0, 300, 200)),
        ("square", (50, 0, 200, 200)),
        ("125,15,120,140", (125, 15, 120, 140)),
        ("pct:41.6,7.5,40,70", (125, 15, 120, 140)),
        ("125,15,200,200", (125, 15, 175, 185)),
        ("pct:41.6,7.5,66.6,100", (125, 15, 175, 185)),
        ("299,199,1,1", (299, 199, 1, 1)),
    ],
)
def test_a_region_is_cut_at_the_edge(text, region):
    assert asked(text).region == Region(*region)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("max", (300, 200)),
        ("^max", (300, 200)),
        ("150,", (150, 100)),
        (",150", (225, 150)),
        ("pct:50", (150, 100)),
        ("^pct:50", (150, 100)),
        ("225,100", (225, 100)),
        ("!225,100", (150, 100)),
        ("!900,900", (300, 200)),
        ("^150,", (150, 100)),
        ("1,", (1, 1)),
    ],
)
def test_a_size_keeps_the_shape_or_does_not(text, size):
    request = asked(size=text)

    assert (request.width, request.height) == size


@pytest.mark.parametrize(
    ("text", "mirrored", "turned"),
    [
        ("0", False, 0),
        ("90", False, 90),
        ("180.0", False, 180),
        ("!0", True, 0),
        ("!270", True, 270),
        ("360", False, 0),
    ],
)
def test_a_rotation_is_a_quarter_turn(text, mirrored, turned):
    assert asked(rotation=text)[3:5] == (mirrored, turned)


@pytest.mark.parametrize(
    "wrong",
    [
        {"region": "300,0,10,10"},
        {"region": "0,200,10,10"},
        {"region": "0,0,0,10"},
        {"region": "pct:0,0,0,10"},
        {"region": "-1,0,10,10"},
        {"region": "0,0,1e9,10"},
        {"region": "0,0,10"},
        {"region": "all"},
        {"region": "10,10,99999999999,10"},
        {"size": "301,"},
        {"size": ",201"},
        {"size": "301,200"},
        {"size": "pct:101"},
        {"size": "pct:0"},
        {"size": "0,"},
        {"size": ",0"},
        {"size": "0,0"},
        {"size": "!0,10"},
        {"size": ","},
        {"size": "!10,"},
        {"size": "full"},
        {"size": "٣٠,"},
        {"size": "10,\n"},
        {"rotation": "45"},
        {"rotation": "-90"},
        {"rotation": "450"},
        {"rotation": "!"},
        {"quality": "bitonal"},
        {"quality": "native"},
        {"kind": "tif"},
        {"kind": "jpeg"},
    ],
    ids=str,
)
def test_what_cannot_be_answered_is_refused_with_the_part_that_is_wrong(wrong):
    with pytest.raises(Unanswerable, match=next(iter(wrong)).replace("kind", "format")) as refusal:
        asked(**wrong)

    assert refusal.value.status == 400


@pytest.mark.parametrize("size", ["^301,", "^,400", "^pct:120", "^600,400"])
def test_larger_than_it_is_is_well_said_but_not_done(size):
    with pytest.raises(Unsupported) as refusal:
        asked(size=size)

    assert refusal.value.status == 501


whole = st.integers(0, 5000).map(str)
decimal = st.floats(0, 200, allow_subnormal=False).map(lambda number: f"{number:.4f}")
regions = st.one_of(
    st.sampled_from(["full", "square"]),
    st.tuples(whole, whole, whole, whole).map(",".join),
    st.tuples(decimal, decimal, decimal, decimal).map(lambda parts: "pct:" + ",".join(parts)),
)
sizes = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "^"]),
        st.one_of(
            st.just("max"),
            whole.map(lambda w: f"{w},"),
            whole.map(lambda h: f",{h}"),
            decimal.map(lambda n: f"pct:{n}"),
            st.tuples(st.sampled_from(["", "!"]), whole, whole).map(lambda p: f"{p[0]}{p[1]},{p[2]}"),
        ),
    ),
)
rotations = st.tuples(st.sampled_from(["", "!"]), st.sampled_from(["0", "90", "180", "270", "360"])).map("".join)
pictures = st.tuples(st.integers(1, 4096), st.integers(1, 4096))


parts = st.tuples(regions, sizes, rotations, st.sampled_from(iiif.QUALITIES), st.sampled_from(["jpg", "png", "webp"]))


@given(parts, pictures)
def test_whatever_is_asked_the_answer_lies_within_the_picture(asked, of):
    try:
        request = iiif.read(*asked, of=of)
    except Unanswerable:
        return

    x, y, width, height = request.region
    assert 0 <= x < x + width <= of[0]
    assert 0 <= y < y + height <= of[1]
    assert 1 <= request.width <= width
    assert 1 <= request.height <= height
    # Its canonical address asks for the same, and is its own canonical address.
    address = iiif.canonical(request, of=of)
    again = iiif.read(*address.replace(".", "/").split("/"), of=of)
    assert again._replace(quality=request.quality) == request
    assert iiif.canonical(again, of=of) == address


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12), st.text(max_size=8), st.text(max_size=4))
def test_any_text_is_answered_or_refused(region, size, rotation, quality, kind):
    for parts in [(region, size, rotation, quality, kind), (region, "max", "0", "default", "jpg")]:
        with pytest.raises(Unanswerable):
            iiif.read(*parts, of=OF)


def test_a_kept_shape_differs_by_less_than_a_pixel():
    request = asked("0,0,233,117", "100,", of=(4000, 3000))

    assert abs(request.height - 117 * 100 / 233) <= 0.5


@pytest.mark.parametrize(
    ("rotation", "corners"),
    [
        ("0", [RED, GREEN, BLUE, YELLOW]),
        ("90", [BLUE, RED, YELLOW, GREEN]),
        ("180", [YELLOW, BLUE, GREEN, RED]),
        ("270", [GREEN, YELLOW, RED, BLUE]),
        ("!0", [GREEN, RED, YELLOW, BLUE]),
        ("!90", [YELLOW, GREEN, BLUE, RED]),
    ],
)
def test_a_picture_is_mirrored_then_turned_clockwise(rotation, corners):
    made = Image.open(BytesIO(iiif.make(quarters(OF), asked(rotation=rotation, kind="png"))))

    assert made.size == (OF if rotation.strip("!") in {"0", "180"} else OF[::-1])
    assert [made.getpixel((made.width * x // 4, made.height * y // 4)) for y in (1, 3) for x in (1, 3)] == corners


@pytest.mark.parametrize(("kind", "told"), [("jpg", "JPEG"), ("png", "PNG"), ("webp", "WEBP")])
def test_a_part_is_cut_scaled_and_greyed(kind, told):
    made = Image.open(BytesIO(iiif.make(quarters(OF), asked("150,0,150,100", "30,20", quality="gray", kind=kind))))

    assert (made.format, made.size) == (told, (30, 20))
    red, green, blue = made.convert("RGB").getpixel((15, 10))
    assert red == green == blue
    assert abs(red - (0.299 * GREEN[0] + 0.587 * GREEN[1] + 0.114 * GREEN[2])) < 4


def test_tiles_are_told_until_the_whole_is_one():
    told = iiif.information("https://example.org/iiif/3/a", of=(4096, 2731), sizes=[(640, 427), (4096, 2731)])

    assert told["tiles"] == [{"width": 512, "height": 512, "scaleFactors": [1, 2, 4, 8]}]
    assert told["sizes"] == [{"width": 640, "height": 427}, {"width": 4096, "height": 2731}]
    assert (told["width"], told["height"], told["profile"]) == (4096, 2731, "level2")
