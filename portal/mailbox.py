"""Reading the messages that the embedded installation wrote to files."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path

from django.conf import settings

BACKEND = "portal.mail.FolderBackend"


@dataclass(frozen=True, slots=True)
class Message:
    name: str
    subject: str
    to: str
    date: datetime | None
    text: str
    html: str


def in_use() -> bool:
    """Whether mail goes to files at all, or out by SMTP."""
    return settings.EMAIL_BACKEND == BACKEND


def newest(*, before: str = "", size: int = 50) -> tuple[list[Message], str]:
    """A page of messages, the newest first, and the cursor of the next page (empty on the last)."""
    names = sorted((path.name for path in Path(settings.MAIL_FOLDER).glob("*.eml")), reverse=True)
    names = list(islice((name for name in names if not before or name < before), size + 1))
    page = names[:size]
    return [_read(Path(settings.MAIL_FOLDER) / name) for name in page], page[-1] if len(names) > size else ""


def find(name: str) -> Message | None:
    """One message by its file's name; None if there is no such file in the folder itself."""
    path = Path(settings.MAIL_FOLDER) / name
    if Path(name).name != name or path.suffix != ".eml" or not path.is_file():
        return None
    return _read(path)


def _read(path: Path) -> Message:
    with path.open("rb") as file:
        message: EmailMessage = email.message_from_binary_file(file, policy=email.policy.default)
    date = message["Date"]
    return Message(
        name=path.name,
        subject=str(message["Subject"] or ""),
        to=str(message["To"] or ""),
        date=parsedate_to_datetime(str(date)) if date else None,
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return part.get_content() if part else ""
