"""Laying a package out in a folder, making a bag of it (BagIt 1.0, RFC 8493), and packing that as a zip."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

import bagit
from django.utils.text import slugify

from reports.evidence.models import Evidence, Original
from reports.evidence.storage import chunks, open_original
from reports.evidence.vocabulary import Damage, MediaType

ENDINGS = {
    MediaType.JPEG: "jpg",
    MediaType.PNG: "png",
    MediaType.TIFF: "tif",
    MediaType.WEBP: "webp",
    MediaType.HEIC: "heic",
    MediaType.AVIF: "avif",
    MediaType.PDF: "pdf",
}
PACKED = {".csv", ".json", ".html", ".txt"}
LONGEST = 60


def safe_name(evidence: Evidence, number: int) -> str:
    """ "0001-temple-of-bel.jpg": unique, and a name on every system, whatever the sender called the file."""
    stem = slugify(evidence.name.rpartition(".")[0] or evidence.name)[:LONGEST].strip("-_")
    ending = ENDINGS[MediaType(evidence.original.media_type)]
    return f"{number:04}-{stem or evidence.kind}.{ending}"


def copy(original: Original, target: Path) -> Damage | None:
    """Copy an original and hash it on the way; what is not what was stored is not left there."""
    digest = hashlib.sha256()
    try:
        with open_original(original.sha256) as source, target.open("wb") as copied:
            for chunk in chunks(source):
                digest.update(chunk)
                copied.write(chunk)
    except FileNotFoundError:
        target.unlink(missing_ok=True)
        return Damage.MISSING
    if digest.hexdigest() == original.sha256:
        return None
    target.unlink()
    return Damage.MISMATCHED


def make_bag(folder: Path, info: Mapping[str, str]) -> None:
    """Turn a folder into a bag, its contents into `data/`.

    The library writes version 0.97 of the format; with names such as ours, what it writes is a bag of 1.0 as well.
    """
    bag = bagit.make_bag(str(folder), dict(info), checksums=["sha256", "sha512"])
    (folder / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", encoding="utf-8")
    bag.save()


def zip_bag(folder: Path, target: Path) -> str:
    """Pack it, file by file; returns the SHA-256 of the zip. Pictures go in as they are: they are small already."""
    with zipfile.ZipFile(target, "w", allowZip64=True) as packed:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                how = zipfile.ZIP_DEFLATED if path.suffix in PACKED else zipfile.ZIP_STORED
                packed.write(path, path.relative_to(folder.parent), compress_type=how)
    with target.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
