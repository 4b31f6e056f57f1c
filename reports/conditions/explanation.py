"""Why a monument has the status it has: which reports count, which do not and why, what would change it.

Pure but for the reader's language: page, admin and API show the same `Explanation`.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db import models
from django.utils import formats
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from reports.conditions import status
from reports.conditions.status import Observation, Status
from reports.vocabulary import GRADE_RANK, STATUS_KINDS, DamageGrade
from sites.dates import Span, describe


class Standing(models.TextChoices):
    """Whether a published report stood at the moment asked about."""

    STANDS = "stands"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"
    CONFIDENTIAL = "confidential"


class Bearing(models.TextChoices):
    """How a report bears on a status."""

    USED = "used", _("Gives the status")
    RIVAL = "rival", _("Contradicts the one that gives the status")
    AGREES = "agrees", _("Says the same")
    OLDER = "older", _("Counts, but another one was observed later, or is surer")
    SETTLED = "settled", _("Settled: a later finding that cites it takes its place")
    UNSURE = "unsure", _("Does not count: its certainty is below medium")
    NO_GRADE = "no_grade", _("Does not count: it tells no grade")
    OTHER_KIND = "other_kind", _("Does not count: threats and situations set no status")
    LATER = "later", _("Does not count yet: it was observed after this day")
    SUPERSEDED = "superseded", _("Does not count: it was corrected by a new report")
    RETRACTED = "retracted", _("Does not count: it was retracted")
    CONFIDENTIAL = "confidential", _("Does not count: it is confidential")


class Rule(models.TextChoices):
    """The line of docs/status.md that gave the status."""

    NOTHING_COUNTS = "nothing_counts", _("No report counts, so the grade is unknown.")
    LATEST = "latest", _("The sure report that was observed last gives the status.")
    WORSE_OF_TWO = "worse_of_two", _("Two sources contradict each other about the same time; the worse grade is used.")
    FINDING = "finding", _("A finding that cites the reports which contradicted each other gives the status.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One published report as the explanation needs it."""

    observation: Observation
    source_name: str
    standing: Standing = Standing.STANDS

    @property
    def id(self) -> UUID:
        return self.observation.id

    @property
    def observed_text(self) -> str:
        """When it was observed, in the reader's language."""
        o = self.observation
        return describe(Span(o.observed_from, o.observed_on, o.observed_precision))


class Verdict(NamedTuple):
    account: Account
    bearing: Bearing


class Explanation(NamedTuple):
    status: Status
    rule: Rule
    since: datetime.date | None
    """From which day on the grade has been this, without a break; None where nothing counts."""
    verdicts: list[Verdict]
    """Every published report, the last observed first."""
    sentence: str
    outlook: list[str]
    """What would change the status."""


def explain(accounts: Sequence[Account], day: datetime.date) -> Explanation:
    """Why the status on that day is what it is, by these published reports."""
    standing = [a.observation for a in accounts if a.standing == Standing.STANDS]
    periods = status.derive(standing)
    held = status.at(periods, day)
    known = [o for o in standing if o.observed_on <= day]
    verdicts = [Verdict(a, _bearing(a, held, known, day)) for a in sorted(accounts, key=_latest_first)]
    rule = _rule(held, known)
    since = _since(periods, day)
    return Explanation(
        status=held,
        rule=rule,
        since=since,
        verdicts=verdicts,
        sentence=_sentence(held, since, verdicts),
        outlook=_outlook(held, standing, day, {a.id: a for a in accounts}),
    )


def _latest_first(account: Account) -> tuple:
    o = account.observation
    return (-o.observed_on.toordinal(), -o.published_at.timestamp(), o.id)


def _bearing(account: Account, held: Status, known: list[Observation], day: datetime.date) -> Bearing:
    o = account.observation
    if account.standing != Standing.STANDS:
        return Bearing(account.standing)
    if o.kind not in STATUS_KINDS:
        return Bearing.OTHER_KIND
    if o.observed_on > day:
        return Bearing.LATER
    if o.id in status.settled(known):
        return Bearing.SETTLED
    return _bearing_of_known(o, held)


