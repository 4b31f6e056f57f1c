"""Whether what lies in the storage of originals is what was stored. Reads alone; `actions.fixity` writes it down."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from reports.evidence.models import DamagedOriginal, Original
from reports.evidence.storage import chunks, name_of, open_original, originals
from reports.evidence.vocabulary import Damage

AT_ONCE = 100
BYTES_AT_ONCE = 256 << 20
"""So much is read until it is written down; who is interrupted has to read as much again."""
HASH = re.compile("[0-9a-f]{64}")
SETTLED_AFTER = datetime.timedelta(hours=1)
"""A younger file may be of an original whose row is just being written."""


class Checked(NamedTuple):
    """What was found of one original; `damage` None: it is intact. Of what lies there: hash, and size in bytes."""

    original: Original
    damage: Damage | None
    sha256: str = ""
    size: int | None = None


class Stray(NamedTuple):
    """A file in the storage that is no original; size in bytes."""

    name: str
    size: int
    modified: datetime.datetime


def check(original: Original) -> Checked:
    """Hash its file anew, a piece at a time.

    Raises what a storage in the network raises when it cannot be reached: that tells nothing of the file.
    """
    digest, size = hashlib.sha256(), 0
    try:
        with open_original(original.sha256) as file:
            for chunk in chunks(file):
                digest.update(chunk)
                size += len(chunk)
    except FileNotFoundError:
        return Checked(original, Damage.MISSING)
    except OSError:
        return Checked(original, Damage.UNREADABLE)
    found = digest.hexdigest()
    return Checked(original, None if found == original.sha256 else Damage.MISMATCHED, found, size)


def to_check(since: datetime.datetime, most: int = AT_ONCE) -> list[Original]:
    """The next originals that were not verified since then, to be checked together.

    The damaged come first, as they may have been restored; then who waits longest.
    """
    damaged = DamagedOriginal.objects.filter(restored_at=None)
    waiting = Original.objects.filter(Q(verified_at=None) | Q(verified_at__lt=since))
    groups = (
        waiting.filter(pk__in=damaged.values("original")).order_by("sha256"),
        Original.objects.filter(verified_at=None).order_by("sha256"),
        Original.objects.filter(verified_at__lt=since).order_by("verified_at", "sha256"),
    )
    most = min(most, AT_ONCE)
    rows = chain.from_iterable(group[:most] for group in groups)
    return list(_up_to(BYTES_AT_ONCE, islice(rows, most)))


def _up_to(limit: int, rows: Iterator[Original]) -> Iterator[Original]:
    """The first rows, each once, until they have so many bytes; at least one."""
    seen: set[str] = set()
    left = limit
    for row in rows:
        if row.pk in seen:
            continue
        if seen and left <= 0:
            return
        seen.add(row.pk)
        left -= row.size
        yield row


def count_to_check(since: datetime.datetime) -> int:
    return Original.objects.filter(Q(verified_at=None) | Q(verified_at__lt=since)).count()


def strays() -> Iterator[Stray]:
    """Every file in the storage of originals that belongs to none, folder by folder; not what has just come."""
    storage = originals()
    for folder, names in _folders(""):
        known = _originals_among(names)
        for name in names:
            path = f"{folder}/{name}".removeprefix("/")
            if name in known and path == name_of(name):
                continue
            try:
                stray = Stray(path, storage.size(path), storage.get_modified_time(path))
            except FileNotFoundError:  # it was on its way in, and is there under its own name now
                continue
            if timezone.now() - stray.modified > SETTLED_AFTER:
                yield stray


def _originals_among(names: list[str]) -> set[str]:
    hashes = [name for name in names if HASH.fullmatch(name)]
    found: set[str] = set()
    for start in range(0, len(hashes), AT_ONCE):
        some = Original.objects.filter(pk__in=hashes[start : start + AT_ONCE])
        found.update(some.values_list("pk", flat=True))
    return found


def _folders(folder: str) -> Iterator[tuple[str, list[str]]]:
    """Each folder of the storage with the names of its files."""
    try:
        folders, names = originals().listdir(folder)
    except FileNotFoundError:
        return
    if names:
        yield folder, names
    for inner in sorted(folders):
        yield from _folders(f"{folder}/{inner}".removeprefix("/"))
