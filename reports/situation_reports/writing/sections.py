"""The sections of a report, each written from the facts."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reports.conditions.models import ConditionReport
from reports.situation.models import SituationEvent
from reports.situation_reports.content import Change, Entry, Section
from reports.situation_reports.facts import Facts, Subject
from reports.situation_reports.writing import findings, phrases, words
from reports.situation_reports.writing.summary import more_in_the_portal
from reports.vocabulary import DamageGrade, ReportKind

MOST_CHANGES = 150
MOST_EVENTS = 300
"""What comes beyond is counted, and found in the portal."""


def chronology(facts: Facts) -> Section:
    """What happened in the period, in order: at the site, and to its monuments."""
    dated = [(_begins(event), _event(event)) for event in facts.events if facts.in_period(event)]
    dated += [
        (_begins(report), _happened(report, subject))
        for subject in facts.subjects
        for report in subject.reports
        if report.kind in {ReportKind.DAMAGE, ReportKind.SITUATION}
    ]
    entries = [entry for _day, entry in sorted(dated, key=lambda pair: pair[0])]
    paragraphs = []
    if not entries:
        paragraphs.append(_("Nothing is recorded for this time."))
    if (more := len(entries) - MOST_EVENTS) > 0:
        paragraphs.append(more_in_the_portal(more))
    return Section(
        key="chronology",
        title=_("What happened"),
        paragraphs=tuple(paragraphs),
        entries=tuple(entries[:MOST_EVENTS]),
    )


def changes(facts: Facts) -> Section:
    """Per monument: from what to what, when, who says so."""
    changed = [subject for subject in facts.subjects if subject.has_changed]
    changed.sort(key=lambda subject: (-(subject.after.rank or -1), subject.number))
    paragraphs = []
    if not changed:
        paragraphs.append(_("No monument’s status changed in this time."))
    if (more := len(changed) - MOST_CHANGES) > 0:
        paragraphs.append(more_in_the_portal(more))
    return Section(
        key="changes",
        title=_("Changes in status"),
        paragraphs=tuple(paragraphs),
        changes=tuple(_change(facts, subject) for subject in changed[:MOST_CHANGES]),
    )


def seen_again(facts: Facts) -> Section:
    """What was reported without a change of status: that, too, is news."""
    entries = [
        findings.entry(report, subject, titled=True, link=link_to(facts, subject))
        for subject in facts.subjects
        if not subject.has_changed
        for report in subject.findings
        if report.damage_grade != DamageGrade.UNKNOWN
    ]
    return Section(key="seen_again", title=_("Reported without a change in status"), entries=tuple(entries))


def link_to(facts: Facts, subject: Subject) -> str:
    """The monument's page as it was known, as a path of the portal."""
    moment = facts.question.moment
    return f"{subject.monument.get_absolute_url()}?as_of={moment.as_of:%Y-%m-%d}"


def _change(facts: Facts, subject: Subject) -> Change:
    return Change(
        monument=subject.name,
        link=link_to(facts, subject),
        number=words.number(subject.number),
        before=subject.before.damage_grade,
        after=subject.after.damage_grade,
        before_label=words.sentence_case(phrases.state(subject.before.damage_grade)),
        after_label=words.sentence_case(phrases.state(subject.after.damage_grade)),
        steps=tuple(findings.entry(report, subject) for report in subject.findings),
        contested=findings.contested(subject, subject.after, facts.reports),
    )


def _happened(report: ConditionReport, subject: Subject) -> Entry:
    """A report in the chronology: of damage the fact alone, as its words follow with the monument."""
    if report.kind == ReportKind.DAMAGE:
        return Entry(
            when=words.date(findings.span(report)),
            kind=_("Damage"),
            title=subject.name,
            sentences=(findings.sentence(report, subject),),
            flags=phrases.doubts(report),
            grade=report.damage_grade,
        )
    return Entry(
        when=words.date(findings.span(report)),
        kind=_("Situation"),
        title=subject.name,
        quote=words.quoted(report.narrative, report.language),
        source=findings.source(report),
        source_link=report.source_url,
        certainty=phrases.how_sure(report.certainty),
        flags=phrases.doubts(report),
    )


def _event(event: SituationEvent) -> Entry:
    return Entry(
        when=words.date(findings.span(event)),
        kind=str(event.get_kind_display()),
        quote=words.quoted(event.text, event.language),
        source=findings.source(event),
        source_link=event.source_url,
        certainty=phrases.how_sure(event.certainty),
        flags=phrases.doubts(event),
    )


def _begins(said: ConditionReport | SituationEvent) -> tuple:
    """In order of time; what lasts longer comes after what is over on its day."""
    return (said.date_from or said.date_to, said.date_to, str(said.pk))
