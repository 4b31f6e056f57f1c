"""Photographs and documents for tests, honest and hostile; all of them are made here, byte by byte."""

from __future__ import annotations

import io
import math
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
import pillow_heif
from PIL import ExifTags, Image, ImageDraw

pillow_heif.register_heif_opener()
SIZE = (320, 240)
CANARY = "CANARY-IN-THE-FILE"


def picture(seed: int = 0, size: tuple[int, int] = SIZE, mode: str = "RGB") -> Image.Image:
    """A temple on a hill, another one for every seed."""
    width, height = size
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    draw = ImageDraw.Draw(image)
    for column in range(5):
        wave = math.sin(seed * 7.3 + column * 2.1)
        left = width * (column + 0.5 + 0.3 * wave) / 6
        tone = int(127 + 120 * math.sin(seed * 3.7 + column))
        box = (left, height * (0.35 + 0.2 * math.cos(seed + column)), left + width / 14, height * 0.9)
        draw.rectangle(box, fill=(tone, 255 - tone, (tone * 2) % 255))
    return image.convert(mode)


def exif(
    *,
    taken: str | None = "2015:08:30 12:13:14",
    offset: str | None = "+03:00",
    place: tuple[float, float] | None = (38.2684, 34.5512),
    orientation: int = 1,
    **more: Any,
) -> Image.Exif:
    """EXIF as a phone writes it: time, zone, place (longitude, latitude), camera, a comment."""
    data = Image.Exif()
    base, gps = ExifTags.Base, ExifTags.GPS
    data[base.Make], data[base.Model], data[base.Orientation] = "Canon", "Canon EOS 5D", orientation
    data[base.Artist] = CANARY
    details = data.get_ifd(ExifTags.IFD.Exif)
    if taken:
        details[base.DateTimeOriginal] = taken
    if offset:
        details[base.OffsetTimeOriginal] = offset
    details[base.UserComment] = b"ASCII\0\0\0" + CANARY.encode()
    if place:
        where = data.get_ifd(ExifTags.IFD.GPSInfo)
        longitude, latitude = place
        where[gps.GPSLongitudeRef], where[gps.GPSLongitude] = "E" if longitude >= 0 else "W", _sexagesimal(longitude)
        where[gps.GPSLatitudeRef], where[gps.GPSLatitude] = "N" if latitude >= 0 else "S", _sexagesimal(latitude)
        where.update(more.get("gps", {}))
    return data


def _sexagesimal(value: float) -> tuple[float, float, float]:
    value = abs(value)
    minutes = value % 1 * 60
    return (float(int(value)), float(int(minutes)), round(minutes % 1 * 60, 4))


def photograph(kind: str = "JPEG", seed: int = 0, size: tuple[int, int] = SIZE, **options: Any) -> bytes:
    """The bytes of a photograph in one of Pillow's formats, with EXIF unless told otherwise."""
    out = io.BytesIO()
    options = {"exif": exif(), **options}
    if isinstance(options["exif"], Image.Exif):
        options["exif"] = options["exif"].tobytes()
    elif options["exif"] is None:
        del options["exif"]
    picture(seed, size).save(out, kind, **options)
    return out.getvalue()


