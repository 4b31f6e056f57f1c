"""The processes of the embedded portal, watched over by honcho."""

from __future__ import annotations

import os
import shlex
import signal
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from honcho.manager import Manager

from portal.embedded.guards import HOST

COMMANDS = {
    "web": (
        "gunicorn portal.wsgi --bind {host}:{port} --worker-class gthread --workers 1 --threads 8"
        " --no-control-socket --log-level warning"
    ),
    "worker": "celery --quiet -A portal worker --concurrency 2 --loglevel WARNING --without-gossip --without-mingle",
    "beat": "celery --quiet -A portal beat --loglevel WARNING",
}


STOPPED_BY_HAND = {128 + signal.SIGINT, 128 + signal.SIGTERM}


def run(port: int, *, when_ready: Callable[[], None]) -> int:
    """Start all, stay until one ends or a signal comes, stop all; returns the exit status."""
    address = f"http://{HOST}:{port}"
    # PYTHONWARNINGS: Celery warns of running as root, which an embedded trial on a server may well do.
    environment = {
        "BASE_URL": address,
        "PYTHONWARNINGS": "ignore::UserWarning:celery.platforms",
        **os.environ,
    }
    manager = Manager()
    for name, command in COMMANDS.items():
        line = shlex.join([sys.executable, "-m", *command.format(host=HOST, port=port).split()])
        # The shell makes way, so that signals reach the program itself.
        manager.add_process(name, f"exec {line}", env=environment)
    threading.Thread(target=_announce, args=(f"{address}/readyz", when_ready), daemon=True).start()
    manager.loop()
    return 0 if manager.returncode in STOPPED_BY_HAND else manager.returncode or 0


def _announce(url: str, when_ready: Callable[[], None]) -> None:
    while not _answers(url):
        time.sleep(0.1)
    when_ready()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own address
            return answer.status == 200  # noqa: PLR2004
    except (urllib.error.URLError, OSError):
        return False
