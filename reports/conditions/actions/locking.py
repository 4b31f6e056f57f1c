"""Two people at once: rows are locked while they change, and who comes second is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from reports.conditions import visibility
from reports.conditions.models import (
    ConditionReport,
)
from reports.conditions.workflow import (
    Conflict,
    State,
)
from sites.models import Monument

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, PermissionsMixin


def locked(report: ConditionReport) -> ConditionReport:
    return ConditionReport.objects.select_for_update().get(pk=report.pk)


def locked_monument(report: ConditionReport) -> Monument:
    """First the monument, then the report: everybody in the same order, so that nobody waits in a circle."""
    return Monument.objects.select_for_update().get(pk=report.monument_id)


def refuse_if_changed(report: ConditionReport, seen: int | None, *, by: PermissionsMixin | AnonymousUser) -> None:
    """Raises Conflict, with what the other did, where `seen` is not the version that is stored."""
    if seen is None or seen == report.version:
        return
    last = report.steps.select_related("by").last()
    if last is None or last.to_state == State.DRAFT:
        raise Conflict(_("Somebody else has changed this draft since you opened it. Nothing was overwritten."))
    known = visibility.names_people_to(by, report)
    facts = {
        "step": last.get_step_display(),
        "who": last.by if known else _("Somebody else"),
        "state": report.get_state_display().lower(),
    }
    raise Conflict(_("%(who)s was faster: “%(step)s”. The report is %(state)s now; nothing was overwritten.") % facts)
