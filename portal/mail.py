"""The embedded installation's mail: one file per message, which staff can read in the portal."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from sites.ids import uuid7


class FolderBackend(BaseEmailBackend):
    """Writes each message to MAIL_FOLDER as `<time>-<id>.eml`, so that names sort by time."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write all messages; returns their number. Raises OSError when the folder cannot be written."""
        folder = Path(settings.MAIL_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            _write(folder, message.message().as_bytes())
        return len(email_messages)


def _write(folder: Path, content: bytes) -> None:
    """Under another name first: a reader never meets half a message."""
    name = f"{timezone.now():%Y%m%dT%H%M%S}-{uuid7().hex}.eml"
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as file:
        file.write(content)
    Path(file.name).replace(folder / name)