def saved(image: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def document(**catalogue: Any) -> bytes:
    """A PDF of one page; what is given goes into its catalogue."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    for name, value in catalogue.items():
        pdf.Root[f"/{name}"] = pdf.make_indirect(value)
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("run.me", "payload")
    return out.getvalue()


def png_of(width: int, height: int, *, more: bytes = b"", data: bytes = b"\0" * 64) -> bytes:
    """A PNG that declares a size, whatever is in it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = _chunk(b"IHDR", header) + more + _chunk(b"IDAT", zlib.compress(data)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bomb() -> bytes:
    """A few kilobytes that unpack into 400 million pixels, all of them there."""
    row = b"\0" * (20_000 // 8 + 1)
    header = struct.pack(">IIBBBBB", 20_000, 20_000, 1, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(row) for _ in range(20_000)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _frames(kind: str, number: int) -> bytes:
    out = io.BytesIO()
    pictures = [picture(seed, (32, 24)) for seed in range(number)]
    pictures[0].save(out, kind, save_all=True, append_images=pictures[1:])
    return out.getvalue()


def _endless_tiff() -> bytes:
    """A TIFF whose table of the next page is the first one again."""
    data = bytearray(photograph("TIFF", exif=None))
    first = struct.unpack_from("<I", data, 4)[0]
    entries = struct.unpack_from("<H", data, first)[0]
    struct.pack_into("<I", data, first + 2 + 12 * entries, first)
    return bytes(data)


def _raw_file() -> bytes:
    out = io.BytesIO()
    picture().save(out, "TIFF", tiffinfo={50706: b"\1\4\0\0"})
    return out.getvalue()


def _commented(text: bytes) -> bytes:
    whole = photograph()
    return whole[:2] + b"\xff\xfe" + struct.pack(">H", len(text) + 2) + text + whole[2:]


def _with_comments(number: int) -> bytes:
    whole = photograph()
    comment = b"\xff\xfe\xff\xff" + b"x" * 65_533
    return whole[:2] + comment * number + whole[2:]


def _with_segments(number: int) -> bytes:
    whole = photograph()
    return whole[:2] + b"\xff\xfe\0\2" * number + whole[2:]


def _flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def _text_bomb() -> bytes:
    text = b"Comment\0\0" + zlib.compress(b"x" * 5_000_000)
    return png_of(4, 4, more=_chunk(b"zTXt", text), data=(b"\0" + b"\1" * 12) * 4)


def _encrypted() -> bytes:
    out = io.BytesIO()
    pdf = pikepdf.open(io.BytesIO(document()))
    pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def _with_attachment() -> bytes:
    out = io.BytesIO()
    pdf = pikepdf.open(io.BytesIO(document()))
    pdf.attachments["run.exe"] = b"MZ"
    pdf.save(out)
    return out.getvalue()


def _on_page(**annotation: Any) -> bytes:
    out = io.BytesIO()
    pdf = pikepdf.open(io.BytesIO(document()))
    words = {f"/{name}": value for name, value in annotation.items()}
    pdf.pages[0]["/Annots"] = pikepdf.Array([pikepdf.Dictionary({"/Type": pikepdf.Name.Annot, **words})])
    pdf.save(out)
    return out.getvalue()


def _pages(number: int) -> bytes:
    out = io.BytesIO()
    pdf = pikepdf.new()
    for _page in range(number):
        pdf.add_blank_page()
    pdf.save(out)
    return out.getvalue()


def action(kind: str, **more: Any) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"), **more)


def _views() -> bytes:
    """As phones make it: an index, and a second view behind the first."""
    out = io.BytesIO()
    picture().save(out, "MPO", save_all=True, append_images=[picture(1)])
    return out.getvalue()


def _moving() -> bytes:
    """A photograph with its film behind it."""
    film = struct.pack(">I4s4sI", 16, b"ftyp", b"mp42", 0) + struct.pack(">I4s", 24, b"mdat") + b"\x11" * 16
    return photograph() + film


HONEST: dict[str, tuple[Callable[[], bytes], str]] = {
    "JPEG": (photograph, "image/jpeg"),
    "progressive JPEG": (lambda: photograph(progressive=True), "image/jpeg"),
    "JPEG in CMYK": (lambda: saved(picture(mode="CMYK"), "JPEG"), "image/jpeg"),
    "JPEG in grey": (lambda: saved(picture(mode="L"), "JPEG"), "image/jpeg"),
    "JPEG with a second view": (_views, "image/jpeg"),
    "JPEG with its film": (_moving, "image/jpeg"),
    "JPEG filled up with zeros": (lambda: photograph() + bytes(4096), "image/jpeg"),
    "PNG": (lambda: photograph("PNG"), "image/png"),
    "PNG with a palette": (lambda: saved(picture(mode="P"), "PNG"), "image/png"),
    "PNG with 16 bits": (lambda: saved(picture(mode="L").convert("I;16"), "PNG"), "image/png"),
    "transparent PNG": (lambda: saved(picture(mode="RGBA"), "PNG"), "image/png"),
    "TIFF": (lambda: photograph("TIFF"), "image/tiff"),
    "compressed TIFF": (lambda: photograph("TIFF", compression="tiff_lzw", exif=None), "image/tiff"),
    "TIFF of two pages": (lambda: _frames("TIFF", 2), "image/tiff"),
    "TIFF whose pages go in a circle": (_endless_tiff, "image/tiff"),
    "WebP": (lambda: photograph("WEBP"), "image/webp"),
    "HEIC": (lambda: photograph("HEIF"), "image/heic"),
    "AVIF": (lambda: photograph("AVIF"), "image/avif"),
    "PDF": (document, "application/pdf"),
    "PDF that opens at a page": (
        lambda: document(OpenAction=pikepdf.Dictionary(S=pikepdf.Name.GoTo)),
        "application/pdf",
    ),
    "PDF with a link": (
        lambda: _on_page(Subtype=pikepdf.Name.Link, A=action("URI", URI="https://example.org")),
        "application/pdf",
    ),
}
"""Name -> how it is made, and its type."""

HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "SVG": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "active"),
    "SVG behind a declaration": (lambda: b"\xef\xbb\xbf<?xml version='1.0'?><svg/>", "active"),
    "HTML": (lambda: b"  <!DOCTYPE html><script>1</script>", "active"),
    "shell script": (lambda: b"#!/bin/sh\nrm -rf /\n", "active"),
    "program": (lambda: b"MZ" + bytes(100), "active"),
    "GIF": (lambda: saved(picture(mode="P"), "GIF"), "unknown_type"),
    "BMP": (lambda: saved(picture(), "BMP"), "unknown_type"),
    "EPS": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n", "unknown_type"),
    "text": (lambda: b"Not a picture.", "unknown_type"),
    "archive": (archive, "unknown_type"),
    "gzip": (lambda: zlib.compress(b"x", wbits=31), "unknown_type"),
    "raw file of a camera": (_raw_file, "unknown_type"),
    "only a beginning": (lambda: b"\xff\xd8\xff", "damaged"),
    "truncated JPEG": (lambda: photograph()[:-500], "damaged"),
    "truncated PNG": (lambda: photograph("PNG")[:-500], "damaged"),
    "truncated WebP": (lambda: photograph("WEBP")[:-500], "damaged"),
    "truncated TIFF": (lambda: photograph("TIFF", exif=None)[:5000], "damaged"),
    "truncated HEIC": (lambda: photograph("HEIF")[:-500], "damaged"),
    "truncated AVIF": (lambda: photograph("AVIF")[:-500], "damaged"),
    "truncated PDF": (lambda: document()[:-40], "damaged"),
    "corrupt PNG": (lambda: _flipped(photograph("PNG"), 2000), "damaged"),
    "corrupt PDF": (lambda: document().replace(b"/Pages", b"/Pigs!"), "damaged"),
    "PNG without pixels": (lambda: png_of(0, 0), "damaged"),
    "bomb by declaration": (lambda: png_of(60_000, 60_000), "too_many_pixels"),
    "bomb that is all there": (bomb, "too_many_pixels"),
    "animated PNG": (lambda: _frames("PNG", 3), "too_many_frames"),
    "animated WebP": (lambda: _frames("WEBP", 3), "too_many_frames"),
    "animated AVIF": (lambda: _frames("AVIF", 3), "too_many_frames"),
    "TIFF of many pages": (lambda: _frames("TIFF", 30), "too_many_frames"),
    "PDF of many pages": (lambda: _pages(600), "too_many_frames"),
    "JPEG and archive": (lambda: photograph() + archive(), "two_in_one"),
    "PNG and archive": (lambda: photograph("PNG") + archive(), "two_in_one"),
    "WebP and archive": (lambda: photograph("WEBP") + archive(), "two_in_one"),
    "TIFF and archive": (lambda: photograph("TIFF") + archive(), "two_in_one"),
    "HEIC and archive": (lambda: photograph("HEIF") + archive(), "two_in_one"),
    "PDF and archive": (lambda: document() + archive(), "two_in_one"),
    "JPEG and RAR": (lambda: photograph() + b"Rar!\x1a\x07\0" + bytes(99), "two_in_one"),
    "JPEG and something": (lambda: photograph() + b"something else" * 100, "two_in_one"),
    "film and something": (lambda: _moving() + b"\0\0\1\0\1\2\3\4" * 20, "two_in_one"),
    "PNG and something": (lambda: photograph("PNG") + b"something", "two_in_one"),
    "PDF and JPEG": (lambda: document() + photograph(), "two_in_one"),
    "JPEG that is a PDF": (lambda: _commented(b"%PDF-1.7 1 0 obj"), "two_in_one"),
    "JPEG with PHP": (lambda: _commented(b"<?php system($_GET[0]);"), "two_in_one"),
    "JPEG with a page": (lambda: _commented(b"<html><SCRIPT >alert(1)</script>"), "two_in_one"),
    "JPEG of comments": (lambda: _with_comments(300), "too_much_metadata"),
    "JPEG of segments": (lambda: _with_segments(5000), "too_much_metadata"),
    "PNG with a bomb of text": (_text_bomb, "too_much_metadata"),
    "encrypted PDF": (_encrypted, "encrypted"),
    "PDF with a script": (lambda: document(OpenAction=action("JavaScript", JS="app.alert(1)")), "active"),
    "PDF that starts a program": (lambda: document(OpenAction=action("Launch", F="run.exe")), "active"),
    "PDF whose page starts one": (lambda: _on_page(Subtype=pikepdf.Name.Link, A=action("Launch", F="a")), "active"),
    "PDF that sends a form": (lambda: _on_page(AA=pikepdf.Dictionary(U=action("SubmitForm", F="http://a"))), "active"),
    "PDF with a dynamic form": (lambda: document(AcroForm=pikepdf.Dictionary(XFA=pikepdf.String("x"))), "active"),
    "PDF with an attachment": (_with_attachment, "two_in_one"),
}
"""Name -> how it is made, and the refusal that it meets."""
