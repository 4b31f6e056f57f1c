"""The life of a condition report: its states, the steps between them, and who may take them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sites.responsibility import answers_for

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, PermissionsMixin

    from reports.conditions.models import ConditionReport


class State(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("report", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("report", "Submitted")
    VERIFIED = "verified", pgettext_lazy("report", "Verified")
    PUBLISHED = "published", pgettext_lazy("report", "Published")
    SUPERSEDED = "superseded", pgettext_lazy("report", "Superseded")
    RETRACTED = "retracted", pgettext_lazy("report", "Retracted")


ONCE_PUBLISHED = (State.PUBLISHED, State.SUPERSEDED, State.RETRACTED)
"""The states that a report reaches only by publication; nothing in it changes any more."""


class VerificationMethod(models.TextChoices):
    SITE_VISIT = "site_visit", _("Site visit")
    SATELLITE = "satellite", _("Satellite imagery")
    PHOTO_GEOLOCATED = "photo_geolocated", _("Photograph placed on the map")
    TWO_SOURCES = "two_sources", _("Two independent sources")
    OFFICIAL_STATEMENT = "official_statement", _("Official statement")


class Step(models.TextChoices):
    SUBMIT = "submit", _("Submit")
    REJECT = "reject", _("Reject")
    VERIFY = "verify", _("Verify")
    EMBARGO = "embargo", _("Put under embargo")
    PUBLISH = "publish", _("Publish")
    RETRACT = "retract", _("Retract")


class Transition(NamedTuple):
    start: State
    end: State
    permission: str
    four_eyes: bool


TRANSITIONS = {
    Step.SUBMIT: Transition(State.DRAFT, State.SUBMITTED, "conditions.submit_conditionreport", four_eyes=False),
    Step.REJECT: Transition(State.SUBMITTED, State.DRAFT, "conditions.verify_conditionreport", four_eyes=True),
    Step.VERIFY: Transition(State.SUBMITTED, State.VERIFIED, "conditions.verify_conditionreport", four_eyes=True),
    Step.EMBARGO: Transition(State.VERIFIED, State.VERIFIED, "conditions.publish_conditionreport", four_eyes=True),
    Step.PUBLISH: Transition(State.VERIFIED, State.PUBLISHED, "conditions.publish_conditionreport", four_eyes=True),
    Step.RETRACT: Transition(State.PUBLISHED, State.RETRACTED, "conditions.retract_conditionreport", four_eyes=True),
}
"""The state machine. `superseded` is not a step of its own: a report becomes it when its correction is published."""


class Refused(Exception):
    """The step was not taken; the message says why, in the reader's language."""


class WrongState(Refused):
    """The report is not in the state from which this step starts."""


class NotAllowed(Refused):
    """This person may not take this step with this report."""


class Conflict(Refused):
    """Somebody else changed the report since this person saw it; nothing was overwritten."""


class ReasonMissing(Refused):
    """A step that needs a reason, or a method, without it."""


def refusal(report: ConditionReport, step: Step, by: PermissionsMixin | AnonymousUser) -> Exception | None:
    """Why `by` cannot take the step now; None if nothing is in the way."""
    transition = TRANSITIONS[step]
    if report.state != transition.start:
        message = gettext("“%(step)s” is not possible: the report is %(state)s.")
        return WrongState(message % {"step": step.label, "state": report.get_state_display().lower()})
    if not by.has_perm(transition.permission):
        return NotAllowed(gettext("Your role does not allow “%(step)s”.") % {"step": step.label})
    if not answers_for(by, report.monument):
        return NotAllowed(gettext("You do not answer for this site."))
    if transition.four_eyes and settings.FOUR_EYES and report.author_id == by.pk:
        return NotAllowed(
            gettext("Four eyes: somebody else must take “%(step)s” with your report.") % {"step": step.label}
        )
    return None


def steps_open_to(report: ConditionReport, by: PermissionsMixin | AnonymousUser) -> list[Step]:
    """The steps that `by` may take with the report now, in their usual order."""
    return [step for step in Step if refusal(report, step, by) is None]
