"""Makes a report: reads, writes, draws, sets. Runs in a worker; may be killed anywhere and be begun again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import translation

from reports.situation_reports import facts as gathering
from reports.situation_reports import illustrating, photographs, typesetting, writing
from reports.situation_reports.content import Content, Section
from reports.situation_reports.facts import Facts
from reports.situation_reports.models import Doing, Edition, SituationReport

Progress = Callable[[int, Doing], None]


def content_of(report: SituationReport, language: str) -> tuple[Content, Facts]:
    """What the report says in a language, anew from what was known at its moment."""
    with translation.override(language):
        facts = gathering.gather(report.question)
        written = writing.write(facts, settings.BASE_URL + report.get_absolute_url())
        drawn = illustrating.illustrate(written, facts)
        shown = photographs.section(facts)
        return (replace(drawn, sections=_with(shown, drawn.sections)) if shown.photographs else drawn), facts


def _with(shown: Section, sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Before where it is: after what happened and what changed."""
    at = next(number for number, section in enumerate(sections) if section.key == "map")
    return (*sections[:at], shown, *sections[at:])


def make(report: SituationReport, progress: Progress) -> None:
    """Make every edition that is missing, and file it. Raises what went wrong."""
    languages = [code for code, _name in settings.LANGUAGES]
    done = set(report.editions.values_list("language", flat=True))
    for at, language in enumerate(languages):
        if language in done:
            continue
        share = 100 // len(languages)
        progress(at * share + 2, Doing.READING)
        content, facts = content_of(report, language)
        progress(at * share + share // 2, Doing.SETTING)
        pdf = typesetting.typeset(content, int(report.known_at.timestamp()), photographs.files(content))
        _file(report, content, facts, pdf)


@transaction.atomic
def _file(report: SituationReport, content: Content, facts: Facts, pdf: bytes) -> None:
    """The edition with its PDF; what it tells of is kept with the report, for whoever reads it later."""
    report.told = {**illustrating.told(facts), "photographs": photographs.keys(content)}
    report.save(update_fields=["told"])
    edition = Edition(
        report=report,
        language=content.language,
        filed=content.as_json(),
        digest=content.digest(),
    )
    edition.pdf.save(file_name(edition), ContentFile(pdf), save=False)
    edition.save()


def file_name(edition: Edition) -> str:
    """Says nothing but which report it is, and in which language."""
    return f"{edition.report_id}-{edition.language}.pdf"
