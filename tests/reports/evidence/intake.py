"""Sending files the way that every door does."""

from __future__ import annotations

import hashlib
import io
from typing import Any

from reports.evidence import actions
from reports.evidence.models import Evidence, Upload
from reports.evidence.targets import Target, about
from reports.evidence.vocabulary import Door
from tests.factories.accounts import EditorFactory
from tests.factories.sites import MonumentFactory
from tests.files import photograph


def sent(content: bytes | None = None, *, to: Any = None, by: Any = None, **more: Any) -> Upload:
    """An upload that has arrived and was looked at."""
    upload = arrived(content, to=to, by=by, **more)
    actions.check(upload.pk)
    upload.refresh_from_db()
    return upload


def arrived(content: bytes | None = None, *, to: Any = None, by: Any = None, **more: Any) -> Upload:
    """An upload that is all here and waits for its look."""
    content = photograph() if content is None else content
    upload = begun(len(content), to=to, by=by, **more)
    actions.receive(upload, io.BytesIO(content), offset=0)
    return upload


def begun(size: int, *, to: Any = None, by: Any = None, **more: Any) -> Upload:
    target = to if isinstance(to, Target) else about(to or MonumentFactory())
    facts = {"name": "temple.jpg", "door": Door.PORTAL, **more}
    return actions.begin(target, size=size, by=by or EditorFactory(), **facts)


def evidence_of(content: bytes | None = None, **more: Any) -> Evidence:
    upload = sent(content, **more)
    assert upload.evidence, (upload.refusal, upload.refusal_facts)
    return upload.evidence


def hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
