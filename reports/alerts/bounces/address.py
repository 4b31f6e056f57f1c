"""The sender's address that says of which message a notice is (variable envelope return path).

Not every server returns the message, but each returns to this address. Its seal keeps others from making up notices.
"""

from __future__ import annotations

from hmac import compare_digest
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "reports.alerts.bounces"
SEAL = 16
"""Signs of it; with the message's key and a name of up to 14 signs it fits into the 64 of RFC 5321."""


def of(key: UUID) -> str:
    """Where notices about this delivery are to come; empty where nobody reads them."""
    if not settings.BOUNCE_ADDRESS:
        return ""
    name, _at, domain = settings.BOUNCE_ADDRESS.partition("@")
    return f"{name}+{key.hex}{_seal(key.hex)}@{domain}"


def read(address: str) -> UUID | None:
    """The delivery of which a notice tells that came to this address; None if it is not one of ours."""
    name, _at, domain = settings.BOUNCE_ADDRESS.lower().partition("@")
    local, _at, host = address.lower().partition("@")
    word = local.removeprefix(f"{name}+")
    if not name or host != domain or word == local or len(word) != 32 + SEAL:
        return None
    key, seal = word[:32], word[32:]
    if not compare_digest(seal.encode(), _seal(key).encode()):
        return None
    try:
        return UUID(hex=key)
    except ValueError:
        return None


def _seal(key: str) -> str:
    return salted_hmac(SALT, key, algorithm="sha256").hexdigest()[:SEAL]
