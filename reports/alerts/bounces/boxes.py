"""The mailbox to which notices come: a Maildir on this machine, or one that is read by IMAP.

What was understood is deleted from it; all else is marked as seen and stays there for people.
"""

from __future__ import annotations

import imaplib
import mailbox
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from ssl import create_default_context as trusting
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings

from reports.alerts.bounces.notice import MOST_BYTES

AT_A_TIME = 500


class Box(ABC):
    """Messages that nobody has looked at, each by its key."""

    @abstractmethod
    def unseen(self) -> Iterator[tuple[str, bytes]]:
        """At most AT_A_TIME of them, of each what its first MOST_BYTES hold."""

    @abstractmethod
    def done(self, key: str, *, understood: bool) -> None: ...


@contextmanager
def opened(url: str) -> Iterator[Box]:
    """Raises OSError where it cannot be reached or opened."""
    parts = urlsplit(url)
    if parts.scheme == "maildir":
        yield Maildir(Path(unquote(parts.path)))
        return
    try:
        line = _connect(parts)
        try:
            _enter(line, parts)
            yield Imap(line)
            line.close()  # what was deleted goes now
        finally:
            with suppress(imaplib.IMAP4.error, OSError):
                line.logout()
    except imaplib.IMAP4.error as error:
        raise OSError(f"The mail server said: {error}") from error


class Maildir(Box):
    def __init__(self, folder: Path) -> None:
        if not (folder / "new").is_dir():
            raise NotADirectoryError(f"{folder} is no Maildir")
        self.fresh = folder / "new"
        self.box = mailbox.Maildir(folder, create=False)

    def unseen(self) -> Iterator[tuple[str, bytes]]:
        for key in sorted(entry.name.partition(":")[0] for entry in self.fresh.iterdir())[:AT_A_TIME]:
            with suppress(KeyError, FileNotFoundError):  # another reader was quicker
                with self.box.get_file(key) as file:
                    content = file.read(MOST_BYTES)
                yield key, content

    def done(self, key: str, *, understood: bool) -> None:
        with suppress(KeyError, FileNotFoundError):
            if understood:
                self.box.remove(key)
                return
            message = self.box.get_message(key)
            message.set_subdir("cur")
            message.add_flag("S")
            self.box[key] = message


class Imap(Box):
    """RFC 3501."""

    def __init__(self, line: imaplib.IMAP4) -> None:
        self.line = line

    def unseen(self) -> Iterator[tuple[str, bytes]]:
        _status, [found] = self.line.uid("SEARCH", "UNSEEN", "UNDELETED")
        for key in (found or b"").split()[:AT_A_TIME]:
            _status, answer = self.line.uid("FETCH", key.decode(), f"(BODY.PEEK[]<0.{MOST_BYTES}>)")
            content = next((part[1] for part in answer if isinstance(part, tuple)), None)
            if content is not None:
                yield key.decode(), content

    def done(self, key: str, *, understood: bool) -> None:
        self.line.uid("STORE", key, "+FLAGS", r"(\Seen \Deleted)" if understood else r"(\Seen)")


def _connect(parts: SplitResult) -> imaplib.IMAP4:
    host, timeout = parts.hostname or "", settings.EMAIL_TIMEOUT
    if parts.scheme == "imap+ssl":
        return imaplib.IMAP4_SSL(host, parts.port or 993, ssl_context=trusting(), timeout=timeout)
    return imaplib.IMAP4(host, parts.port or 143, timeout=timeout)


def _enter(line: imaplib.IMAP4, parts: SplitResult) -> None:
    if parts.scheme == "imap+tls":
        line.starttls(trusting())
    line.login(unquote(parts.username or ""), unquote(parts.password or ""))
    folder = unquote(parts.path.strip("/")) or "INBOX"
    status, _answer = line.select('"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"')
    if status != "OK":
        raise OSError(f"There is no folder {folder}")
