"""Notices in a mailbox that is read by IMAP, from a server on loopback that speaks as much of it as is needed."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator

import pytest

from reports.alerts import actions
from reports.alerts.models import Outcome
from tests.reports.alerts.bounces.conftest import BOUNCES, written

pytestmark = pytest.mark.django_db


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.messages: dict[str, bytes] = {}
        self.flags: dict[str, str] = {}
        self.expunged: list[str] = []


class Session(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        self.say(b"* OK ready")
        for line in self.rfile:
            tag, command, rest = re.findall(rb"(\S+) (?:UID )?(\S+) ?(.*)\r\n", line)[0]
            answer = getattr(self, command.decode().lower(), lambda _rest: b"OK done")(rest.decode())
            self.say(tag + b" " + (answer or b"OK done"))
            if command == b"LOGOUT":
                return

    def say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")

    def capability(self, _rest: str) -> None:
        self.say(b"* CAPABILITY IMAP4rev1")

    def login(self, rest: str) -> bytes:
        return b"OK in" if rest == 'odaenathus "p ss"' else b"NO wrong"

    def select(self, rest: str) -> bytes:
        self.say(b"* %d EXISTS" % len(self.server.messages))
        return b"OK there" if rest == '"Notices"' else b"NO there is none"

    def search(self, _rest: str) -> None:
        fresh = [key for key in self.server.messages if key not in self.server.flags]
        self.say(f"* SEARCH {' '.join(fresh)}".encode())

    def fetch(self, rest: str) -> None:
        content = self.server.messages[rest.split(maxsplit=1)[0]]
        self.say(b"* 1 FETCH (UID 1 BODY[]<0> {%d}" % len(content))
        self.wfile.write(content)
        self.say(b")")

    def store(self, rest: str) -> None:
        key, _what, flags = rest.split(" ", 2)
        self.server.flags[key] = flags

    def close(self, _rest: str) -> None:
        self.server.expunged += [key for key, flags in self.server.flags.items() if "Deleted" in flags]

    def logout(self, _rest: str) -> None:
        self.say(b"* BYE")


@pytest.fixture
def server(settings) -> Iterator[Server]:
    settings.BOUNCE_ADDRESS = BOUNCES
    with Server() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"127.0.0.1:{server.server_address[1]}"
        settings.BOUNCE_MAILBOX_URL = f"imap://odaenathus:p%20ss@{address}/Notices"
        yield server
        server.shutdown()


def test_what_is_understood_is_deleted_and_all_else_is_seen(server, tell):
    sent = tell()
    server.messages = {"7": written("exchange", message_id=sent.message_id), "9": written("away")}

    counts = actions.read_bounces()

    sent.refresh_from_db()
    assert sent.outcome == Outcome.FAILED
    assert counts == {"returned": 1, "other": 1}
    assert server.expunged == ["7"]
    assert server.flags["9"] == r"(\Seen)"
    assert actions.read_bounces().total() == 0


@pytest.mark.parametrize("wrong", [("p%20ss", "other"), ("Notices", "Nowhere"), ("imap://", "imap+ssl://")])
def test_a_mailbox_that_does_not_let_us_in_is_an_error_of_the_mailbox(server, settings, wrong):
    settings.BOUNCE_MAILBOX_URL = settings.BOUNCE_MAILBOX_URL.replace(*wrong)

    with pytest.raises(OSError):  # noqa: PT011 - whatever the server says
        actions.read_bounces()
