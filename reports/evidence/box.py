"""The decoding box: files that came from outside are opened in processes that have nothing to lose.

Each job has a process of its own with a limit of memory and of time, no secrets, and no other file. It is forked from
a box that has loaded the libraries and waits for the next job, so that a thousand files in one go load them once.
What a job is given and what it answers is JSON; files go by their path. Boxes are started from workers and commands.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

from django.conf import settings

from reports.evidence.boxed.__main__ import OUT_OF_MEMORY
from reports.evidence.boxed.refusing import Refused

MIB = 1 << 20
ROOT = Path(__file__).resolve().parents[2]
JOBS = "reports.evidence.boxed"
OUT_OF_TIME = {-signal.SIGALRM, -signal.SIGXCPU}
# Threads and arenas of their own would each take address space.
ENVIRONMENT = {"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1", "OMP_NUM_THREADS": "1"}
GRACE_SECONDS = 5
"""A job watches its own clock; after so many seconds more it is one that cannot."""


class Overdrawn(Exception):
    """The job took more memory or time than it has."""


class Broken(Exception):
    """The job ended without an answer, by an error of a library or of ours; the message is for the log."""


class Box:
    """A process that waits for jobs, and does one at a time."""

    def __init__(self) -> None:
        self._orders, theirs = Pipe()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-E", "-s", "-m", "reports.evidence.boxed", str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                cwd=ROOT,
                env={**ENVIRONMENT, "PATH": os.environ.get("PATH", "")},
                # A group of its own: it is ended together with the job in it, and not by a key meant for a command.
                start_new_session=True,
            )

    def do(self, order: dict[str, Any]) -> dict[str, Any]:
        """How the job ended. Raises TimeoutError, EOFError or OSError: this box is of no use any more."""
        self._orders.send_bytes(json.dumps(order).encode())
        if not self._orders.poll(order["seconds"] + GRACE_SECONDS):
            raise TimeoutError
        reply: dict[str, Any] = json.loads(self._orders.recv_bytes())
        return reply

    def end(self) -> None:
        self._orders.close()
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


_waiting: list[Box] = []
"""Boxes of this process that have nothing to do."""


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
    reply = _ordered(order)
    status = reply["status"]
    if status == OUT_OF_MEMORY or status in OUT_OF_TIME:
        raise Overdrawn(f"{job}: ended with {status}")
    if status:
        raise Broken(f"{job} ended with {status}: {reply['said']}")
    return _answer(job, reply["answer"])


def close() -> None:
    """End the boxes that wait; the next job starts another."""
    while _waiting:
        _waiting.pop().end()


def _ordered(order: dict[str, Any]) -> dict[str, Any]:
    """Done by a box that waits, or by a new one where there is none, or it has gone meanwhile."""
    with suppress(IndexError, EOFError, OSError):
        return _done_by(_waiting.pop(), order)
    try:
        return _done_by(Box(), order)
    except (EOFError, OSError) as error:
        raise Broken(f"{order['job']}: the box ended") from error


def _done_by(box: Box, order: dict[str, Any]) -> dict[str, Any]:
    try:
        reply = box.do(order)
    except TimeoutError as error:
        box.end()
        raise Overdrawn(f"{order['job']}: {order['seconds']} s") from error
    except BaseException:
        box.end()
        raise
    _waiting.append(box)
    return reply


def _answer(job: str, text: str) -> Any:
    try:
        answer = json.loads(text)
    except ValueError as error:
        raise Broken(f"{job} answered something else than JSON") from error
    if "refused" in answer:
        raise Refused(answer["refused"], **answer["facts"])
    return answer["result"]


atexit.register(close)
# A worker that is forked has boxes of its own: two that order from one would get each other's answers.
os.register_at_fork(after_in_child=_waiting.clear)
