"""The first paragraphs, written from the figures."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.conditions.models import ConditionReport
from reports.conditions.queries import STALE_DAYS
from reports.situation_reports.facts import Facts, Subject
from reports.situation_reports.writing import findings, phrases, words
from reports.vocabulary import COUNTING, GRADE_RANK, DamageGrade, ReportKind

WORST_FIRST = [*sorted(GRADE_RANK, key=GRADE_RANK.__getitem__, reverse=True)]
MOST_NAMED = 12
"""More names make a list of a sentence."""


def write(facts: Facts) -> tuple[str, ...]:
    if not facts.subjects:
        return (_("The registry knew no monuments here at that time."),)
    paragraphs = [
        " ".join(_damage(facts)),
        " ".join([_state(facts), *_contested(facts)]),
        _events(facts),
        _reach(facts),
    ]
    return tuple(paragraph for paragraph in paragraphs if paragraph)


def damaged(facts: Facts) -> list[Subject]:
    """Those of which something was lost in the period, by a sure report of damage."""
    return [subject for subject in facts.subjects if any(_is_loss(report) for report in subject.findings)]


def _is_loss(report: ConditionReport) -> bool:
    sure = report.kind == ReportKind.DAMAGE and report.certainty in COUNTING
    return sure and GRADE_RANK.get(report.damage_grade, 0) > 0


def found(facts: Facts) -> list[Subject]:
    """Those whose grade became known or worse because somebody looked."""
    lost = damaged(facts)
    return [
        subject
        for subject in facts.subjects
        if subject not in lost and (subject.after.rank or 0) > (subject.before.rank or 0)
    ]


def seen_again(facts: Facts) -> list[Subject]:
    """Those that somebody sure looked at in the period without another grade."""
    return [
        subject
        for subject in facts.subjects
        if subject.after.rank is not None
        and subject.after.damage_grade == subject.before.damage_grade
        and subject not in damaged(facts)
        and any(report.certainty in COUNTING for report in subject.findings)
    ]


def improved(facts: Facts) -> list[Subject]:
    return [
        subject
        for subject in facts.subjects
        if subject.after.rank is not None
        and subject.before.rank is not None
        and subject.after.rank < subject.before.rank
    ]


def _damage(facts: Facts) -> list[str]:
    lost = damaged(facts)
    sentences = [_counted_loss(facts, lost), *_by_state(lost)]
    if seen := found(facts):
        sentences += _found_by_state(seen)
    if same := seen_again(facts):
        sentences.append(_("Seen again in the same state: %(names)s.") % {"names": names(same)})
    if better := improved(facts):
        said = {"names": names(better)}
        sentences.append(_("Improved: %(names)s.") % said)
    return sentences


def _counted_loss(facts: Facts, lost: list[Subject]) -> str:
    total = len(facts.subjects)
    said = {"number": words.number(len(lost)), "all": words.number(total), "period": _period(facts)}
    if not lost:
        return _("No damage to a monument is reported for the period %(period)s.") % said
    if total == 1:
        return _("Damage to the one monument recorded here is reported for the period %(period)s.") % said
    if facts.spread_after[DamageGrade.UNKNOWN]:
        return (
            ngettext(
                "Damage to at least one of the %(all)s monuments recorded here is reported for the period %(period)s.",
                "Damage to at least %(number)s of the %(all)s monuments recorded here is reported for the period"
                " %(period)s.",
                len(lost),
            )
            % said
        )
    return (
        ngettext(
            "Damage to one of the %(all)s monuments recorded here is reported for the period %(period)s.",
            "Damage to %(number)s of the %(all)s monuments recorded here is reported for the period %(period)s.",
            len(lost),
        )
        % said
    )


def _by_state(subjects: list[Subject]) -> list[str]:
    """ "Destroyed: …. Severely damaged: …." by the state that each was left in, the worst first."""
    return [
        _("%(state)s: %(names)s.") % {"state": words.sentence_case(state), "names": those}
        for state, those in _sorted(subjects)
    ]


def _found_by_state(subjects: list[Subject]) -> list[str]:
    return [
        _("Found %(state)s on inspection: %(names)s.") % {"state": state, "names": those}
        for state, those in _sorted(subjects)
    ]


def _sorted(subjects: list[Subject]) -> list[tuple[str, str]]:
    """Each state that occurs with the names of those that were left in it."""
    found = [(grade, [s for s in subjects if s.after.damage_grade == grade]) for grade in WORST_FIRST]
    return [(phrases.state_of(grade, len(those)), names(those)) for grade, those in found if those]


def _state(facts: Facts) -> str:
    """ "On 15 September 2015: 6 destroyed, …; of 12 nothing certain is known." """
    spread, total = facts.spread_after, len(facts.subjects)
    unknown = spread[DamageGrade.UNKNOWN]
    said = {
        "day": words.day(facts.question.period_to),
        "all": words.number(total),
        "states": words.listed(_counted(spread)),
        "unknown": words.number(unknown),
    }
    if unknown == total:
        return (
            ngettext(
                "On %(day)s nothing certain is known of the state of the one monument recorded here.",
                "On %(day)s nothing certain is known of the state of the %(all)s monuments recorded here.",
                total,
            )
            % said
        )
    state = (
        ngettext(
            "State of the one monument recorded here on %(day)s: %(states)s.",
            "State of the %(all)s monuments recorded here on %(day)s: %(states)s.",
            total,
        )
        % said
    )
    if not unknown:
        return state
    rest = ngettext(
        "Of the other one nothing certain is known.", "Of the other %(unknown)s nothing certain is known.", unknown
    )
    return f"{state} {rest % said}"


def _counted(spread: Counter[str]) -> list[str]:
    return [
        str(
            phrases.NUMBER_OF_GRADE[DamageGrade(grade)]
            % {"number": spread[grade], "shown": words.number(spread[grade])}
        )
        for grade in WORST_FIRST
        if spread[grade]
    ]


def _contested(facts: Facts) -> list[str]:
    disputed = [subject for subject in facts.subjects if subject.after.contested]
    if not disputed:
        return []
    said = {"number": words.number(len(disputed)), "names": names(disputed)}
    return [
        ngettext(
            "Sources contradict each other about one of them: %(names)s.",
            "Sources contradict each other about %(number)s of them: %(names)s.",
            len(disputed),
        )
        % said
    ]


def _events(facts: Facts) -> str:
    """By kind, with the days: "a mission (December 2016) and 2 changes of control (…)"."""
    told = [event for event in facts.events if facts.in_period(event)]
    if not told:
        return _("No event at the site is recorded for this time.")
    days: dict[str, list[str]] = defaultdict(list)
    for event in told:
        days[event.kind].append(words.date(findings.span(event)))
    each = [
        _("%(events)s (%(days)s)") % {"events": phrases.events(kind, len(of_kind)), "days": words.listed(of_kind)}
        for kind, of_kind in days.items()
    ]
    return _("Events recorded for this time: %(events)s.") % {"events": words.listed(each)}


def not_assessed_for_long(facts: Facts) -> list[Subject]:
    """Those of known state at which nobody sure has looked for half a year, the longest first."""
    last = facts.question.period_to - datetime.timedelta(days=STALE_DAYS)
    stale = [(s.after.assessed_on, s.number, s) for s in facts.subjects if s.after.assessed_on]
    return [subject for day, _number, subject in sorted(stale, key=lambda row: row[:2]) if day <= last]


def _reach(facts: Facts) -> str:
    """How far what is known reaches."""
    seen = [subject for subject in facts.subjects if subject.after.assessed_on]
    if not seen:
        return ""
    latest = max(seen, key=lambda subject: (subject.after.assessed_on, -subject.number))
    said = {"day": findings.assessed(latest, facts.reports)}
    sentences = [_("The last assessment that counts dates from %(day)s.") % said]
    if stale := len(not_assessed_for_long(facts)):
        sentences.append(
            ngettext(
                "One monument of known state has not been assessed for half a year or longer.",
                "%(number)s monuments of known state have not been assessed for half a year or longer.",
                stale,
            )
            % {"number": words.number(stale)}
        )
    return " ".join(sentences)


def _period(facts: Facts) -> str:
    return words.between(facts.question.period_from, facts.question.period_to)


def names(subjects: list[Subject]) -> str:
    return first_names([subject.name for subject in subjects])


def first_names(all_of_them: list[str]) -> str:
    """The names, and how many more there are where they are too many."""
    shown = [words.name(each) for each in all_of_them[:MOST_NAMED]]
    if more := len(all_of_them) - len(shown):
        shown.append(ngettext("%(number)s other", "%(number)s others", more) % {"number": words.number(more)})
    return words.listed(shown)


def more_in_the_portal(number: int) -> str:
    """What was left out of a long list."""
    more = ngettext("%(number)s more is in the portal.", "%(number)s more are in the portal.", number)
    return more % {"number": words.number(number)}
