"""Jobs that misbehave, for the box."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from reports.evidence.boxed import looking
from reports.evidence.boxed.pictures import opened
from reports.evidence.boxed.refusing import Refused


def echo(said: Any) -> Any:
    return said


def refuse() -> None:
    raise Refused("damaged", found=3)


def fill(mebibytes: int) -> int:
    return len(bytearray(os.urandom(1) * (mebibytes << 20))) >> 20


def decode(path: str) -> None:
    with opened(path) as image:
        image.convert("RGB")


def look(path: str) -> Any:
    return looking.look(path, pixels=100_000_000, frames=10, pages=500)


def peak(path: str) -> float:
    """The most memory in MiB that looking at a file took, whatever came of it."""
    with suppress(Refused, MemoryError):
        look(path)
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def compute() -> None:
    while True:
        pass


def sleep() -> None:
    time.sleep(60)


def crash() -> None:
    os.abort()


def environment() -> list[str]:
    return list(os.environ)


def chatter() -> str:
    os.write(1, b"a library says something")
    return "answer"


def box() -> int:
    """The process that the job was forked from."""
    return os.getppid()


def end_the_box() -> None:
    os.kill(os.getppid(), signal.SIGKILL)


def descriptors() -> list[str]:
    """What is open beside the standard three."""
    opened = [path for path in Path("/proc/self/fd").iterdir() if int(path.name) > 2 and path.exists()]
    return [os.readlink(path) for path in opened]