def _bearing_of_known(o: Observation, held: Status) -> Bearing:
    if o.id == held.report_id:
        return Bearing.USED
    if o.id == held.rival_id:
        return Bearing.RIVAL
    if o.damage_grade not in GRADE_RANK:
        return Bearing.NO_GRADE
    if not status.counts(o):
        return Bearing.UNSURE
    return Bearing.AGREES if o.damage_grade == held.damage_grade else Bearing.OLDER


def _rule(held: Status, known: list[Observation]) -> Rule:
    if held.report_id is None:
        return Rule.NOTHING_COUNTS
    if held.contested:
        return Rule.WORSE_OF_TWO
    used = next(o for o in known if o.id == held.report_id)
    return Rule.FINDING if len(used.cites) >= status.CITED_TO_SETTLE else Rule.LATEST


def _since(periods: Sequence[status.Period], day: datetime.date) -> datetime.date | None:
    since = None
    for period in reversed([period for period in periods if period.valid_from <= day]):
        if since and period.status.damage_grade != status.at(periods, day).damage_grade:
            return since
        since = period.valid_from
    return since


def _sentence(held: Status, since: datetime.date | None, verdicts: list[Verdict]) -> str:
    by_bearing = {verdict.bearing: verdict.account for verdict in reversed(verdicts)}
    if held.report_id is None:
        return _unknown(verdicts)
    used = by_bearing[Bearing.USED]
    since = since or used.observation.observed_on
    facts = {
        "grade": held.grade_label,
        "since": formats.date_format(since),
        "source": used.source_name,
        "certainty": held.certainty_label.lower(),
        "observed": held.observed_text,
    }
    if held.contested:
        rival = by_bearing[Bearing.RIVAL]
        facts |= {"rival": rival.source_name, "other": _grade(rival.observation)}
        return (
            gettext(
                "%(grade)s since %(since)s, but contested: %(source)s says so (certainty: %(certainty)s),"
                " %(rival)s says: %(other)s."
            )
            % facts
        )
    sentence = gettext(
        "%(grade)s since %(since)s: so says %(source)s (observed: %(observed)s; certainty: %(certainty)s)."
    )
    return " ".join(filter(None, [sentence % facts, _agreement(used, verdicts)]))


def _agreement(used: Account, verdicts: list[Verdict]) -> str:
    others = {v.account.observation.source for v in verdicts if v.bearing == Bearing.AGREES} - {
        used.observation.source
    }
    if not others:
        return ""
    return ngettext("%(count)d other source says the same.", "%(count)d other sources say the same.", len(others)) % {
        "count": len(others)
    }


def _unknown(verdicts: list[Verdict]) -> str:
    if not verdicts:
        return gettext("Unknown: no report has been published.")
    return ngettext(
        "Unknown: %(count)d report has been published, and it does not count.",
        "Unknown: %(count)d reports have been published, and none of them counts.",
        len(verdicts),
    ) % {"count": len(verdicts)}


def _outlook(
    held: Status, standing: list[Observation], day: datetime.date, accounts: dict[UUID, Account]
) -> list[str]:
    if held.report_id is None or held.assessed_on is None:
        return [gettext("A published report of at least medium certainty that tells a damage grade.")]
    lines = []
    if held.contested:
        lines.append(gettext("A verifier's finding that cites both reports settles the contradiction."))
    if held.suspected:
        lines.append(gettext("A report of at least medium certainty would confirm or dispel the suspicion."))
    lines.append(
        gettext("A sure report of another grade, observed on %(day)s or later.")
        % {"day": formats.date_format(held.assessed_on)}
    )
    without = status.at(status.derive([o for o in standing if o.id != held.report_id]), day)
    facts = {"source": accounts[held.report_id].source_name, "grade": without.grade_label}
    if without.damage_grade != held.damage_grade:
        lines.append(gettext("If the report of %(source)s were retracted, the grade would be: %(grade)s.") % facts)
    else:
        lines.append(gettext("If the report of %(source)s were retracted, the grade would stay: %(grade)s.") % facts)
    return lines


def _grade(o: Observation) -> str:
    return str(DamageGrade(o.damage_grade).label)
