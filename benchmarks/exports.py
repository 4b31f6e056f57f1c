"""Whether memory stays flat when a list of 1,000,000 rows is exported, on PostgreSQL.

    DATABASE_URL=postgres://… SECRET_KEY=x nice python benchmarks/exports.py [--rows N] [--formats csv gpkg]

Uses an own database on that server, made anew and dropped at the end. Each format is written in a process of its
own, once with a tenth of the rows and once with all. What is compared is the most memory of that process, less what it
has before the first row.
"""

from __future__ import annotations

import argparse
import logging
import multiprocessing
import resource
import tempfile
import time
from itertools import chain
from pathlib import Path
from typing import Any

from database import own_database
from status import fill, rebuild

MIB = 1 << 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--formats", nargs="+", default=["csv", "gpkg"])
    arguments = parser.parse_args()
    with own_database():
        print("format | rows | s | rows/s | MiB of file | MiB before the first row | MiB at most | MiB for the rows")
        for rows in (arguments.rows // 10, arguments.rows):
            fill(rows, rows)
            rebuild()
            for form in arguments.formats:
                measure(form)


def measure(form: str) -> None:
    """In a process that has done nothing else."""
    from django.db import connections

    connections.close_all()
    said: Any = multiprocessing.get_context("fork").Queue()
    worker = multiprocessing.get_context("fork").Process(target=export, args=(form, said))
    worker.start()
    rows, seconds, size, before, most = said.get()
    worker.join()
    print(
        f"{form} | {rows:,} | {seconds:.0f} | {rows / seconds:,.0f} | {size / MIB:.0f} | {before:.0f} | {most:.0f}"
        f" | {most - before:.0f}",
        flush=True,
    )


def export(form: str, said: Any) -> None:
    """As a worker writes it, all monuments."""
    from django.contrib.auth.models import AnonymousUser

    from portal.exports.formats import FORMATS, write
    from portal.layers import LAYERS

    logging.getLogger("pyogrio").setLevel(logging.WARNING)  # it tells of every batch
    layer = LAYERS["monuments"]
    question = layer.question({}, AnonymousUser())
    rows = layer.rows(question)
    number = rows.count()
    batches = layer.batches(rows, question)
    first = next(batches)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FORMATS[form].file_name(layer)
        before, begun = peak(), time.monotonic()
        write(FORMATS[form], layer, chain([first], batches), path)
        said.put((number, time.monotonic() - begun, path.stat().st_size, before, peak()))


def peak() -> float:
    """The most memory of this process so far, in MiB; Linux counts in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
