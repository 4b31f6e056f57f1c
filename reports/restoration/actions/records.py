"""Money, milestones, dependencies and what people said: what hangs on plans and monuments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.conditions.workflow import NotAllowed, ReasonMissing, WrongState
from reports.recording import keep_version
from reports.restoration.actions.plans import refresh
from reports.restoration.models import CostEstimate, Dependency, Milestone, Plan, Pledge, ProspectStatement
from reports.restoration.queries import waits_for
from sites.responsibility import answers_for

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, PermissionsMixin

    Row = CostEstimate | Pledge | Milestone | ProspectStatement


@transaction.atomic
def save_record(row: Row, *, by: PermissionsMixin | AnonymousUser) -> Row:
    """Enter or change an estimate, a pledge or payment, a milestone or a statement; what it said before is kept.

    Raises NotAllowed, WrongState (it was withdrawn), ValidationError.
    """
    _check(row, "add" if row._state.adding else "change", by)
    row.full_clean()
    if keep_version(row, by=by.pk, at=timezone.now()):
        row.save()
        _tell_plan(row)
    return row


@transaction.atomic
def withdraw(row: Row, *, by: PermissionsMixin | AnonymousUser, reason: str) -> Row:
    """Take back what should not have been entered, with a reason; it stays readable as what was believed.

    Raises NotAllowed, WrongState, ReasonMissing.
    """
    _check(row, "change", by)
    if not reason.strip():
        raise ReasonMissing(_("Give a reason: it is kept with the entry."))
    row.withdrawn_at, row.withdrawn_by_id, row.withdrawal_reason = timezone.now(), by.pk, reason.strip()
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    _tell_plan(row)
    return row


@transaction.atomic
def add_dependency(plan: Plan, needs: Plan, *, by: PermissionsMixin | AnonymousUser, note: str = "") -> Dependency:
    """Have a plan wait for another one. Raises NotAllowed, ValidationError (it would wait for itself)."""
    _may("restoration.add_dependency", plan, by)
    _one_at_a_time()
    if waits_for(needs, plan):
        facts = {"plan": needs.title}
        raise ValidationError({"needs": _("“%(plan)s” waits for this plan itself, so neither could begin.") % facts})
    dependency = Dependency(plan=plan, needs=needs, note=note)
    dependency.full_clean()
    dependency.save()
    return dependency


def remove_dependency(dependency: Dependency, *, by: PermissionsMixin | AnonymousUser) -> None:
    """Raises NotAllowed."""
    _may("restoration.delete_dependency", dependency.plan, by)
    dependency.delete()


def _one_at_a_time() -> None:
    """Two people could close a circle from both ends; SQLite lets one write at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Dependency._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def _check(row: Row, verb: str, by: PermissionsMixin | AnonymousUser) -> None:
    if row.withdrawn_at is not None:
        raise WrongState(_("This entry was withdrawn; enter it anew."))
    _may(f"restoration.{verb}_{row._meta.model_name}", _owner(row), by)


def _may(permission: str, owner: Plan | ProspectStatement, by: PermissionsMixin | AnonymousUser) -> None:
    place = owner.site if isinstance(owner, Plan) else owner.monument
    if not by.has_perm(permission) or not answers_for(by, place):
        raise NotAllowed(_("Your role does not allow this for this site."))


def _owner(row: Row) -> Plan | ProspectStatement:
    return row if isinstance(row, ProspectStatement) else row.plan


def _tell_plan(row: Row) -> None:
    """Payments and milestones are news of the plan."""
    if isinstance(row, Pledge | Milestone):
        refresh(Plan.objects.select_for_update().get(pk=row.plan_id))
