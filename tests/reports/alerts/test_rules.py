"""What deserves an alert, and how severe it is."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.alerts.models import Rule, Severity
from reports.alerts.rules import DangerFacts, ThreatFacts, Warnings, assess
from reports.conditions.actions import Change
from reports.conditions.status import Period, Status
from reports.vocabulary import GRADE_RANK, CauseCategory, CauseType, Certainty, DamageGrade, ThreatProbability

DAY = datetime.date(2016, 1, 1)
EARLIER = datetime.date(2015, 1, 1)
grades = st.sampled_from(DamageGrade.values)


def held(since, **facts):
    return Period(since, None, Status(certainty=Certainty.HIGH, observed_on=since, **facts))


def findings(before, after, change=Change.PUBLISHED):
    """A report of DAY turns the state `before` into `after`."""
    old = [held(EARLIER, **{"assessed_on": EARLIER, **before})] if before else []
    closed = [period._replace(valid_to=DAY) for period in old]
    return assess(change, DAY, Warnings(), old, [*closed, held(DAY, **{"assessed_on": DAY, **after})], today=DAY)


def publication(before, after, change=Change.PUBLISHED):
    """The most severe thing to tell."""
    return next(iter(findings(before, after, change)), None)


def warned(*threats, days_ago=0, known=None):
    """What is told of a report of DAY that warns of threats and changes no status."""
    warnings = Warnings(threats=threats, known_threats=known or {})
    return assess(Change.PUBLISHED, DAY, warnings, [], [], today=DAY + datetime.timedelta(days=days_ago))


def endangered(danger, certainty, known=None):
    warnings = Warnings(dangers=[DangerFacts(danger, certainty)], known_dangers=known or {})
    return assess(Change.PUBLISHED, DAY, warnings, [], [], today=DAY)


@pytest.mark.parametrize(
    ("before", "after", "rule", "severity"),
    [
        ("none", "moderate", Rule.NEW_LOSS, Severity.CRITICAL),
        ("severe", "very_severe", Rule.NEW_LOSS, Severity.CRITICAL),
        ("unknown", "destroyed", Rule.NEW_LOSS, Severity.CRITICAL),
        ("slight", "moderate", Rule.DETERIORATION, Severity.MAJOR),
        ("moderate", "severe", Rule.DETERIORATION, Severity.MAJOR),
        ("none", "slight", Rule.FIRST_DAMAGE, Severity.MINOR),
        ("destroyed", "slight", Rule.IMPROVEMENT, Severity.INFO),
    ],
)
def test_a_change_of_grade(before, after, rule, severity):
    assert publication({"damage_grade": before}, {"damage_grade": after}) == (rule, severity)


def test_the_first_report_of_a_loss_is_a_new_loss():
    assert publication({}, {"damage_grade": "destroyed"}).rule == Rule.NEW_LOSS


def test_a_report_that_confirms_is_no_news():
    assert publication({"damage_grade": "severe"}, {"damage_grade": "severe"}) is None


def test_a_falling_condition_is_major():
    before = {"damage_grade": "slight", "condition": "good"}

    assert publication(before, before | {"condition": "very_bad"}) == (Rule.CONDITION_FALLS, Severity.MAJOR)


def test_a_suspicion_is_minor():
    before = {"damage_grade": "slight"}

    assert publication(before, before | {"suspected": True}) == (Rule.SUSPECTED, Severity.MINOR)


def test_of_several_the_most_severe_is_told():
    before = {"damage_grade": "slight", "condition": "good"}

    assert publication(before, {"damage_grade": "destroyed", "condition": "destroyed"}).rule == Rule.NEW_LOSS


@pytest.mark.parametrize(
    ("category", "cause", "probability", "rule"),
    [
        ("natural", CauseType.FLOODING, "planned", Rule.IMMINENT_THREAT),
        ("military_armed_conflict", CauseType.UNKNOWN, "probable", Rule.IMMINENT_THREAT),
        ("looting_illegal", CauseType.EXCAVATION_HAND, "probable", Rule.IMMINENT_THREAT),
        ("management_institutional", CauseType.LACK_OF_MAINTENANCE, "probable", Rule.IMMINENT_THREAT),
        ("natural", CauseType.FLOODING, "probable", Rule.POSSIBLE_THREAT),
        ("military_armed_conflict", CauseType.UNKNOWN, "possible", Rule.POSSIBLE_THREAT),
    ],
)
def test_a_threat(category, cause, probability, rule):
    assert [finding.rule for finding in warned(ThreatFacts(category, cause, probability))] == [rule]


FLOOD = ("natural", CauseType.FLOODING)


@pytest.mark.parametrize("probability", ["possible", "probable"])
def test_a_threat_that_is_known_is_no_news(probability):
    assert warned(ThreatFacts(*FLOOD, probability), known={FLOOD: "probable"}) == []


def test_a_threat_that_became_likelier_is_told():
    assert warned(ThreatFacts(*FLOOD, "probable"), known={FLOOD: "possible"}) == [
        (Rule.POSSIBLE_THREAT, Severity.MINOR)
    ]
    assert warned(ThreatFacts(*FLOOD, "planned"), known={FLOOD: "probable"}) == [
        (Rule.IMMINENT_THREAT, Severity.MAJOR)
    ]


def test_another_threat_to_the_same_monument_is_told():
    assert warned(ThreatFacts("natural", CauseType.SEISMIC_ACTIVITY, "planned"), known={FLOOD: "planned"})


def test_a_threat_of_more_than_a_year_ago_is_history():
    assert warned(ThreatFacts(*FLOOD, "planned"), days_ago=366) == [(Rule.PAST_REPORT, Severity.INFO)]


@pytest.mark.parametrize(("certainty", "severity"), [("high", Severity.MAJOR), ("low", Severity.MINOR)])
def test_a_danger_to_people_is_a_hazard(certainty, severity):
    assert endangered("mines", certainty) == [(Rule.HAZARD, severity)]


def test_a_danger_that_is_known_is_told_again_only_when_it_became_sure():
    assert endangered("mines", "high", known={"mines": True}) == []
    assert endangered("mines", "low", known={"mines": False}) == []
    assert endangered("mines", "high", known={"mines": False}) == [(Rule.HAZARD, Severity.MAJOR)]


def test_the_first_assessment_is_told_also_when_nothing_is_damaged():
    assert findings({}, {"damage_grade": "none"}) == [(Rule.FIRST_ASSESSMENT, Severity.INFO)]


def test_the_next_assessment_is_no_news():
    assert findings({"damage_grade": "none"}, {"damage_grade": "none"}) == []


def test_a_better_condition_is_an_improvement():
    before = {"damage_grade": "severe", "condition": "very_bad"}

    assert publication(before, before | {"condition": "fair"}) == (Rule.IMPROVEMENT, Severity.INFO)


def test_a_contradiction_is_told_and_that_it_is_settled():
    before = {"damage_grade": "severe"}

    assert publication(before, before | {"contested": True}) == (Rule.CONTESTED, Severity.INFO)
    assert publication(before | {"contested": True}, before) == (Rule.SETTLED, Severity.INFO)


def test_a_report_about_the_past_is_an_information():
    before = [held(DAY, damage_grade="severe")]
    after = [Period(EARLIER, DAY, Status(damage_grade="destroyed", observed_on=EARLIER)), *before]

    found = assess(Change.PUBLISHED, EARLIER, Warnings(), before, after, today=DAY)

    assert found == [(Rule.PAST_REPORT, Severity.INFO)]


def test_a_correction_that_reveals_a_loss_is_told_as_one():
    found = publication({"damage_grade": "slight"}, {"damage_grade": "destroyed"}, change=Change.CORRECTED)

    assert found.rule == Rule.NEW_LOSS


def test_a_correction_for_the_better_goes_to_those_who_were_told():
    found = publication({"damage_grade": "destroyed"}, {"damage_grade": "slight"}, change=Change.CORRECTED)

    assert found == (Rule.CORRECTION, Severity.INFO)


@given(grades, grades)
def test_a_retraction_is_always_told(before, after):
    found = publication({"damage_grade": before}, {"damage_grade": after}, change=Change.RETRACTED)

    assert found == (Rule.RETRACTION, Severity.INFO)


@given(st.sampled_from(list(GRADE_RANK)), st.sampled_from(list(GRADE_RANK)), st.sampled_from(list(GRADE_RANK)))
def test_a_greater_loss_is_never_less_severe(before, one, other):
    less, more = sorted([one, other], key=GRADE_RANK.__getitem__)
    if GRADE_RANK[less] < GRADE_RANK[before]:
        return

    def severity(after):
        found = publication({"damage_grade": before}, {"damage_grade": after})
        return found.severity if found else 0

    assert severity(less) <= severity(more)


@given(st.sampled_from(CauseCategory.values), st.sampled_from(CauseType.values))
def test_a_likelier_threat_is_never_less_severe(category, cause):
    def severity(probability):
        return warned(ThreatFacts(category, cause, probability))[0].severity

    order = [ThreatProbability.POSSIBLE, ThreatProbability.PROBABLE, ThreatProbability.PLANNED]
    assert sorted(map(severity, order)) == list(map(severity, order))
