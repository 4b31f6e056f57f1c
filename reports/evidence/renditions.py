"""Where the pictures that are shown lie, and how they are made of an original.

The storage "renditions" holds them by evidence, each under a name that tells its content:
`<evidence>/<size>-<digest>.<ending>`. What is shown anew is shown under a new name.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages

from reports.evidence import box
from reports.evidence.boxed.refusing import Refused
from reports.evidence.models import Evidence, Rendition
from reports.evidence.storage import CHUNK, name_of, open_original, originals
from reports.evidence.vocabulary import EvidenceKind, RenderProblem, RenditionFormat

ENDINGS = {RenditionFormat.AVIF: "avif", RenditionFormat.JPEG: "jpg"}
DIGITS = 20
"""Of the SHA-256 of a rendition, in its name."""
LEAST_FULL = 2048
"""Longest side of the full view in pixels that has to do where more would take too much memory."""
Areas = tuple[tuple[float, float, float, float], ...]


class NotRendered(Exception):
    """No pictures can be made; `problem` says why."""

    def __init__(self, problem: RenderProblem) -> None:
        super().__init__(problem)
        self.problem = problem


class Made(NamedTuple):
    """A picture that was made and is not stored yet."""

    rendition: Rendition
    content: Path


def storage() -> Storage:
    return storages["renditions"]


def areas_of(evidence: Evidence) -> Areas:
    """What is to be blurred, always in the same order."""
    return tuple(evidence.blur_areas.order_by("pk").values_list("x", "y", "width", "height"))


@contextmanager
def made(evidence: Evidence, areas: Areas) -> Iterator[list[Made]]:
    """The pictures, in a folder that goes away; the database is not asked. Raises NotRendered."""
    with tempfile.TemporaryDirectory(prefix="renditions-") as folder, _original(evidence) as path:
        yield [_made(evidence, picture, Path(folder)) for picture in _render(evidence, path, folder, areas)]


def store(pictures: Iterable[Made]) -> None:
    """Write the files; one that is there and whole stays. Call it before their rows are committed."""
    for picture in pictures:
        name, content = picture.rendition.file, picture.content
        if storage().exists(name):
            if storage().size(name) == content.stat().st_size:
                continue
            storage().delete(name)  # a worker was killed while it wrote
        storage().save(name, ContentFile(content.read_bytes()))


def discard_but(evidence_id: UUID, wanted: Iterable[str]) -> None:
    """Delete what lies in the folder of the evidence beside the files that are wanted."""
    folder, kept = str(evidence_id), set(wanted)
    try:
        _folders, files = storage().listdir(folder)
    except FileNotFoundError:
        return
    for file in files:
        if f"{folder}/{file}" not in kept:
            storage().delete(f"{folder}/{file}")


def _render(evidence: Evidence, path: Path, folder: str, areas: Areas) -> list[dict]:
    """What was made, with a smaller full view where the larger one takes too much."""
    order = {
        "path": str(path),
        "folder": folder,
        "areas": areas,
        "document": evidence.kind == EvidenceKind.DOCUMENT,
    }
    largest = settings.RENDITION_FULL_PIXELS
    for full in sorted({largest, min(largest, LEAST_FULL)}, reverse=True):
        try:
            return box.run("rendering.make", full=full, **order)
        except box.Overdrawn:
            continue
        except Refused as refused:
            if refused.why != "too_costly":
                raise NotRendered(RenderProblem.DAMAGED) from refused
    raise NotRendered(RenderProblem.TOO_COSTLY)


def _made(evidence: Evidence, picture: dict, folder: Path) -> Made:
    kind = RenditionFormat(picture["format"])
    name = f"{evidence.pk}/{picture['size']}-{picture['digest'][:DIGITS]}.{ENDINGS[kind]}"
    facts = {field: picture[field] for field in ("size", "width", "height")}
    return Made(Rendition(evidence=evidence, format=kind, file=name, **facts), folder / picture["file"])


@contextmanager
def _original(evidence: Evidence) -> Iterator[Path]:
    """The original as a file on this machine."""
    kept, name = originals(), name_of(evidence.original_id)
    if isinstance(kept, FileSystemStorage):
        path = Path(kept.path(name))
        if not path.exists():
            raise NotRendered(RenderProblem.MISSING)
        yield path
        return
    with tempfile.NamedTemporaryFile(prefix="original-") as copy:
        try:
            with open_original(evidence.original_id) as file:
                shutil.copyfileobj(file, copy, CHUNK)
        except FileNotFoundError as error:
            raise NotRendered(RenderProblem.MISSING) from error
        copy.flush()
        yield Path(copy.name)
