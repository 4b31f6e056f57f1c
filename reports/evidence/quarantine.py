"""Files on their way in: bytes nobody has looked at yet, in a folder that nothing is served from."""

from __future__ import annotations

import datetime
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.conf import settings

CHUNK = 1 << 18


class Busy(Exception):
    """Somebody else writes to the file, or looks at it."""


def folder() -> Path:
    path: Path = settings.EVIDENCE_DIR / "quarantine"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def path_of(upload: UUID) -> Path:
    """Under its id: the name that the file came with names nothing here."""
    return folder() / str(upload)


def size_of(upload: UUID) -> int:
    """Bytes that are here. What the disk says holds, whatever was written down."""
    try:
        return path_of(upload).stat().st_size
    except FileNotFoundError:
        return 0


def free_bytes() -> int:
    return shutil.disk_usage(folder()).free


@contextmanager
def held(upload: UUID) -> Iterator[IO[bytes]]:
    """The file, for one alone, made if need be. Raises Busy."""
    descriptor = os.open(path_of(upload), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy from error
        yield file


def append(file: IO[bytes], source: IO[bytes], most: int, watching: Callable[[bytes], Any] | None = None) -> int:
    """Write what the source gives at the end of the file, at most so many bytes; returns how many came.

    A source that breaks off is no error: what came stays, and the sender goes on from there. `watching`
    is shown all that is written.
    """
    file.seek(0, os.SEEK_END)
    came = 0
    while came < most:
        try:
            chunk = source.read(min(CHUNK, most - came))
        except OSError:
            break
        if not chunk:
            break
        file.write(chunk)
        if watching:
            watching(chunk)
        came += len(chunk)
    file.flush()
    return came


def cut(file: IO[bytes], size: int) -> None:
    """Forget what lies behind so many bytes."""
    file.truncate(size)
    file.flush()


def discard(upload: UUID) -> None:
    path_of(upload).unlink(missing_ok=True)


def left_behind(before: datetime.datetime) -> Iterator[UUID]:
    """The ids of all files that nobody has written to since then."""
    for path in folder().iterdir():
        with suppress(FileNotFoundError, ValueError):
            if path.lstat().st_mtime < before.timestamp():
                yield UUID(path.name)
