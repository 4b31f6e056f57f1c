"""One job: its limits, name and arguments come as JSON on the standard input, its answer goes out the same way."""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from importlib import import_module
from typing import Any

from reports.evidence.boxed.refusing import Refused

MIB = 1 << 20
LARGEST_FILE = 512 * MIB
"""Bytes that a job may write into one file."""
LIBRARIES = 512 * MIB
"""Address space beside the data: the mapped libraries."""
OUT_OF_MEMORY = 3
"""Exit status; `box.py` knows it."""


def main() -> None:
    order = json.load(sys.stdin)
    limit(order["memory"], order["seconds"])
    # A library that prints must not spoil the answer.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    module, _dot, function = order["job"].rpartition(".")
    job = getattr(import_module(module), function)
    with answers:
        json.dump(answer_of(job, order["arguments"]), answers)


def answer_of(job: Any, arguments: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"result": job(**arguments)}
    except Refused as refused:
        return {"refused": refused.why, "facts": refused.facts}
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)


def limit(memory: int, seconds: int) -> None:
    """`memory` in bytes of data, `seconds` of computing and of waiting; an orphan ends by itself, too."""
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_AS, (memory + LIBRARIES, memory + LIBRARIES))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(seconds + 1)


if __name__ == "__main__":
    main()
