"""Code lists of restoration. Codes are stored as they stand; labels are translated."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Phase(models.TextChoices):
    """In the order in which they follow each other."""

    EMERGENCY_STABILISATION = "emergency_stabilisation", _("Emergency stabilisation")
    DOCUMENTATION = "documentation", _("Documentation")
    CONSERVATION = "conservation", pgettext_lazy("phase", "Conservation")
    ANASTYLOSIS = "anastylosis", pgettext_lazy("phase", "Anastylosis")
    RECONSTRUCTION = "reconstruction", pgettext_lazy("phase", "Reconstruction")
    PRESENTATION_MAINTENANCE = "presentation_maintenance", _("Presentation and maintenance")


RESTORING = (Phase.CONSERVATION, Phase.ANASTYLOSIS, Phase.RECONSTRUCTION)
"""The phases that give back something of what was lost; what comes before them secures and records."""


class PlanStatus(models.TextChoices):
    HOPED = "hoped", pgettext_lazy("plan", "Hoped for")
    PROPOSED = "proposed", pgettext_lazy("plan", "Proposed")
    UNDER_STUDY = "under_study", pgettext_lazy("plan", "Under study")
    SUBMITTED = "submitted", pgettext_lazy("plan", "Submitted")
    APPROVED = "approved", pgettext_lazy("plan", "Approved")
    FUNDED = "funded", pgettext_lazy("plan", "Funded")
    IN_PROGRESS = "in_progress", pgettext_lazy("plan", "In progress")
    COMPLETED = "completed", pgettext_lazy("plan", "Completed")
    SUSPENDED = "suspended", pgettext_lazy("plan", "Suspended")
    REJECTED = "rejected", pgettext_lazy("plan", "Rejected")
    ABANDONED = "abandoned", pgettext_lazy("plan", "Abandoned")


class Letter(models.TextChoices):
    """Priority: Historic England, Heritage at Risk Register."""

    A = "A", _("A: immediate risk of further loss; no solution agreed")
    B = "B", _("B: immediate risk of further loss; solution agreed, not yet carried out")
    C = "C", _("C: slow decay; no solution agreed")
    D = "D", _("D: slow decay; solution agreed, not yet carried out")
    E = "E", _("E: in fair to good repair, but without a user or threatened by vacancy")
    F = "F", _("F: repair under way")


class Feasibility(models.TextChoices):
    HIGH = "high", pgettext_lazy("feasibility", "High")
    MEDIUM = "medium", pgettext_lazy("feasibility", "Medium")
    LOW = "low", pgettext_lazy("feasibility", "Low")
    NOT_FEASIBLE = "not_feasible", pgettext_lazy("feasibility", "Not feasible")
    UNKNOWN = "unknown", pgettext_lazy("feasibility", "Unknown")


class Charter(models.TextChoices):
    """What the method rests on; each with what it asks for, in our words."""

    VENICE = "venice_1964", _("Venice Charter (1964): minimum intervention, additions that can be told apart")
    NARA = "nara_1994", _("Nara Document (1994): authenticity judged within its culture")
    RIGA = "riga_2000", _("Riga Charter (2000): reconstruction only exceptionally, on an exhaustive record")
    BURRA = "burra_2013", _("Burra Charter (1979, 2013): as much as necessary, as little as possible")
    WARSAW = "warsaw_2018", _("Warsaw Recommendation (2018): recovery and reconstruction of cultural heritage")
    HAGUE = "hague_1954", _("Hague Convention (1954) with its Protocol of 1999")


class Word(models.TextChoices):
    """The prospect of a monument, in one word that everybody understands."""

    LOST = "lost", pgettext_lazy("prospect", "Lost")
    UNCERTAIN = "uncertain", pgettext_lazy("prospect", "Uncertain")
    HOPEFUL = "hopeful", pgettext_lazy("prospect", "Hopeful")
    PLANNED = "planned", pgettext_lazy("prospect", "Planned")
    UNDER_WAY = "under_way", pgettext_lazy("prospect", "Under way")
    RESTORED_IN_PART = "restored_in_part", pgettext_lazy("prospect", "Restored in part")
    RESTORED = "restored", pgettext_lazy("prospect", "Restored")


class Stage(models.TextChoices):
    """How far a donor's money has come."""

    PLEDGED = "pledged", pgettext_lazy("money", "Pledged")
    COMMITTED = "committed", pgettext_lazy("money", "Committed")
    PAID = "paid", pgettext_lazy("money", "Paid")
