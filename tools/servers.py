"""PostgreSQL and Redis servers of our own: private ports, a folder that goes away, nobody else's touched."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

POSTGRES_FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
# Durability is of no use to a database that is thrown away.
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def find(program: str) -> str | None:
    """Where a program is, Debian's folders of PostgreSQL included."""
    places = os.pathsep.join([*map(str, POSTGRES_FOLDERS), os.environ.get("PATH", "")])
    return shutil.which(program, path=places)


@contextlib.contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A PostgreSQL server; yields the URL of its database."""
    folder.mkdir()
    # PostgreSQL refuses to run as root; Debian's package brings this user.
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(folder, "postgres")
    data, port = folder / "data", free_port()
    initdb = [str(find("initdb")), "-D", str(data), "-U", "tadmor", "--auth=trust", "-E", "UTF8", "--no-sync"]
    _quietly([*as_user, *initdb], folder)
    options = f"-p {port} -k {folder} -h 127.0.0.1 {QUICK}"
    control = [*as_user, str(find("pg_ctl")), "-D", str(data), "-w"]
    _quietly([*control, "-o", options, "-l", str(folder / "log"), "start"], folder)
    try:
        yield f"postgres://tadmor@127.0.0.1:{port}/postgres"
    finally:
        _quietly([*control, "-m", "immediate", "stop"], folder)


@contextlib.contextmanager
def redis(folder: Path) -> Iterator[str]:
    """A Redis server; yields its URL."""
    folder.mkdir()
    port = free_port()
    command = [
        str(find("redis-server")),
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--dir",
        str(folder),
    ]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        _wait_for(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(10)


def _quietly(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=True)


def _wait_for(port: int, seconds: float = 10) -> None:
    last = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > last:
                raise
            time.sleep(0.05)
        else:
            return
