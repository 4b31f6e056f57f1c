"""Reading what a mail server says about a message that came back. Pure; whoever sends it may be hostile.

The notice is a `multipart/report` whose part `message/delivery-status` (RFC 3464) says what became of the message;
a further part holds the message, or its headers (RFC 3462).
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email import policy
from email.message import Message
from typing import NamedTuple

MOST_BYTES = 256 * 1024
"""What is beyond is the returned message's own text and pictures."""
MOST_PARTS = 50
MOST_TEXT = 500
STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b", re.ASCII)
MESSAGE_ID = re.compile(r"<[^<>\s]{1,198}>")
MESSAGE_ID_LINE = re.compile(r"^Message-ID:\s*(<[^<>\s]{1,198}>)", re.IGNORECASE | re.MULTILINE)
TEMPORARY, PERMANENT = 4, 5
OF_THE_MESSAGE = {(2, 2), (2, 3), (3, 4)}
"""Mailbox full, message too long for it, too big for the system (RFC 3463): another one may be taken."""
RETURNED = {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global-headers"}
STATUSES = {"message/delivery-status", "message/global-delivery-status"}


class Notice(NamedTuple):
    """Of one message: its Message-ID where it is said, the addresses to which the notice came, what became of it."""

    message_id: str
    came_to: tuple[str, ...]
    permanent: bool
    reason: str


def read(content: bytes) -> Notice | None:
    """None: not about a message that failed, or nothing that we understand."""
    try:
        message = email.message_from_bytes(content[:MOST_BYTES], policy=policy.compat32)
        parts = list(_parts(message))
    except (RecursionError, ValueError, LookupError):  # nested or written to break its reader
        return None
    failures = [failure for part in parts for failure in _failures(part)]
    if not failures:
        return None
    status, reason = max(failures, key=lambda failure: failure[0][0])
    ids = [found for part in parts for found in [_message_id(part)] if found]
    return Notice(ids[0] if ids else "", _came_to(message), _is_permanent(status), reason)


def _is_permanent(status: tuple[int, int, int]) -> bool:
    return status[0] == PERMANENT and status[1:] not in OF_THE_MESSAGE


def _parts(message: Message) -> Iterator[Message]:
    """Breadth first without recursion; what is inside the returned message is not the server's word."""
    waiting, seen = [message], 0
    while waiting and seen < MOST_PARTS:
        part = waiting.pop(0)
        seen += 1
        yield part
        if part.get_content_maintype() == "multipart" and isinstance(part.get_payload(), list):
            waiting += [inner for inner in part.get_payload() if isinstance(inner, Message)]


def _failures(part: Message) -> Iterator[tuple[tuple[int, int, int], str]]:
    if part.get_content_type() not in STATUSES or not isinstance(part.get_payload(), list):
        return
    for fields in list(part.get_payload())[:MOST_PARTS]:
        if isinstance(fields, Message) and _text(fields, "Action").lower() == "failed":
            diagnostic = _text(fields, "Diagnostic-Code").partition(";")[2].strip()
            found = STATUS.search(_text(fields, "Status")) or STATUS.search(diagnostic)
            if found and found[1] != "2":
                status = (int(found[1]), int(found[2]), int(found[3]))
                yield status, f"{found[0]} {diagnostic}".strip()[:MOST_TEXT]


def _message_id(part: Message) -> str:
    if part.get_content_type() not in RETURNED:
        return ""
    payload = part.get_payload()
    if isinstance(payload, list) and payload and isinstance(payload[0], Message):
        found = MESSAGE_ID.search(_text(payload[0], "Message-ID"))
        return found[0] if found else ""
    decoded = part.get_payload(decode=True)
    text = decoded.decode("utf-8", "replace") if isinstance(decoded, bytes) else str(payload)
    found = MESSAGE_ID_LINE.search(text)
    return found[1] if found else ""


def _came_to(message: Message) -> tuple[str, ...]:
    names = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
    lines = [str(line) for name in names for line in message.get_all(name, [])[:5]]
    return tuple(word.strip("<>,;\"'").lower() for line in lines for word in line[:MOST_TEXT].split() if "@" in word)


def _text(fields: Message, name: str) -> str:
    """A field on one line, without what could do harm where it is shown."""
    value = " ".join(str(fields.get(name, "")).split())
    return "".join(sign for sign in value if sign.isprintable())
