"""What evidence costs: making pictures of an original, opening hostile files, and hashing originals anew.

    SECRET_KEY=x python benchmarks/evidence.py [--rounds N] [--originals N]

Peers in the same run: libvips (pip install "pyvips[binary]", which nothing but this needs) makes the same sizes and
formats of the same photograph; sha256sum hashes the same files. Uses SQLite in a folder that goes away. What intake
and looking for near-duplicates cost is in `evidence_intake.py`.
"""

from __future__ import annotations

import argparse
import logging
import multiprocessing
import os
import resource
import statistics
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WIDE, HIGH = 6000, 4000
FULL = 4096
"""Pixels of the longer side of the full view."""
MIB = 1 << 20
SIZE = 8 * MIB
"""Of a usual photograph, in bytes."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--originals", type=int, default=200)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        set_up(folder)
        photograph = folder / "photograph.jpg"
        draw(photograph)
        # A process is counted from its birth, as large as its parent: who drew large pictures must not be the parent.
        afresh = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, mp_context=afresh, max_tasks_per_child=1) as processes:
            files = processes.submit(hostile, folder, photograph).result()
            processes.submit(measure_memory, folder, files).result()
        measure_pictures(photograph, arguments.rounds)
        measure_hashing(folder, arguments.originals)


def set_up(folder: Path) -> None:
    os.environ.update(DATA_DIR=str(folder), DJANGO_SETTINGS_MODULE="portal.settings")
    os.environ.pop("DATABASE_URL", None)
    sys.path.insert(0, str(ROOT))
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def draw(path: Path) -> None:
    """A picture of 24 megapixels with surfaces, edges and grain, as a camera writes it."""
    from PIL import Image, ImageChops

    sky = Image.linear_gradient("L").resize((WIDE, HIGH))
    stones = Image.effect_noise((WIDE // 40, HIGH // 40), 90).resize((WIDE, HIGH), Image.Resampling.NEAREST)
    grain = Image.effect_noise((WIDE, HIGH), 12)
    bands = [ImageChops.add(ImageChops.blend(sky, stones, share), grain, 1, -128) for share in (0.3, 0.4, 0.5)]
    Image.merge("RGB", bands).save(path, "JPEG", quality=92)


def measure_pictures(photograph: Path, rounds: int) -> None:
    """Decoding and encoding, in one process each."""
    from reports.evidence.boxed.rendering import render

    logging.getLogger("pyvips").setLevel(logging.WARNING)
    print(f"photograph: {WIDE} x {HIGH}, {photograph.stat().st_size / MIB:.1f} MiB; full view of {FULL} pixels")
    try:
        import pyvips  # noqa: F401
    except ImportError:
        print('pictures: left out; pip install "pyvips[binary]"')
        return
    ways = [lambda: list(render(photograph, [], full=FULL)), lambda: render_by_vips(photograph, FULL)]
    ours, peers = in_turns(ways, rounds)
    print(f"pictures: median {ours:.2f} s, libvips {peers:.2f} s: {ours / peers:.2f} times as long (aim: 1.5)")


def render_by_vips(photograph: Path, full: int) -> None:
    """The same sizes and formats, each scaled while it is decoded, as libvips does best."""
    import pyvips

    small = {"keep": "none"}
    for pixels, kinds in ((full, ("full",)), (1600, ("avif", "jpeg")), (640, ("avif", "jpeg"))):
        image = pyvips.Image.thumbnail(str(photograph), pixels, height=pixels).copy_memory()
        if "full" in kinds:
            image.jpegsave_buffer(Q=88, **small)
        if "jpeg" in kinds:
            image.jpegsave_buffer(Q=82, interlace=True, optimize_coding=True, **small)
        if "avif" in kinds:
            image.heifsave_buffer(Q=63, compression="av1", effort=0, **small)


def measure_memory(folder: Path, files: dict[str, Path]) -> None:
    """The most memory of the process that opens a file, over files large and hostile; each is taken or refused."""
    set_up(folder)
    from reports.evidence import box, limits
    from reports.evidence.boxed.refusing import Refused

    peaks = {}
    for name, path in files.items():
        try:
            box.run("looking.look", path=str(path), **limits.of_looking())
            outcome = "taken"
        except Refused as refusal:
            outcome = f"refused ({refusal})"
        except (box.Overdrawn, box.Broken) as error:
            outcome = f"stopped ({type(error).__name__})"
        # Only what has ended counts. The largest of all so far, so that it only grows.
        box.close()
        peaks[name] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"opening {name}: {outcome}")
    print(f"memory of the opening process: at most {max(peaks.values()):.0f} MiB (aim: 300)")


def hostile(folder: Path, photograph: Path) -> dict[str, Path]:
    from PIL import Image

    files = {"a photograph of 24 megapixels": photograph}
    wide = Image.linear_gradient("L").resize((10_000, 10_000))
    for name, image, kind, options in (
        ("a JPEG", wide.convert("RGB"), "JPEG", {}),
        ("a progressive JPEG", wide.convert("RGB"), "JPEG", {"progressive": True}),
        ("a PNG", wide.convert("RGBA"), "PNG", {"compress_level": 1}),
        ("a packed TIFF in CMYK", wide.convert("CMYK"), "TIFF", {"compression": "tiff_deflate"}),
        ("a WebP", wide.convert("RGB").resize((16_000, 6_000)), "WEBP", {"lossless": True, "method": 0, "quality": 0}),
        ("an AVIF", wide.convert("RGB"), "AVIF", {"speed": 10}),
    ):
        files[f"{name} as large as is allowed"] = folder / f"{name}.large"
        image.save(folder / f"{name}.large", kind, **options)
    flat = folder / "flat.png"
    Image.new("L", (9_000, 9_000)).save(flat)
    files["a PNG of 81 megapixels in few bytes"] = flat
    bomb = folder / "bomb.png"
    bomb.write_bytes(png_that_claims(60_000, 60_000))
    files["a PNG that claims 3,600 megapixels"] = bomb
    cut = folder / "cut.jpg"
    cut.write_bytes(photograph.read_bytes()[: SIZE // 8])
    files["a photograph that breaks off"] = cut
    noise = folder / "noise.jpg"
    noise.write_bytes(os.urandom(SIZE))
    files["noise"] = noise
    return files


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (4 * MIB))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def measure_hashing(folder: Path, number: int) -> None:
    """Rows, custody and commits included, against sha256sum of the same files."""
    from reports.evidence import actions
    from reports.evidence.models import Evidence, FixityRun, Original
    from reports.evidence.storage import hash_of, keep_original, name_of, originals
    from sites.models import Monument, Site

    site = Site.objects.create(slug="a-site", country="SY")
    monument = Monument.objects.create(slug="a-monument", site=site, type="temple")
    incoming, paths = folder / "incoming", []
    for _number in range(number):
        incoming.write_bytes(os.urandom(SIZE))
        with incoming.open("rb") as file:
            sha256 = hash_of(file)
        keep_original(incoming, sha256)
        original = Original.objects.create(sha256=sha256, size=SIZE, media_type="image/jpeg")
        Evidence.objects.create(original=original, kind="photograph", monument=monument, name="p.jpg", door="loaded")
        paths.append(originals().path(name_of(sha256)))

    def check() -> None:
        for _checked in actions.go_on_checking(actions.begin_check()):
            pass

    # Both read from memory: what is compared is work, not the disk.
    ours, peers = in_turns([check, lambda: subprocess.run(["sha256sum", *paths], capture_output=True, check=True)], 3)
    assert not FixityRun.objects.exclude(checked=number).exists()
    size = number * SIZE / MIB
    print(f"hashing {number} originals anew, {size:,.0f} MiB: {size / ours:,.0f} MiB/s, sha256sum {size / peers:,.0f}")


def in_turns(ways: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """Median seconds of each, without a first time; in turns, so that what else the machine does meets all alike."""
    seconds: list[list[float]] = [[] for _way in ways]
    for turn in range(rounds + 1):
        for way, took in zip(ways, seconds, strict=True):
            began = time.perf_counter()
            way()
            if turn:
                took.append(time.perf_counter() - began)
    return [statistics.median(took) for took in seconds]


if __name__ == "__main__":
    main()
