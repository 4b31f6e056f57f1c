"""Real processes against real servers; nothing here is in the test's own process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from aiosmtpd.controller import Controller
from django.conf import settings

from tests.conftest import leave_out
from tests.postbox import Postbox
from tools.servers import free_port

SECONDS = 60


def eventually(question: Callable[[], Any], seconds: float = SECONDS) -> Any:
    """The first true answer; fails when there is none in time."""
    last = time.monotonic() + seconds
    while time.monotonic() < last:
        if answer := question():
            return answer
        time.sleep(0.2)
    pytest.fail("It did not happen in time.")


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


class Installation:
    """One installation: its environment, and the processes that were started for it."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"],
            "SECRET_KEY": "services",
            "DATA_DIR": str(folder),
            "BASE_URL": self.address,
            "ALERT_SWEEP_SECONDS": "2",
            "PYTHONWARNINGS": "ignore",
            **environment,
        }
        self.processes: list[subprocess.Popen] = []

    def manage(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=settings.BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def shell(self, code: str) -> str:
        return self.manage("shell", "--no-imports", "-c", code).strip()

    def start(self, *command: str) -> subprocess.Popen:
        with (self.folder / f"{command[0]}-{len(self.processes)}.log").open("w") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def start_all(self) -> None:
        """Web server, worker and beat as separate processes, by the commands of docker-compose.yml."""
        self.load()
        self.start_server()
        self.start_worker()
        self.start("celery", "-A", "portal", "beat", "--loglevel", "INFO")
        eventually(lambda: answers(f"{self.address}/readyz"))

    def load(self) -> None:
        self.manage("migrate", "--verbosity=0")
        self.manage("load_founding_data")

    def start_server(self) -> None:
        bind = f"127.0.0.1:{self.port}"
        self.start("gunicorn", "portal.wsgi", "--bind", bind, "--worker-class", "gthread", "--workers", "1")

    def start_worker(self) -> subprocess.Popen:
        return self.start("celery", "-A", "portal", "worker", "--loglevel", "INFO", "--concurrency", "1")

    def stop(self) -> None:
        for process in self.processes:
            kill(process)


def kill(process: subprocess.Popen) -> None:
    """The process and its children, at once."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, str]]:
    """A mail server on loopback, and the EMAIL_URL that leads there."""
    box = Postbox()
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    yield box, f"smtp://127.0.0.1:{server.port}"
    server.stop()


@pytest.fixture
def database() -> Iterator[str]:
    """An empty PostgreSQL database of its own."""
    with a_database() as url:
        yield url


@contextmanager
def a_database() -> Iterator[str]:
    server = os.environ.get("TEST_POSTGRES_URL") or leave_out("no PostgreSQL server")
    name = f"services_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield urlsplit(server)._replace(path=f"/{name}").geturl()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def production(tmp_path: Path, database: str, postbox: tuple[Postbox, str]) -> Iterator[Installation]:
    """PostgreSQL, Redis and SMTP."""
    broker = os.environ.get("TEST_REDIS_URL") or leave_out("no Redis server")
    installation = Installation(tmp_path, DATABASE_URL=database, CELERY_BROKER_URL=broker, EMAIL_URL=postbox[1])
    yield installation
    installation.stop()


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Installation]:
    """SQLite, a broker in a folder, mail in files."""
    installation = Installation(tmp_path, EMBEDDED="1")
    yield installation
    installation.stop()
