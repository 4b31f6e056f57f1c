"""Why an alert is raised, how severe it is, and what it is about."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Severity(models.IntegerChoices):
    """Numbers in order, so that "at least" is a comparison."""

    INFO = 1, pgettext_lazy("severity", "Information")
    MINOR = 2, pgettext_lazy("severity", "Minor")
    MAJOR = 3, pgettext_lazy("severity", "Major")
    CRITICAL = 4, pgettext_lazy("severity", "Critical")


class Rule(models.TextChoices):
    """Why an alert was raised (`rules.py` decides)."""

    NEW_LOSS = "new_loss", _("New loss")
    DETERIORATION = "deterioration", _("Deterioration")
    FIRST_DAMAGE = "first_damage", _("First damage")
    FIRST_ASSESSMENT = "first_assessment", _("First assessment")
    CONDITION_FALLS = "condition_falls", _("Condition falls")
    IMMINENT_THREAT = "imminent_threat", _("Imminent threat")
    POSSIBLE_THREAT = "possible_threat", _("Possible threat")
    SUSPECTED = "suspected", _("Damage suspected")
    CONTESTED = "contested", _("Contested")
    SETTLED = "settled", _("Contradiction settled")
    CORRECTION = "correction", _("Correction")
    RETRACTION = "retraction", _("Retraction")
    IMPROVEMENT = "improvement", _("Improvement")
    PAST_REPORT = "past_report", _("Report about the past")
    HAZARD = "hazard", _("Hazard on site")
    SITUATION = "situation", _("Event at the site")
    PLAN_NEW = "plan_new", _("New restoration plan")
    PHASE_BEGUN = "phase_begun", _("Restoration begun")
    PLAN_COMPLETED = "plan_completed", _("Restoration completed")
    PLAN_STALLED = "plan_stalled", _("Restoration stalled")
    PLAN_CHANGED = "plan_changed", _("Restoration plan changed")
    PLAN_PROGRESS = "plan_progress", _("Restoration goes on")
    PLAN_OVERDUE = "plan_overdue", _("Restoration overdue")
    INSPECTION_OVERDUE = "inspection_overdue", _("Inspection overdue")
    REVIEW_WAITING = "review_waiting", _("Report waiting for review")
    EVIDENCE_MISMATCH = "evidence_mismatch", _("Evidence damaged or missing")
    WEEKLY_REPORT = "weekly_report", _("Weekly situation report")
    REMINDER = "reminder", _("Nobody has acknowledged this")
    ESCALATION = "escalation", _("Still not acknowledged")


class Kind(models.IntegerChoices):
    """What an alert is about; numbers, as a subscription keeps its choice as their sum."""

    DAMAGE = 1, _("Damage and condition")
    THREAT = 2, _("Threats")
    RESTORATION = 4, _("Improvement and restoration")
    CORRECTION = 8, _("Corrections")
    SITUATION = 16, _("Events at the site, hazards and access")
    DUTY = 32, _("What waits for staff")
    WEEKLY = 64, _("The weekly situation report")


TO_CHOOSE = [kind for kind in Kind if kind != Kind.DUTY]
"""What somebody subscribes to; what waits for staff goes to those whose duty it is."""

ALL_KINDS = sum(kind for kind in TO_CHOOSE if kind != Kind.WEEKLY)
"""What somebody hears about who chose nothing; the weekly report is asked for."""
MOST_KINDS = sum(TO_CHOOSE)


KIND_OF_RULE = {
    Rule.NEW_LOSS: Kind.DAMAGE,
    Rule.DETERIORATION: Kind.DAMAGE,
    Rule.FIRST_DAMAGE: Kind.DAMAGE,
    Rule.FIRST_ASSESSMENT: Kind.DAMAGE,
    Rule.CONDITION_FALLS: Kind.DAMAGE,
    Rule.IMMINENT_THREAT: Kind.THREAT,
    Rule.POSSIBLE_THREAT: Kind.THREAT,
    Rule.SUSPECTED: Kind.DAMAGE,
    Rule.CONTESTED: Kind.CORRECTION,
    Rule.SETTLED: Kind.CORRECTION,
    Rule.CORRECTION: Kind.CORRECTION,
    Rule.RETRACTION: Kind.CORRECTION,
    Rule.IMPROVEMENT: Kind.RESTORATION,
    Rule.PAST_REPORT: Kind.DAMAGE,
    Rule.HAZARD: Kind.SITUATION,
    Rule.SITUATION: Kind.SITUATION,
    Rule.PLAN_NEW: Kind.RESTORATION,
    Rule.PHASE_BEGUN: Kind.RESTORATION,
    Rule.PLAN_COMPLETED: Kind.RESTORATION,
    Rule.PLAN_STALLED: Kind.RESTORATION,
    Rule.PLAN_CHANGED: Kind.RESTORATION,
    Rule.PLAN_PROGRESS: Kind.RESTORATION,
    Rule.PLAN_OVERDUE: Kind.RESTORATION,
    Rule.INSPECTION_OVERDUE: Kind.DUTY,
    Rule.REVIEW_WAITING: Kind.DUTY,
    Rule.EVIDENCE_MISMATCH: Kind.DUTY,
    Rule.WEEKLY_REPORT: Kind.WEEKLY,
    Rule.REMINDER: Kind.DUTY,
    Rule.ESCALATION: Kind.DUTY,
}
