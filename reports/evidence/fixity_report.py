"""What a run over originals found, as JSON for programs; what it holds of stray files is written as they are found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import IO, Any

from reports.evidence.fixity import Stray
from reports.evidence.models import DamagedOriginal, FixityRun
from reports.evidence.storage import name_of


def standing() -> Iterator[DamagedOriginal]:
    """What is damaged now, those whose loss was accepted too, with their evidence."""
    damages = DamagedOriginal.objects.filter(restored_at=None).order_by("found_at", "id")
    with_evidence = damages.select_related("original").prefetch_related("original__evidence__monument")
    return with_evidence.iterator(chunk_size=500)


def write(file: IO[str], run: FixityRun, strays: Iterable[Stray]) -> int:
    """Write the report; returns how many stray files there were."""
    file.write('{"run": ')
    json.dump(_run(run), file)
    file.write(',\n"damaged": [')
    _rows(file, (_damage(damage) for damage in standing()))
    file.write('],\n"stray": [')
    number = _rows(file, (_stray(stray) for stray in strays))
    file.write("]}\n")
    return number


def _rows(file: IO[str], rows: Iterator[dict[str, Any]]) -> int:
    number = 0
    for row in rows:
        file.write(",\n  " if number else "\n  ")
        json.dump(row, file)  # ASCII: a file's name may be no text
        number += 1
    return number


def _run(run: FixityRun) -> dict[str, Any]:
    return {
        "started_at": run.started_at.isoformat(),
        "ended_at": run.ended_at.isoformat() if run.ended_at else None,
        "all": run.most is None,
        "checked": run.checked,
        "bytes": run.bytes,
        "damaged": run.damaged,
    }


def _damage(damage: DamagedOriginal) -> dict[str, Any]:
    return {
        "sha256": damage.original_id,
        "size": damage.original.size,
        "lies_at": name_of(damage.original_id),
        "kind": damage.kind,
        "found_sha256": damage.found_sha256 or None,
        "found_size": damage.found_size,
        "found_at": damage.found_at.isoformat(),
        "accepted_at": damage.accepted_at.isoformat() if damage.accepted_at else None,
        "evidence": [
            {"id": str(evidence.pk), "monument": evidence.monument.slug} for evidence in damage.original.evidence.all()
        ],
    }


def _stray(stray: Stray) -> dict[str, Any]:
    return {"name": stray.name, "size": stray.size, "modified": stray.modified.isoformat()}
