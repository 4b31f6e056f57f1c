"""What must be so before anything is started; each refusal is one line that says what to do."""

from __future__ import annotations

import fcntl
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOST = "127.0.0.1"


class Refused(Exception):
    """The portal cannot start like this."""


def check_port(port: int) -> None:
    """Raise Refused when something listens there already."""
    with socket.socket() as probe:
        # As the web server does, so that a port it could take is not refused.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OverflowError as error:
            raise Refused(f"{port} is no port; choose one from 1 to 65535.") from error
        except OSError as error:
            raise Refused(
                f"port {port} cannot be used ({error.strerror}); choose another: make run PORT={port + 1}"
            ) from error


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold the data folder; raise Refused when another portal runs on it."""
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Refused(
                f"another Tadmor runs on {folder}; stop it, or choose another folder: make run DATA_DIR=…"
            ) from error
        yield
