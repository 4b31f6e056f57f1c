"""The summary of a filed report, for messages that lead to it."""

from __future__ import annotations

from uuid import UUID

from reports.situation_reports.models import Edition, State
from reports.situation_reports.queries import is_still_tellable


def of(report: str, language: str) -> tuple[str, ...]:
    """The paragraphs in that language; none where the report is not ready, or may not be told any more."""
    found = Edition.objects.filter(report=UUID(report), report__state=State.READY).select_related("report__site")
    edition = found.filter(language=language).first() or found.first()
    return edition.content.summary if edition and is_still_tellable(edition.report) else ()
