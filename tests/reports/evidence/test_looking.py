"""Which files are taken in, and which are refused as what."""

from __future__ import annotations

import pytest
from PIL import Image

from reports.evidence.boxed import looking
from reports.evidence.boxed.refusing import Refused
from tests.files import HONEST, HOSTILE, exif, photograph, picture

LIMITS = {"pixels": 50_000_000, "frames": 10, "pages": 200}


@pytest.fixture
def look(tmp_path):
    def look(content: bytes):
        path = tmp_path / "received"
        path.write_bytes(content)
        return looking.look(str(path), **LIMITS)

    return look


@pytest.mark.parametrize("name", HONEST)
def test_honest_files_are_taken_in(look, name):
    make, media_type = HONEST[name]

    assert look(make())["media_type"] == media_type


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused(look, name):
    make, why = HOSTILE[name]

    with pytest.raises(Refused) as refused:
        look(make())

    assert refused.value.why == why


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "HEIF", "AVIF"])
def test_a_picture_tells_its_size_and_its_looks(look, kind):
    found = look(photograph(kind))

    assert (found["width"], found["height"]) == (320, 240)
    assert len(found["looks"]) == 16


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "HEIF", "AVIF"])
def test_each_format_says_when_and_where_it_was_taken(look, kind):
    capture = look(photograph(kind))["capture"]

    assert capture["taken_at"] == "2015-08-30T09:13:14+00:00"
    assert capture["camera"] == "Canon EOS 5D"
    assert (capture["longitude"], capture["latitude"]) == pytest.approx((38.2684, 34.5512), abs=1e-5)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "HEIF", "AVIF"])
def test_width_and_height_are_those_of_the_upright_picture(look, kind):
    found = look(photograph(kind, exif=exif(orientation=6)))

    assert (found["width"], found["height"]) == (240, 320)
    assert found["capture"]["orientation"] == 6


def test_a_flat_picture_looks_like_nothing(look, tmp_path):
    Image.new("RGB", (320, 240), "#806040").save(tmp_path / "flat.png")

    assert look((tmp_path / "flat.png").read_bytes())["looks"] is None


def test_large_pictures_are_decoded_whole(look):
    """A damage far from the beginning is found although a large JPEG is decoded at a smaller scale."""
    with pytest.raises(Refused):
        look(photograph(size=(5000, 3000))[:-20_000])


def test_the_same_picture_scaled_and_compressed_looks_the_same(look):
    large = photograph(seed=3, size=(1600, 1200), quality=95)
    small = photograph("WEBP", seed=3, size=(400, 300), quality=40)

    difference = int(look(large)["looks"], 16) ^ int(look(small)["looks"], 16)

    assert difference.bit_count() <= 4


def test_different_pictures_look_different():
    from reports.evidence.boxed.likeness import bits_of

    looks = [bits_of(picture(seed)) for seed in range(8)]

    assert min((a ^ b).bit_count() for n, a in enumerate(looks) for b in looks[:n]) > 7


@pytest.mark.parametrize("seed", range(5))
def test_the_bits_are_those_of_the_library_that_others_use(seed):
    import imagehash

    from reports.evidence.boxed.likeness import bits_of

    image = picture(seed, (900, 700))

    theirs = int(str(imagehash.phash(image)), 16)
    assert (bits_of(image) ^ theirs).bit_count() <= 1
