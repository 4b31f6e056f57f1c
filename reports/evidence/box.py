"""The decoding box: files that came from outside are opened in a process of their own.

The process has a limit of memory and of time, no secrets, and ends with its one job. What it is
given and what it answers is JSON; files go by their path. It is started from workers and commands.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings

from reports.evidence.boxed.__main__ import OUT_OF_MEMORY
from reports.evidence.boxed.refusing import Refused

MIB = 1 << 20
ROOT = Path(__file__).resolve().parents[2]
JOBS = "reports.evidence.boxed"
LONGEST_ANSWER = MIB
OUT_OF_TIME = {-signal.SIGALRM, -signal.SIGXCPU}
# Threads and arenas of their own would each take address space.
ENVIRONMENT = {"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1", "OMP_NUM_THREADS": "1"}


class Overdrawn(Exception):
    """The job took more memory or time than it has."""


class Broken(Exception):
    """The job ended without an answer, by an error of a library or of ours; the message is for the log."""


def run(job: str, **arguments: Any) -> Any:
    """What a function of `reports.evidence.boxed`, such as "looking.look", answers to the arguments.

    Raises Refused (the file is not to be taken in), Overdrawn, Broken.
    """
    order = {
        "job": f"{JOBS}.{job}",
        "arguments": arguments,
        "memory": settings.EVIDENCE_BOX_MEMORY_MB * MIB,
        "seconds": settings.EVIDENCE_BOX_SECONDS,
    }
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as errors:
        try:
            status = _process(json.dumps(order), said, errors)
        except subprocess.TimeoutExpired as expired:
            raise Overdrawn(f"{job}: {settings.EVIDENCE_BOX_SECONDS} s") from expired
        if status == OUT_OF_MEMORY or status in OUT_OF_TIME:
            raise Overdrawn(f"{job}: ended with {status}")
        if status:
            raise Broken(f"{job} ended with {status}: {_text(errors)[-2000:]}")
        return _answer(job, _text(said))


def _process(order: str, said: Any, errors: Any) -> int:
    command = [sys.executable, "-E", "-s", "-m", "reports.evidence.boxed"]
    environment = {**ENVIRONMENT, "PATH": os.environ.get("PATH", "")}
    done = subprocess.run(  # noqa: S603 - our own module
        command,
        input=order.encode(),
        stdout=said,
        stderr=errors,
        cwd=ROOT,
        env=environment,
        # It watches its own clock; this is for one that cannot.
        timeout=settings.EVIDENCE_BOX_SECONDS + 5,
        check=False,
    )
    return done.returncode


def _answer(job: str, text: str) -> Any:
    try:
        answer = json.loads(text)
    except ValueError as error:
        raise Broken(f"{job} answered something else than JSON") from error
    if "refused" in answer:
        raise Refused(answer["refused"], **answer["facts"])
    return answer["result"]


def _text(file: Any) -> str:
    file.seek(0)
    return file.read(LONGEST_ANSWER).decode(errors="replace")
