"""A mail server on loopback for tests."""

from __future__ import annotations

import asyncio
import email
import email.policy
from email.message import EmailMessage


class Postbox:
    """What an SMTP server took; it refuses, hangs or breaks off when it is told to."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.senders: list[str] = []
        self.refuses_with = ""
        self.hangs = False
        self.breaks_off = False
        self.connections = 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        while self.hangs:
            await asyncio.sleep(0.1)
        if self.refuses_with:
            return self.refuses_with
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.breaks_off:
            server.transport.abort()
            return "451 broken off"
        self.senders.append(envelope.mail_from)
        self.messages.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"
