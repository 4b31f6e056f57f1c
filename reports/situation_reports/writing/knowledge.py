"""What is known and what is not, who says so, and the figures as tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.situation_reports.content import Section, Table
from reports.situation_reports.facts import Facts, Subject
from reports.situation_reports.writing import findings, phrases, words
from reports.situation_reports.writing.summary import more_in_the_portal, names, not_assessed_for_long
from reports.sources.models import Source, Statement
from reports.vocabulary import CERTAINTY_RANK, Certainty, DamageGrade
from sites.dates import Span

MOST_ROWS = 1_000


def known_and_unknown(facts: Facts) -> Section:
    bullets = [
        *_unknown(facts),
        *_stale(facts),
        *_suspected(facts),
        *_contested(facts),
        *_doubtful(facts),
    ]
    known = len(facts.subjects) - facts.spread_after[DamageGrade.UNKNOWN]
    said = {"known": words.number(known), "all": words.number(len(facts.subjects))}
    paragraphs = [
        _(
            "A state is known where a published report of at least medium certainty tells one: for %(known)s"
            " of %(all)s."
        )
        % said,
    ]
    return Section(
        key="knowledge", title=_("What is known and what is not"), paragraphs=tuple(paragraphs), bullets=tuple(bullets)
    )


def _unknown(facts: Facts) -> list[str]:
    unknown = [subject for subject in facts.subjects if subject.after.rank is None]
    looked = [subject for subject in unknown if subject.monument.pk in facts.mentioned]
    never = [subject for subject in unknown if subject not in looked]
    lines = []
    if never:
        said = {"number": words.number(len(never)), "names": names(never)}
        lines.append(
            ngettext(
                "No report tells of the state of one monument: %(names)s.",
                "No report tells of the state of %(number)s monuments: %(names)s.",
                len(never),
            )
            % said
        )
    if looked:
        said = {"number": words.number(len(looked)), "names": names(looked)}
        lines.append(
            ngettext(
                "One monument is mentioned, but its state could not be told: %(names)s.",
                "%(number)s monuments are mentioned, but their state could not be told: %(names)s.",
                len(looked),
            )
            % said
        )
    return lines


def _stale(facts: Facts) -> list[str]:
    """Those of known state that nobody sure has looked at for long, and since when."""
    stale = not_assessed_for_long(facts)
    if not stale:
        return []
    subject = stale[0]
    said = {
        "number": words.number(len(stale)),
        "name": words.name(subject.name),
        "day": findings.assessed(subject, facts.reports),
    }
    return [
        ngettext(
            "One monument has not been assessed for half a year or longer: %(name)s, since %(day)s.",
            "%(number)s monuments have not been assessed for half a year or longer; the longest is %(name)s,"
            " since %(day)s.",
            len(stale),
        )
        % said
    ]


def _suspected(facts: Facts) -> list[str]:
    suspected = [subject for subject in facts.subjects if subject.after.suspected]
    if not suspected:
        return []
    return [_("Damage is suspected, but not confirmed: %(names)s.") % {"names": names(suspected)}]


def _contested(facts: Facts) -> list[str]:
    """Both sides of every contradiction that was open at the end."""
    told = ((s, findings.contested(s, s.after, facts.reports)) for s in facts.subjects)
    return [
        _("%(name)s: %(sides)s") % {"name": words.name(subject.name), "sides": sides}
        for subject, sides in told
        if sides
    ]


def _doubtful(facts: Facts) -> list[str]:
    marked = {
        "date_contested": _("When it happened is contested: %(names)s."),
        "date_uncertain": _("The date is uncertain: %(names)s."),
        "attribution_contested": _("Who did it is contested: %(names)s."),
    }
    lines = []
    for mark, sentence in marked.items():
        those = [s for s in facts.subjects if any(getattr(report, mark) for report in s.findings)]
        if those:
            lines.append(sentence % {"names": names(those)})
    return lines


def spread(facts: Facts) -> Section:
    """How many monuments were of which grade before the period and at its end."""
    before, after = facts.spread_before, facts.spread_after
    rows = [
        (
            words.sentence_case(phrases.state(grade)),
            words.number(before[grade]),
            words.number(after[grade]),
            _difference(after[grade] - before[grade]),
        )
        for grade in DamageGrade.values
        if before[grade] or after[grade]
    ]
    columns = (_("State"), words.day(facts.question.eve), words.day(facts.question.period_to), _("Change"))
    return Section(
        key="spread",
        title=_("States before and after"),
        table=Table(columns, tuple(rows), numeric=(1, 2, 3), widths=(1, 0, 0, 0)),
    )


def _difference(number: int) -> str:
    """With its sign: "+6", "−2", "0"."""
    sign = "+" if number > 0 else "−" if number < 0 else ""
    return sign + words.number(abs(number))


def figures(facts: Facts) -> Section:
    """Every monument with its state before and after, and what that rests on."""
    many = len({subject.monument.site_id for subject in facts.subjects}) > 1
    rows = [_row(facts, subject, with_site=many) for subject in facts.subjects[:MOST_ROWS]]
    columns = [
        _("No."),
        *([_("Site")] if many else []),
        _("Monument"),
        words.day(facts.question.eve),
        words.day(facts.question.period_to),
        _("Last assessed"),
        _("Source"),
    ]
    notes = [_("A dash before the name: part of the monument above.")] if any(s.whole for s in facts.subjects) else []
    if (more := len(facts.subjects) - MOST_ROWS) > 0:
        notes.append(more_in_the_portal(more))
    widths = (0, *((3,) if many else ()), 5, 3, 3, 3, 5)
    table = Table(tuple(columns), tuple(rows), numeric=(0,), widths=widths, note=" ".join(notes))
    return Section(key="figures", title=_("Figures"), table=table)


def _row(facts: Facts, subject: Subject, *, with_site: bool) -> tuple[str, ...]:
    held = subject.after
    report = facts.reports.get(held.report_id) if held.report_id else None
    state = words.sentence_case(phrases.state(held.damage_grade))
    return (
        words.number(subject.number),
        *([str(subject.monument.site_label)] if with_site else []),
        f"– {words.name(subject.name)}" if subject.whole else words.name(subject.name),
        words.sentence_case(phrases.state(subject.before.damage_grade)),
        _("%(state)s, contested") % {"state": state} if held.contested else state,
        findings.assessed(subject, facts.reports) or "–",
        _cited(report) if report else "–",
    )


def _cited(report: Statement) -> str:
    return f"{findings.source(report)}, {words.date(Span(report.date_from, report.date_to, report.date_precision))}"  # type: ignore[arg-type]


def sources(facts: Facts) -> Section:
    """Who is cited here, how often, and how sure those statements are."""
    counted: dict[Source, Counter[str]] = defaultdict(Counter)
    for statement in _cited_here(facts):
        counted[statement.source][statement.certainty] += 1
    rows = [
        (
            words.name(source.name),
            str(source.get_kind_display()),
            words.number(sum(by_certainty.values())),
            words.listed([_how_many(certainty, by_certainty[certainty]) for certainty in _surest_first(by_certainty)]),
        )
        for source, by_certainty in sorted(counted.items(), key=lambda pair: pair[0].name.casefold())
    ]
    columns = (_("Source"), _("Kind"), _("Statements"), _("Certainty"))
    table = Table(columns, tuple(rows), numeric=(2,), widths=(4, 3, 0, 5))
    paragraphs = [
        _(
            "How sure a statement is, is said in these words: definite: no reason to doubt it; high: little reason;"
            " medium: some doubt, not confirmed; low: considerable doubt; negligible: contradicted elsewhere."
        ),
    ]
    return Section(
        key="sources",
        title=_("Sources"),
        paragraphs=tuple(paragraphs),
        table=table,
    )


def _cited_here(facts: Facts) -> Iterator[Statement]:
    yield from facts.reports.values()
    cited = set(facts.reports)
    yield from (report for report in [*facts.threats, *facts.risks] if report.pk not in cited)
    yield from (event for event in facts.events if facts.in_period(event))


def _surest_first(counted: Counter[str]) -> list[str]:
    return sorted(counted, key=lambda certainty: -CERTAINTY_RANK.get(certainty, 0))


def _how_many(certainty: str, number: int) -> str:
    said = {"certainty": str(Certainty(certainty).label).lower(), "number": words.number(number)}
    return _("%(certainty)s (%(number)s)") % said
