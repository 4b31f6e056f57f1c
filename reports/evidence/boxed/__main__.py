"""The box: ready before it is asked, it does each job in a child of its own, and never opens a file itself.

Loading libraries takes longer than looking at a photograph, so that is done once; the child that is forked for a job
sees one file, has its limits, and ends with it. What a hostile file does to its child reaches no other file. Orders
and answers go as JSON over the socket whose number is the argument; the box ends when nobody holds the other end, or
asks for nothing for a while.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import sys
import tempfile
import traceback
from importlib import import_module
from multiprocessing.connection import Connection
from typing import IO, Any, NoReturn

from reports.evidence.boxed import looking, rendering  # noqa: F401 - loaded once for all children
from reports.evidence.boxed.refusing import Refused

MIB = 1 << 20
LARGEST_FILE = 512 * MIB
"""Bytes that a job may write into one file."""
LIBRARIES = 512 * MIB
"""Address space beside the data: the mapped libraries."""
LONGEST_ANSWER = MIB
LONGEST_ERROR = 2000
FAILED, OUT_OF_MEMORY = 1, 3
"""Exit statuses; `box.py` knows the second."""
IDLE_SECONDS = 60


def main() -> None:
    # What is here already is not looked through again in each child, which would copy it.
    gc.freeze()
    orders = Connection(int(sys.argv[1]))
    try:
        while orders.poll(IDLE_SECONDS):
            order = orders.recv_bytes()
            orders.send_bytes(json.dumps(_done(order, orders)).encode())
    except (EOFError, OSError):  # nobody is there any more
        return


def _done(order: bytes, orders: Connection) -> dict[str, Any]:
    """How the child ended, what it answered, and what it said beside."""
    with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as said:
        child = os.fork()
        if not child:
            orders.close()  # no job may write answers for others
            _work(order, answer, said)
        _child, status = os.waitpid(child, 0)
        return {
            "status": os.waitstatus_to_exitcode(status),
            "answer": _text(answer, LONGEST_ANSWER),
            "said": _text(said, LONGEST_ANSWER)[-LONGEST_ERROR:],
        }


def _work(order: bytes, answer: IO[bytes], said: IO[bytes]) -> NoReturn:
    status = FAILED
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        # A library that prints must not spoil the answer.
        os.dup2(said.fileno(), 1)
        os.dup2(said.fileno(), 2)
        answer.write(json.dumps(_answer_of(json.loads(order))).encode())
        answer.flush()
        status = 0
    except MemoryError:
        status = OUT_OF_MEMORY
    except BaseException:  # noqa: BLE001 - this is the end of the process, and it must not go on as its parent
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(status)


def _answer_of(order: dict[str, Any]) -> dict[str, Any]:
    module, _dot, function = order["job"].rpartition(".")
    job = getattr(import_module(module), function)
    limit(order["memory"], order["seconds"])
    try:
        return {"result": job(**order["arguments"])}
    except Refused as refused:
        return {"refused": refused.why, "facts": refused.facts}


def limit(memory: int, seconds: int) -> None:
    """`memory` in bytes of data, `seconds` of computing and of waiting; an orphan ends by itself, too."""
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_AS, (memory + LIBRARIES, memory + LIBRARIES))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(seconds + 1)


def _text(file: IO[bytes], most: int) -> str:
    file.seek(0)
    return file.read(most).decode(errors="replace")


if __name__ == "__main__":
    main()
