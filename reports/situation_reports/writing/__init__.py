"""Puts the facts into words, in the language that is active."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_countries import countries

from reports.situation_reports.content import Content, Section
from reports.situation_reports.facts import Facts
from reports.situation_reports.question import Audience, Question
from reports.situation_reports.writing import knowledge, restoration, safety, sections, summary, words
from sites.dates import Span


def write(facts: Facts, permalink: str) -> Content:
    """The whole report but for its pictures, which `drawing` adds."""
    question, language = facts.question, get_language() or "en"
    written = [
        sections.chronology(facts),
        sections.changes(facts),
        sections.seen_again(facts),
        Section(key="map", title=_("Where")),
        knowledge.spread(facts),
        safety.hazards(facts),
        safety.threats(facts),
        restoration.plans(facts),
        knowledge.known_and_unknown(facts),
        knowledge.figures(facts),
        knowledge.sources(facts),
    ]
    return Content(
        language=language,
        direction=words.direction(language),
        title=place(facts),
        period=words.between(question.period_from, question.period_to),
        stand=_("State on %(day)s, by what was known on %(moment)s.")
        % {"day": words.day(question.period_to), "moment": words.moment(question.known_at)},
        audience=_for_whom(question),
        names=tuple(_other_names(facts)),
        permalink=permalink,
        summary=summary.write(facts),
        sections=tuple(written),
        words=_words(),
    )


def place(facts: Facts) -> str:
    """What the report covers, as its title."""
    question = facts.question
    if question.country:
        return str(dict(countries)[question.country])
    if question.site:
        return str(facts.sites[0])
    return (
        _("Area of %(sites)s") % {"sites": words.listed([str(site) for site in facts.sites[:3]])}
        if facts.sites
        else _("Area on the map")
    )


def _for_whom(question: Question) -> str:
    if question.audience == Audience.STAFF:
        return _("For staff: with exact places. Do not pass it on.")
    return _("For everybody: places of endangered monuments are generalised.")


def _other_names(facts: Facts) -> list[str]:
    """Of a single site: its names in other languages, and how it is protected."""
    if not facts.question.site:
        return []
    site = facts.sites[0]
    names = [name.text for name in site.names.all() if name.text != str(site) and name.kind == "preferred"]
    protected = [
        _("%(designation)s, since %(date)s")
        % {"designation": str(each), "date": words.date(Span(each.since, each.since, each.since_precision))}
        for each in site.designations.all()
        if each.since
        and each.since <= facts.question.period_to
        and not (each.until and each.until <= facts.question.period_to)
    ]
    return [*names, *protected]


def _holds(designation: Any, day: datetime.date) -> bool:
    since, until = designation.since, designation.until
    return since is not None and since <= day and (until is None or until > day)


def _words() -> dict[str, str]:
    return {
        "report": _("Situation report"),
        "source": _("Source"),
        "page": _("Page"),
        "of": _("of"),
        "number": _("No."),
        # Becoming points the way that the language is read.
        "becomes": "←" if words.is_right_to_left(get_language() or "") else "→",
    }
