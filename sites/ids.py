"""Identifiers: UUIDv7 (RFC 9562), in order of time, telling nobody how many there are."""

import uuid

from uuid_utils import compat


def uuid7() -> uuid.UUID:
    return compat.uuid7()
