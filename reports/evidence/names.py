"""Names of files as they come from outside: kept to be read, never to be opened."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 255
# Characters that nobody sees or that turn the writing round, so that "gpj.exe" reads as "exe.jpg".
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def tidied(name: str) -> str:
    """The last part of a path, without control and direction characters, of 1 to 255 characters."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(c for c in last if unicodedata.category(c) not in _UNSEEN)
    clean = " ".join(seen.split()).lstrip(". ")
    if len(clean) > LONGEST:
        stem, dot, ending = clean.rpartition(".")
        keep = LONGEST - len(dot + ending)
        clean = stem[:keep] + dot + ending if dot and keep > LONGEST // 2 else clean[:LONGEST]
    return clean or "file"
