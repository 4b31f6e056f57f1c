"""Originals are written once and stay as they came."""

from __future__ import annotations

import hashlib
import stat

import pytest

from reports.evidence import storage

CONTENT = b"a photograph" * 1000
HASH = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def received(tmp_path):
    path = tmp_path / "received"
    path.write_bytes(CONTENT)
    return path


def test_an_original_lies_under_its_hash_and_cannot_be_written(received, evidence_folder):
    storage.keep_original(received, HASH)

    path = evidence_folder / "originals" / HASH[:2] / HASH[2:4] / HASH
    assert path.read_bytes() == CONTENT
    assert stat.S_IMODE(path.stat().st_mode) == 0o440


def test_it_is_read_byte_for_byte(received):
    storage.keep_original(received, HASH)

    with storage.open_original(HASH) as file:
        assert storage.hash_of(file) == HASH


def test_what_is_there_is_never_written_again(received, evidence_folder):
    storage.keep_original(received, HASH)
    path = evidence_folder / "originals" / storage.name_of(HASH)
    before = path.stat()

    storage.keep_original(received, HASH)

    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert [file.name for file in path.parent.iterdir()] == [HASH]


def test_what_is_missing_is_said():
    assert not storage.has_original(HASH)
    with pytest.raises(FileNotFoundError):
        storage.open_original(HASH)
