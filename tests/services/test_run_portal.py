"""The one command: it starts everything, stops everything, and refuses in one line."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings

from tests.services.conftest import answers, eventually
from tools.servers import free_port

pytestmark = pytest.mark.services


class Run:
    def __init__(self, logs, folder, port, **environment):
        self.log = logs / f"{folder.name}-{port}.log"
        self.port = port
        clean = {"PATH": os.environ["PATH"], "EMBEDDED": "1", "DATA_DIR": str(folder), **environment}
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "run_portal", "--port", str(port)],
                cwd=settings.BASE_DIR,
                env=clean,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def said(self):
        return self.log.read_text()

    def wait_until_ready(self):
        line = f"Tadmor is ready at http://127.0.0.1:{self.port}/"
        # The first start makes the database and loads the founding data.
        eventually(lambda: line in self.said() or self.process.poll() is not None, seconds=150)
        assert line in self.said()

    def started(self):
        return [int(pid) for pid in re.findall(r"started \(pid=(\d+)\)", self.said())]

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


@pytest.fixture
def run(tmp_path) -> Iterator[Callable[..., Run]]:
    runs = []

    def start(*args, **environment):
        runs.append(Run(tmp_path, *args, **environment))
        return runs[-1]

    yield start
    for started in runs:
        if started.process.poll() is None:
            started.stop()


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_one_command_starts_it_and_one_ctrl_c_stops_it(run, tmp_path):
    portal = run(tmp_path / "data", free_port())
    portal.wait_until_ready()

    said = portal.said()
    assert said.count("@example.org") == 4
    assert answers(f"http://127.0.0.1:{portal.port}/monuments/palmyra-temple-of-bel/")
    assert portal.stop() == 0
    assert not any(alive(pid) for pid in portal.started())
    assert oct((tmp_path / "data" / "secret_key").stat().st_mode)[-3:] == "600"


def test_running_it_again_keeps_the_data_and_shows_no_password(run, tmp_path):
    first = run(tmp_path / "data", free_port())
    first.wait_until_ready()
    first.stop()

    again = run(tmp_path / "data", free_port())
    again.wait_until_ready()

    assert "nothing loaded" in again.said()
    assert "@example.org" not in again.said()


def refused(portal):
    assert portal.process.wait(30) != 0
    lines = portal.said().strip().splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def test_two_installations_run_beside_each_other_but_not_on_one_folder(run, tmp_path):
    one = run(tmp_path / "one", free_port())
    one.wait_until_ready()
    other = run(tmp_path / "other", free_port())
    other.wait_until_ready()

    assert "another Tadmor runs" in refused(run(tmp_path / "one", free_port()))
    assert answers(f"http://127.0.0.1:{one.port}/")


def test_a_port_that_is_taken_is_refused_before_anything_is_done(run, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        line = refused(run(tmp_path / "data", port))

    assert f"port {port}" in line
    assert not (tmp_path / "data" / "tadmor.sqlite3").exists()


def test_a_folder_that_cannot_be_made_is_refused(run, tmp_path):
    (tmp_path / "file").write_text("")

    assert "DATA_DIR" in refused(run(tmp_path / "file" / "data", free_port()))


def test_a_wrong_database_is_refused(run, tmp_path):
    line = refused(run(tmp_path / "data", free_port(), DATABASE_URL="postgres://nobody@127.0.0.1:1/tadmor"))

    assert "DATABASE_URL" in line
