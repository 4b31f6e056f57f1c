"""What becomes of an original: upright, in sRGB, no larger than it was, and nothing but pixels."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageFile

from reports.evidence import box
from reports.evidence.boxed import rendering
from reports.evidence.boxed.refusing import Refused
from reports.evidence.boxed.rendering import AVIF, JPEG, Area, blur, render
from tests.pictures import (
    BLUE,
    CANARY,
    GREEN,
    RED,
    YELLOW,
    groups,
    metadata,
    opened,
    profile,
    quarters,
    saved,
    stripes,
    with_metadata,
)

FULL = 1000
CORNERS = [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)]
OF_CAMERAS_AND_DESKS = {"EXIF", "XMP", "IPTC", "ICC_Profile"}
NOT_IN_HEIF = {"IPTC", "ICC_Profile"}
OF_THE_PIXELS = {"ExifTool", "File", "JFIF", "QuickTime"}
"""What exiftool tells of any picture; of QuickTime the boxes of AVIF, which are looked at one by one."""


def made(path, *areas, full=FULL):
    return list(render(path, areas, full=full))


def first(path):
    """The largest alone; the others are made of it."""
    return next(render(path, [], full=FULL))


def colours(image):
    """Of the middle of each quarter, row by row."""
    return [image.convert("RGB").getpixel((int(x * image.width), int(y * image.height))) for x, y in CORNERS]


def near(found, wanted, far=14):
    return np.abs(np.array(found, int) - np.array(wanted, int)).max() <= far


def test_there_are_three_sizes_and_two_formats_but_of_the_largest(tmp_path):
    pictures = made(saved(quarters((3000, 2000)), tmp_path / "a.jpg"), full=2000)

    assert [(picture.size, picture.format, picture.width, picture.height) for picture in pictures] == [
        ("full", JPEG, 2000, 1333),
        ("page", AVIF, 1600, 1066),
        ("page", JPEG, 1600, 1066),
        ("list", AVIF, 640, 426),
        ("list", JPEG, 640, 426),
    ]
    for picture in pictures:
        image = opened(picture.content)
        assert image.size == (picture.width, picture.height)
        assert f"image/{image.format.lower()}" == picture.format
        assert near(colours(image), [RED, GREEN, BLUE, YELLOW])


@pytest.mark.parametrize("size", [(60, 40), (1, 1), (700, 3), (3, 700)])
def test_nothing_is_made_larger_than_it_is(tmp_path, size):
    longest = {"full": 1000, "page": 1600, "list": 640}

    for picture in made(saved(quarters(size), tmp_path / "a.png")):
        assert max(picture.width, picture.height) == min(max(size), longest[picture.size])
        assert min(picture.width, picture.height) >= 1


@pytest.mark.parametrize("ending", ["jpg", "png", "tif", "webp", "avif", "heic"])
def test_of_all_metadata_nothing_is_left(tmp_path, ending):
    path = with_metadata(saved(quarters(), tmp_path / f"a.{ending}", icc_profile=profile()))
    before = metadata(path)
    # exiftool reads and writes these not everywhere.
    kept = OF_CAMERAS_AND_DESKS - {"webp": {"IPTC"}, "avif": NOT_IN_HEIF, "heic": NOT_IN_HEIF}.get(ending, set())
    assert kept <= groups(before)
    assert CANARY.encode("utf-16-be") in path.read_bytes() or ending == "png"  # compressed there
    assert CANARY.encode() in path.read_bytes()
    assert "EXIF:GPS:GPSLatitude" in before
    assert ending == "tif" or "EXIF:IFD1:ThumbnailLength" in before

    for picture in made(path):
        out = tmp_path / f"out.{picture.format.split('/')[1]}"
        out.write_bytes(picture.content)
        after = metadata(out)
        assert groups(after) <= OF_THE_PIXELS
        assert not any("2015" in value or CANARY in value for value in after.values())
        assert CANARY.encode() not in picture.content
        assert CANARY.encode("utf-16-be") not in picture.content
        assert not opened(picture.content).getexif()
        assert opened(picture.content).info.keys() & {"exif", "xmp", "icc_profile", "comment", "photoshop"} == set()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("ending", ["jpg", "png", "tif", "webp", "avif"])
def test_a_picture_stands_upright(tmp_path, ending, orientation):
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    lying = quarters() if orientation == 1 else quarters().transpose(turns[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = saved(lying, tmp_path / f"a.{ending}", exif=exif)

    largest = first(path)

    assert (largest.width, largest.height) == (400, 300)
    assert near(colours(opened(largest.content)), [RED, GREEN, BLUE, YELLOW])


def test_a_heic_that_was_turned_when_it_was_decoded_is_not_turned_again(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6  # phones say it twice: in the format itself, by which every reader turns it, and here
    path = saved(quarters(), tmp_path / "a.heic", exif=exif)

    largest = first(path)

    assert (largest.width, largest.height) == (400, 300)
    assert near(colours(opened(largest.content)), [RED, GREEN, BLUE, YELLOW])


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L"])
def test_scaling_strip_by_strip_leaves_no_seam(mode):
    random = np.random.default_rng(3)
    noise = random.integers(0, 256, (90, 120, 3), dtype=np.uint8)
    image = Image.fromarray(noise).resize((1200, 1700), Image.Resampling.BICUBIC).convert(mode)

    for how in (Image.Resampling.HAMMING, Image.Resampling.LANCZOS):
        by_strips = rendering._shrink(image, 1100, how)
        at_once = image.resize(by_strips.size, how)
        assert np.abs(np.array(by_strips, int) - np.array(at_once, int)).max() <= 1


GREYS = [np.uint8(np.round(np.dot(colour, [0.299, 0.587, 0.114]))) for colour in (RED, GREEN, BLUE, YELLOW)]


@pytest.mark.parametrize(
    ("mode", "ending"),
    [
        ("L", "png"),
        ("L", "jpg"),
        ("LA", "png"),
        ("P", "png"),
        ("RGBA", "png"),
        ("RGBA", "webp"),
        ("RGBA", "avif"),
        ("CMYK", "jpg"),
        ("CMYK", "tif"),
        ("LAB", "tif"),
        ("I;16", "png"),
        ("I;16", "tif"),
        ("F", "tif"),
        ("YCbCr", "jpg"),
        ("PA", "tif"),
    ],
)
def test_every_kind_of_pixels_looks_as_it_did(tmp_path, mode, ending):
    grey = mode in {"L", "LA", "I;16", "F"}
    if mode == "I;16":
        image = Image.fromarray(np.array(quarters(mode="L"), dtype=np.uint16) * 257)
    elif mode == "LAB":
        lab = ImageCms.createProfile("LAB")
        image = ImageCms.profileToProfile(quarters(), ImageCms.createProfile("sRGB"), lab, outputMode="LAB")
    elif mode == "PA":
        image = quarters(mode="P").convert("PA")
    else:
        image = quarters(mode=mode)
    path = saved(image, tmp_path / f"a.{ending}")

    found = colours(opened(first(path).content))

    if mode == "F":  # from the darkest to the lightest
        assert found[2][0] < 5
        assert found[3][0] > 250
    else:
        assert near(found, [[grey] * 3 for grey in GREYS] if grey else [RED, GREEN, BLUE, YELLOW], 26)


def test_what_is_transparent_becomes_white(tmp_path):
    image = quarters(mode="RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size).point(lambda value: 255 * (value > 127)))

    found = colours(opened(first(saved(image, tmp_path / "a.png")).content))

    assert near(found, [(255, 255, 255), (255, 255, 255), BLUE, YELLOW])


def test_a_palette_with_a_transparent_colour_becomes_white_there(tmp_path):
    image = quarters().quantize(8)
    image.info["transparency"] = image.getpixel((10, 10))

    found = colours(opened(first(saved(image, tmp_path / "a.png")).content))

    assert near(found, [(255, 255, 255), GREEN, BLUE, YELLOW], 20)


def test_colours_of_another_profile_are_turned_into_srgb(tmp_path):
    # The profile of a screen whose red and green are swapped against sRGB's, as a large example of "another".
    swapped = swap_red_and_green(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    path = saved(quarters(), tmp_path / "a.jpg", icc_profile=swapped, quality=95, subsampling=0)

    found = colours(opened(first(path).content))

    assert near(found[0], (RED[1], RED[0], RED[2]), 30)


def swap_red_and_green(profile):
    """Exchange the names of the primaries, and tell that it is not sRGB."""
    swapped = profile.replace(b"rXYZ", b"tmpX").replace(b"gXYZ", b"rXYZ").replace(b"tmpX", b"gXYZ")
    return swapped.replace("sRGB".encode("utf-16-be"), "tRGB".encode("utf-16-be"))


@pytest.mark.parametrize("broken", [b"nonsense", b"", b"\0" * 200], ids=["nonsense", "empty", "zeros"])
def test_a_broken_profile_is_left_aside(tmp_path, broken):
    path = saved(quarters(), tmp_path / "a.jpg", icc_profile=broken)

    assert near(colours(opened(first(path).content)), [RED, GREEN, BLUE, YELLOW])


def test_a_profile_for_other_pixels_is_left_aside(tmp_path):
    grey = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    path = saved(quarters(mode="L"), tmp_path / "a.jpg", icc_profile=grey)

    assert near(colours(opened(first(path).content)), [[grey] * 3 for grey in GREYS])


def test_of_several_pictures_in_a_file_the_first_counts(tmp_path):
    others = [Image.new("RGB", (400, 300), "black")]
    path = saved(quarters(), tmp_path / "a.webp", save_all=True, append_images=others)

    assert near(colours(opened(first(path).content)), [RED, GREEN, BLUE, YELLOW])


def test_a_large_jpeg_is_decoded_smaller(tmp_path, monkeypatch):
    decoded = []
    load = ImageFile.ImageFile.load
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda self: decoded.append(self.size) or load(self))

    made(saved(quarters((4100, 2050)), tmp_path / "a.jpg"))

    assert (1025, 513) in decoded
    assert (4100, 2050) not in decoded


def test_a_blurred_area_is_blurred_in_every_size(tmp_path):
    path = saved(stripes((1200, 800)), tmp_path / "a.png")

    for picture in made(path, Area(0.25, 0.25, 0.5, 0.5))[1:]:
        pixels = np.array(opened(picture.content).convert("L"), dtype=int)
        height, width = pixels.shape
        inside = pixels[height * 3 // 10 : height * 7 // 10, width * 3 // 10 : width * 7 // 10]
        assert inside.max() - inside.min() < 12
        if picture.width >= 1000:
            assert pixels[: height // 5].max() - pixels[: height // 5].min() > 200


shares = st.tuples(*[st.floats(0, 1)] * 4).map(
    lambda four: Area(four[0], four[1], max(1e-6, (1 - four[0]) * four[2]), max(1e-6, (1 - four[1]) * four[3]))
)


@given(area=shares, size=st.tuples(st.integers(1, 90), st.integers(1, 90)), seed=st.integers(0, 2**31))
def test_what_is_left_of_an_area_is_sixteen_colours_at_most(area, size, seed):
    random = np.random.default_rng(seed)
    pixels = random.integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    image = Image.fromarray(pixels)
    blur(image, area)
    blurred = np.array(image)
    changed = np.argwhere((blurred != pixels).any(axis=2))

    left, right = pixels_of(area.x, area.width, size[0])
    top, bottom = pixels_of(area.y, area.height, size[1])
    inside = Image.fromarray(pixels[top:bottom, left:right])
    columns, rows = (max(1, 4 * side // max(inside.size)) for side in inside.size)
    # Another picture with the same means in the same patches comes out the same: nothing else is told.
    assert columns * rows <= 16
    assert all(top <= y < bottom and left <= x < right for y, x in changed)
    told = inside.resize((columns, rows), Image.Resampling.BOX).resize(inside.size, Image.Resampling.BICUBIC)
    assert (np.array(told) == blurred[top:bottom, left:right]).all()


def pixels_of(start, length, size):
    """Every pixel that the share touches."""
    touched = [n for n in range(size) if n + 1 > start * size and n < (start + length) * size]
    return (touched[0], touched[-1] + 1) if touched else (size - 1, size)


def test_with_areas_to_blur_there_is_a_picture_without_for_those_who_mark_them(tmp_path):
    path = saved(stripes((1200, 800)), tmp_path / "a.png")

    plain = made(path, Area(0.25, 0.25, 0.5, 0.5))[0]

    assert (plain.size, plain.format, plain.width) == ("plain", JPEG, 1000)
    assert np.ptp(np.array(opened(plain.content).convert("L"), dtype=int)[300:500, 400:600]) > 200
    assert "plain" not in {picture.size for picture in made(path)}


def test_of_a_document_the_first_page_is_shown(tmp_path):
    told = {"author": CANARY, "title": CANARY}
    path = saved(quarters(), tmp_path / "a.pdf", save_all=True, append_images=[Image.new("RGB", (400, 300))], **told)

    pictures = list(render(path, [], full=FULL, document=True))

    assert [picture.size for picture in pictures] == ["full", "page", "page", "list", "list"]
    assert (pictures[0].width, pictures[0].height) == (1000, 750)
    assert near(colours(opened(pictures[0].content)), [RED, GREEN, BLUE, YELLOW], 20)
    assert not any(CANARY.encode() in picture.content for picture in pictures)


@pytest.mark.parametrize("document", [False, True])
def test_what_is_neither_picture_nor_document_is_refused(tmp_path, document):
    path = tmp_path / "a.jpg"
    path.write_bytes(b"GIF89a, or so it says")

    with pytest.raises(Refused):
        list(render(path, [], full=FULL, document=document))


def test_half_a_picture_is_refused(tmp_path):
    path = saved(quarters((1200, 800)), tmp_path / "a.jpg")
    path.write_bytes(path.read_bytes()[:5000])

    with pytest.raises(Refused):
        made(path)


LARGE = (4608, 3456)


@pytest.mark.parametrize("ending", ["jpg", "png", "tif", "avif", "heic"])
def test_in_the_box_a_picture_of_a_large_camera_is_made(tmp_path, ending):
    path = saved(quarters(LARGE), tmp_path / f"a.{ending}")

    found = box.run("rendering.make", path=str(path), folder=str(tmp_path), areas=[], full=4096, document=False)

    assert [(made["size"], made["width"], made["height"]) for made in found] == [
        ("full", 4096, 3072),
        *[("page", 1600, 1200)] * 2,
        *[("list", 640, 480)] * 2,
    ]
    for made in found:
        content = (tmp_path / made["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == made["digest"]
        assert near(colours(opened(content)), [RED, GREEN, BLUE, YELLOW], 20)


def test_in_the_box_a_document_is_made_into_a_picture(tmp_path):
    path = saved(quarters(), tmp_path / "a.pdf")

    found = box.run("rendering.make", path=str(path), folder=str(tmp_path), areas=[], full=4096, document=True)

    assert (found[0]["width"], found[0]["height"]) == (2000, 1500)
