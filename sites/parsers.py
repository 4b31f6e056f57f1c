"""What is sent, read with one thing less than REST framework takes: the character NUL, which PostgreSQL cannot keep.

Text fields refuse it by themselves; a field that looks something up by text would ask the database for it.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import parsers
from rest_framework.exceptions import ParseError


class WithoutNul:
    """For parsers, before their base."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        """Raises ParseError."""
        found = super().parse(*args, **kwargs)  # type: ignore[misc]
        if _has_nul(getattr(found, "data", found)):
            raise ParseError(_("Text cannot hold the character NUL (U+0000); leave it out."))
        return found


class JSONParser(WithoutNul, parsers.JSONParser):
    """JSON (RFC 8259)."""


class FormParser(WithoutNul, parsers.FormParser):
    """Forms without files."""


class MultiPartParser(WithoutNul, parsers.MultiPartParser):
    """Forms with files; what these hold is nothing of text."""


def _has_nul(found: Any) -> bool:
    if isinstance(found, str):
        return "\0" in found
    if isinstance(found, dict):
        lists = getattr(found, "lists", found.items)()
        return any(_has_nul(name) or _has_nul(inner) for name, inner in lists)
    return isinstance(found, list) and any(map(_has_nul, found))
