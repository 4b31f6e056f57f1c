"""Where originals lie: once, byte for byte, under their SHA-256, in the storage "originals"."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages

CHUNK = 1 << 20
"""Bytes that are read at once."""
PARTIAL = ".partial-"
READ_ONLY = 0o440


def originals() -> Storage:
    return storages["originals"]


def name_of(sha256: str) -> str:
    """Where an original lies in its storage: `ab/cd/abcd…`, so that no folder holds too many."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def has_original(sha256: str) -> bool:
    return originals().exists(name_of(sha256))


def open_original(sha256: str) -> IO[bytes]:
    """The original, to read. Raises FileNotFoundError."""
    return originals().open(name_of(sha256), "rb")


def keep_original(path: Path, sha256: str) -> None:
    """Store the file as an original; one that is there already stays as it is.

    What lies under the name is whole at every moment: in a folder it gets its name when all of it is
    on the disk, and S3 shows an object when it has all of it.
    """
    storage, name = originals(), name_of(sha256)
    if storage.exists(name):
        return
    with path.open("rb") as file:
        if isinstance(storage, FileSystemStorage):
            _write_once(Path(storage.path(name)), file, storage)
        else:
            storage.save(name, File(file, name))


def _write_once(target: Path, file: IO[bytes], storage: FileSystemStorage) -> None:
    target.parent.mkdir(mode=storage.directory_permissions_mode or 0o750, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=PARTIAL) as partial:
        shutil.copyfileobj(file, partial, CHUNK)
        partial.flush()
        os.fchmod(partial.fileno(), READ_ONLY)
        os.fsync(partial.fileno())
        with suppress(FileExistsError):  # somebody else has stored the same bytes just now
            os.link(partial.name, target)
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def hash_of(file: IO[bytes]) -> str:
    """The SHA-256 of all that is still to be read of the file."""
    digest = hashlib.sha256()
    for chunk in chunks(file):
        digest.update(chunk)
    return digest.hexdigest()


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk
