"""What taking in photographs costs, and finding those that look alike.

    SECRET_KEY=x DATABASE_URL=postgres://… python benchmarks/evidence_intake.py [--photographs N] [--hashes N]
        [--on SQLite]

Takes in many photographs in one go by `load_photographs`; the peer in the same run decodes them with Pillow and
hashes them, and does nothing else. Then looks for near-duplicates among many hashes, by index and, as the peer, by
going through all of them: on PostgreSQL, in a database of its own that goes away, and on SQLite in a folder that does.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import multiprocessing
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from database import own_database

ROOT = Path(__file__).resolve().parent.parent
WIDE, HIGH = 3000, 2000
MIB = 1 << 20
BATCH = 20_000
SEED = 4
DATABASES = ["PostgreSQL", "SQLite"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photographs", type=int, default=1_000)
    parser.add_argument("--hashes", type=int, default=1_000_000)
    parser.add_argument("--on", nargs="+", choices=DATABASES, default=DATABASES)
    parser.add_argument("--rounds", type=int, default=200)
    arguments = parser.parse_args()
    for name in arguments.on:
        # Django knows one database in a process.
        asked = multiprocessing.get_context("spawn").Process(target=measure, args=(name, arguments))
        asked.start()
        asked.join()


def measure(name: str, arguments: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as place:
        os.environ["DATA_DIR"] = place
        with own_database() if name == "PostgreSQL" else sqlite():
            if arguments.photographs:
                measure_intake(name, Path(place), arguments.photographs)
            if arguments.hashes:
                measure_lookups(name, arguments.hashes, arguments.rounds)


@contextlib.contextmanager
def sqlite() -> Iterator[None]:
    os.environ.pop("DATABASE_URL", None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    sys.path.insert(0, str(ROOT))
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    yield


def measure_intake(name: str, place: Path, number: int) -> None:
    """All of the way in, rows, custody, hashes of looks and commits included."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    from reports.evidence.models import Evidence
    from sites.models import Monument, Site

    folder = place / "photographs"
    folder.mkdir()
    for seed in range(number):
        draw(folder / f"{seed:05}.jpg", seed)
    size = sum(path.stat().st_size for path in folder.iterdir())
    user = get_user_model().objects.create_superuser(email="a@example.org", password="-", name="A")
    Monument.objects.create(slug="arch", site=Site.objects.create(slug="site", country="SY"), type="arch")
    began = time.perf_counter()
    call_command("load_photographs", folder, by=user.email, monument="arch")
    ours = time.perf_counter() - began
    began = time.perf_counter()
    for path in folder.iterdir():
        decode_and_hash(path)
    peer = time.perf_counter() - began
    assert Evidence.objects.count() == number
    print(
        f"{name}: intake: {number:,} photographs of {WIDE} x {HIGH}, {size / MIB:,.0f} MiB, in {ours:,.0f} s", end="; "
    )
    print(
        f"{ours / number * 1e3:,.0f} ms each, decoded and hashed alone {peer / number * 1e3:,.0f}: {ours / peer:.1f}"
    )


def draw(path: Path, seed: int) -> None:
    """No two alike."""
    from PIL import Image

    stones = Image.frombytes("RGB", (24, 16), random.Random(seed).randbytes(24 * 16 * 3))
    stones.resize((WIDE, HIGH), Image.Resampling.BICUBIC).save(path, "JPEG", quality=90)


def decode_and_hash(path: Path) -> str:
    from PIL import Image

    with Image.open(path) as image:
        image.load()
    return hashlib.sha256(path.read_bytes()).hexdigest()


def measure_lookups(name: str, number: int, rounds: int) -> None:
    """Half of what is looked for is there but for a few bits, half is nowhere near."""
    from reports.evidence import likeness

    chance = random.Random(SEED)
    known = remember(chance, number)
    near = [
        bits ^ (1 << chance.randrange(64)) ^ (1 << chance.randrange(64)) for bits in chance.sample(known, rounds // 2)
    ]
    asked = near + [chance.getrandbits(64) for _round in range(rounds // 2)]
    by_index, by_scan = [], []
    for turn, bits in enumerate(asked):
        began = time.perf_counter()
        found = {one.original for one in likeness.near(bits)}
        by_index.append(time.perf_counter() - began)
        if turn % (rounds // 10) == 0:
            began = time.perf_counter()
            scanned = scan(bits)
            by_scan.append(time.perf_counter() - began)
            assert scanned == found
    ours, peer = statistics.median(by_index) * 1e3, statistics.median(by_scan) * 1e3
    worst = sorted(by_index)[int(len(by_index) * 0.95)] * 1e3
    print(f"{name}: alike among {number:,}: median {ours:.1f} ms, 95th percentile {worst:.1f} (aim: 50)", end="; ")
    print(f"going through all {peer:,.0f} ms: {peer / ours:,.1f} times as long")


def remember(chance: random.Random, number: int) -> list[int]:
    """So many hashes of originals that are nowhere; returns them."""
    from django.db import connection

    from reports.evidence.likeness import bands, signed
    from reports.evidence.models import Original, PerceptualHash

    known = [chance.getrandbits(64) for _number in range(number)]
    for start in range(0, number, BATCH):
        some = known[start : start + BATCH]
        keys = [f"{start + place:064x}" for place in range(len(some))]
        Original.objects.bulk_create([Original(sha256=key, size=1, media_type="image/jpeg") for key in keys])
        rows = zip(keys, some, strict=True)
        PerceptualHash.objects.bulk_create(
            [
                PerceptualHash(
                    original_id=key, bits=signed(bits), **{f"band_{n}": part for n, part in enumerate(bands(bits))}
                )
                for key, bits in rows
            ]
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return known


def scan(bits: int) -> set[str]:
    """Without an index: PostgreSQL counts the bits itself, SQLite cannot."""
    from django.db import connection

    from reports.evidence.likeness import FARTHEST, signed
    from reports.evidence.models import PerceptualHash

    table = PerceptualHash._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            far = f"SELECT original_id FROM {table} WHERE bit_count((bits # %s)::bit(64)) <= %s"
            cursor.execute(far, [signed(bits), FARTHEST])
            return {key for (key,) in cursor.fetchall()}
        cursor.execute(f"SELECT original_id, bits FROM {table}")
        whole = (1 << 64) - 1
        return {key for key, other in cursor if ((other ^ bits) & whole).bit_count() <= FARTHEST}


if __name__ == "__main__":
    main()
