"""What an inspection goes through, and what is looked at."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("inspection", "Planned")
    ASSIGNED = "assigned", pgettext_lazy("inspection", "Assigned")
    DONE = "done", pgettext_lazy("inspection", "Done")
    CANCELLED = "cancelled", pgettext_lazy("inspection", "Cancelled")


OPEN = (State.PLANNED, State.ASSIGNED)
"""What somebody still has to do."""


class Step(models.TextChoices):
    PLAN = "plan", _("Plan")
    ASSIGN = "assign", _("Assign")
    RESCHEDULE = "reschedule", _("Put off or bring forward")
    RECORD = "record", _("Record the result")
    CANCEL = "cancel", _("Cancel the inspection")


WITH_REASON = (Step.RESCHEDULE, Step.CANCEL)


class Task(models.TextChoices):
    """What is looked at on the spot, in the order of a walk."""

    ACCESS = "access", _("Way in, and who was asked whether it is safe")
    OVERVIEW = "overview", _("Photographs of the whole, from the usual standpoints")
    SIDES = "sides", _("Photographs of each side, the roof and the inside")
    DAMAGE = "damage", _("Damage since the last report: grade, extent, causes")
    CONDITION = "condition", _("Condition: cracks, leaning, damp, growth, loose blocks")
    THREATS = "threats", _("Threats: digging, building, water, people, weapons")
    LOOTING = "looting", _("Pits, missing pieces, fresh breaks")
    PROTECTION = "protection", _("Whether props, fences and covers still hold")
    PEOPLE = "people", _("What people nearby say")
