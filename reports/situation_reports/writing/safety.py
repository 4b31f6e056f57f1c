"""What endangers people who go there, and what threatens the monuments."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reports.situation.models import EventKind
from reports.situation_reports.content import Entry, Section
from reports.situation_reports.facts import Facts
from reports.situation_reports.writing import findings, phrases, words
from reports.situation_reports.writing.sections import link_to
from reports.vocabulary import Access


def hazards(facts: Facts) -> Section:
    """Hazards and access by the end of the period, the last reported first."""
    entries = [
        Entry(
            when=words.date(findings.span(event)),
            kind=str(event.get_kind_display()),
            quote=words.quoted(event.text, event.language),
            source=findings.source(event),
            source_link=event.source_url,
            certainty=phrases.how_sure(event.certainty),
            flags=phrases.doubts(event),
        )
        for event in reversed(facts.events)
        if event.kind in {EventKind.HAZARD, EventKind.ACCESS, EventKind.CLEARANCE}
    ]
    entries += [_of_report(facts, report) for report in facts.risks]
    paragraphs = [_("Ask those who answer for the site before anybody goes there.")]
    if not entries:
        nothing = _(
            "Neither a hazard nor a restriction of access was reported by %(day)s; that does not make it safe."
        )
        paragraphs.insert(0, nothing % {"day": words.day(facts.question.period_to)})
    return Section(key="hazards", title=_("Hazards and access"), paragraphs=tuple(paragraphs), entries=tuple(entries))


def _of_report(facts: Facts, report: findings.ConditionReport) -> Entry:
    subject = facts.by_monument[report.monument_id]
    sentences = [
        _("Risk to people: %(danger)s (%(certainty)s).")
        % {"danger": str(risk.get_danger_display()).lower(), "certainty": phrases.how_sure(risk.certainty)}
        for risk in report.risks.all()
    ]
    if report.access:
        access = str(Access(report.access).label).lower()
        sentences.append(_("Access: %(access)s.") % {"access": access})
    return Entry(
        when=words.date(findings.span(report)),
        title=subject.name,
        link=link_to(facts, subject),
        sentences=tuple(sentences),
        source=findings.source(report),
        source_link=report.source_url,
        certainty=phrases.how_sure(report.certainty),
    )


def threats(facts: Facts) -> Section:
    """What may happen to the monuments, the last reported first."""
    entries = []
    for report in facts.threats:
        subject = facts.by_monument[report.monument_id]
        named = [phrases.threat(each) for each in report.threats.all()]
        sentences = [_("Threat: %(threats)s.") % {"threats": words.listed(named)}] if named else []
        if report.part:
            sentences.append(_("This concerns a part: %(part)s.") % {"part": words.name(report.part)})
        entries.append(
            Entry(
                when=words.date(findings.span(report)),
                title=subject.name,
                link=link_to(facts, subject),
                sentences=tuple(sentences),
                quote=words.quoted(report.narrative, report.language),
                source=findings.source(report),
                source_link=report.source_url,
                certainty=phrases.how_sure(report.certainty),
                flags=phrases.doubts(report),
            )
        )
    paragraphs = () if entries else (_("No threat to a monument was reported."),)
    return Section(key="threats", title=_("Threats"), paragraphs=paragraphs, entries=tuple(entries))
