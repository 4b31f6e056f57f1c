"""One condition report as a sentence or two, with what its source says."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _

from reports.conditions.models import ConditionReport
from reports.conditions.status import Status
from reports.situation_reports.content import Entry
from reports.situation_reports.facts import Subject
from reports.situation_reports.writing import phrases, words
from reports.sources.models import Statement
from reports.vocabulary import COUNTING, DamageGrade, FabricStatus, ReportKind
from sites.dates import Span

A_DAY = datetime.timedelta(days=1)
SOON = datetime.timedelta(days=31)


def entry(report: ConditionReport, subject: Subject, *, titled: bool = False, link: str = "") -> Entry:
    """The report as an entry; `titled`: under the name of the monument."""
    return Entry(
        when=words.date(span(report)),
        title=subject.name if titled else "",
        link=link,
        sentences=(sentence(report, subject), *_more(report, confirms=_agrees(report, subject))),
        quote=words.quoted(report.narrative, report.language),
        # The sentence names the source; a line of its own is for the link.
        source=source(report) if report.source_url else "",
        source_link=report.source_url,
        certainty=phrases.how_sure(report.certainty),
        flags=phrases.doubts(report),
        grade=report.damage_grade,
    )


def sentence(report: ConditionReport, subject: Subject) -> str:
    """What it says of the monument's state, when, who says so, and how sure that is."""
    facts = said_by(report)
    held = subject.on(report.observed_on)
    if report.certainty not in COUNTING and report.damage_grade != DamageGrade.UNKNOWN:
        return _("%(source)s reports damage %(when)s (%(certainty)s); it is not confirmed.") % facts
    if report.pk == held.rival_id:
        return _contradicts(report, facts)
    if _agrees(report, subject):
        return _says_again(report, subject, facts)
    phrase = {ReportKind.DAMAGE: phrases.DAMAGED, ReportKind.INTERVENTION: phrases.REMAINS}
    by_grade = phrase.get(ReportKind(report.kind), phrases.FOUND)
    return str(by_grade[DamageGrade(report.damage_grade)]) % facts


def said_by(said: Statement) -> dict[str, str]:
    """When, who, how sure: for the sentences of a dated statement."""
    return {"when": words.when(span(said)), "source": source(said), "certainty": phrases.how_sure(said.certainty)}


def assessed(subject: Subject, reports: dict) -> str:
    """When somebody sure looked last, as precisely as it is known; empty where nobody has."""
    last = subject.after.assessed_on
    if last is None:
        return ""
    used = reports.get(subject.after.report_id)
    return words.date(span(used)) if used and used.date_to == last else words.day(last)


def source(said: Statement) -> str:
    return words.name(said.source.name)


def span(said: Statement) -> Span:
    """Raises ValueError where the statement has no date."""
    if said.date_to is None:
        raise ValueError("This statement has no date.")
    return Span(said.date_from, said.date_to, said.date_precision)


def _agrees(report: ConditionReport, subject: Subject) -> bool:
    """Whether it says what was known the day before, by another's account."""
    earlier = subject.on(report.observed_on - A_DAY)
    known = earlier.damage_grade == report.damage_grade != DamageGrade.UNKNOWN
    return known and report.kind == ReportKind.ASSESSMENT and earlier.report_id != report.pk


def _says_again(report: ConditionReport, subject: Subject, facts: dict[str, str]) -> str:
    """Soon after it is a confirmation; later, somebody has looked again."""
    earlier = subject.on(report.observed_on - A_DAY)
    if earlier.observed_on and report.observed_on - earlier.observed_on <= SOON:
        return _("Confirmed %(when)s by %(source)s (%(certainty)s).") % facts
    said = {**facts, "state": phrases.state(report.damage_grade)}
    return _("Seen again %(when)s by %(source)s: %(state)s, as before (%(certainty)s).") % said


def _contradicts(report: ConditionReport, facts: dict[str, str]) -> str:
    said = {**facts, "state": phrases.state(report.damage_grade)}
    return _("%(source)s contradicts this %(when)s: %(state)s (%(certainty)s).") % said


def _more(report: ConditionReport, *, confirms: bool) -> list[str]:
    """The part, the cause and the fabric, where they are told; what is confirmed has its cause already."""
    more = []
    if report.part:
        more.append(_("This concerns a part: %(part)s.") % {"part": words.name(report.part)})
    causes = [cause for each in report.disturbances.all() if (cause := phrases.cause(each.cause))]
    if causes and not confirms and report.kind != ReportKind.INTERVENTION:
        more.append(_("Cause: %(cause)s.") % {"cause": words.listed(causes)})
    if report.fabric_status and report.kind == ReportKind.INTERVENTION:
        fabric = str(FabricStatus(report.fabric_status).label).lower()
        more.append(_("What stands is now described as: %(fabric)s.") % {"fabric": fabric})
    return more


def contested(subject: Subject, held: Status, reports: dict) -> str:
    """Both sides of a contested status in one sentence; empty where it is not contested or they are not known."""
    used, rival = reports.get(held.report_id), reports.get(held.rival_id)
    if not held.contested or not used or not rival:
        return ""
    facts = {
        "one": source(used),
        "state": phrases.state(used.damage_grade),
        "when": words.when(span(used)),
        "other": source(rival),
        "other_state": phrases.state(rival.damage_grade),
        "other_when": words.when(span(rival)),
    }
    return (
        _(
            "Contested: %(one)s says “%(state)s” %(when)s, %(other)s says “%(other_state)s” %(other_when)s."
            " Until somebody settles it, the worse is used."
        )
        % facts
    )
