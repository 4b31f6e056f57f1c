"""What can be done with many rows at once: each row by the action that its own page calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Model, Prefetch, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.bulk.forms import Nothing, Titled, ToWhom, Why
from reports.alerts import actions as alerts
from reports.alerts.models import Delivery, Endpoint, Subscription
from reports.conditions import actions as conditions
from reports.conditions import incidents
from reports.conditions.models import ConditionReport
from reports.conditions.workflow import TRANSITIONS, Step, WrongState
from reports.evidence.admin import shown
from reports.evidence.models import Evidence
from reports.evidence.steps import STEPS
from reports.situation_reports import actions as situation_reports
from reports.situation_reports import tasks
from reports.situation_reports.models import SituationReport, State
from reports.waking import wake
from sites.models import Monument
from sites.queries import preferred_name


class Bulk(NamedTuple):
    model: type[Model]
    label: Any
    says: Any
    """What will happen to each of the rows."""
    permission: str
    take: Callable[..., object]
    """With a row, by whom (`by`), and what the form was told. Raises Refused or ValidationError."""
    rows: Callable[[Any], QuerySet]
    """Those that a person may see, with what their labels need."""
    asks: type[Nothing] = Nothing
    named: Callable[[Any], str] = str
    picture: Callable[[Any], str] | None = None
    together: bool = False
    """Each row is put together with the `first` that was done; `take` is told it, and all that were `chosen`."""
    result: Callable[[Any], Model | None] | None = None
    """What came of them all, from the first row that was done."""


def _reports(user: Any) -> QuerySet[ConditionReport]:
    monuments = Prefetch("monument", queryset=Monument.objects.labelled().select_related("site"))
    return ConditionReport.objects.visible_to(user).select_related("incident").prefetch_related(monuments)


def _evidence(user: Any) -> QuerySet[Evidence]:
    known = Evidence.objects.known_to(user).annotate(monument_label=preferred_name("monument", "monument_id"))
    return known.select_related("monument").prefetch_related("renditions")


def _evidence_named(evidence: Any) -> str:
    """Of the withdrawn, only that it was there."""
    words = "" if evidence.withdrawn_at else evidence.caption
    return f"{evidence.monument_label or evidence.monument.slug} · {words or evidence}"


def _deliveries(_user: Any) -> QuerySet[Delivery]:
    return Delivery.objects.prefetch_related("reasons__user")


def _subscriptions(_user: Any) -> QuerySet[Subscription]:
    return Subscription.objects.select_related("user", "site", "monument", "search", "endpoint")


def _subscription_named(subscription: Subscription) -> str:
    return f"{subscription.user or subscription.address}: {subscription}"


def _without_name(action: Callable[[Any], object]) -> Callable[..., object]:
    """An action that does not ask who takes it: `permission` has been asked for already."""

    def take(row: Any, *, by: Any) -> None:
        action(row)

    return take


def _make_again(report: SituationReport, *, by: Any) -> None:
    if report.state != State.FAILED:
        raise WrongState(gettext("It has not failed."))
    situation_reports.make_again(report)
    wake(tasks.make, report.pk)


def _fold(report: ConditionReport, *, by: Any, title: str, first: str | None, chosen: Sequence[str]) -> None:
    together = {report.pk, UUID(first)} if first else {report.pk}
    incidents.fold(together, by=by, title=title, among=[UUID(key) for key in chosen])


def _of_evidence(name: str) -> Bulk:
    step = STEPS[name]

    def take(evidence: Evidence, *, by: Any, reason: str = "") -> None:
        step.take(evidence, by=by, reason=reason)

    return Bulk(
        model=Evidence,
        label=step.label,
        says=step.question,
        permission="evidence.publish_evidence",
        take=take,
        rows=_evidence,
        asks=Why if step.needs_reason else Nothing,
        named=_evidence_named,
        picture=shown.picture,
    )


BULKS = {
    "fold": Bulk(
        model=ConditionReport,
        label=_("Fold into one incident"),
        says=_("They tell of one incident from then on; an incident that one of them belongs to comes along."),
        permission="conditions.change_incident",
        take=_fold,
        rows=_reports,
        asks=Titled,
        together=True,
        result=lambda report: report.incident,
    ),
    "assign": Bulk(
        model=ConditionReport,
        label=_("Assign"),
        says=_("One person looks after the review of each of them, instead of who did so before."),
        permission=TRANSITIONS[Step.VERIFY].permission,
        take=conditions.assign,
        rows=_reports,
        asks=ToWhom,
    ),
    "retract": Bulk(
        model=ConditionReport,
        label=_("Retract"),
        says=_("They count no longer: statuses are derived anew, and who was told of them is told of that."),
        permission=TRANSITIONS[Step.RETRACT].permission,
        take=conditions.retract,
        rows=_reports,
        asks=Why,
    ),
    **{name: _of_evidence(name) for name in STEPS},
    "make_again": Bulk(
        model=SituationReport,
        label=_("Make those that failed again"),
        says=_("They are made again as of their moment; what is ready stays as it is."),
        permission="situation_reports.change_situationreport",
        take=_make_again,
        rows=lambda user: SituationReport.objects.visible_to(user).select_related("site"),
        named=lambda report: report.about,
    ),
    "send_again": Bulk(
        model=Delivery,
        label=_("Send again"),
        says=_("They go into the outbox again, to where their readers are now."),
        permission="alerts.resend_delivery",
        take=_without_name(alerts.resend),
        rows=_deliveries,
    ),
    "stop": Bulk(
        model=Subscription,
        label=_("Stop: tell them no longer"),
        says=_("The subscriptions end; what waits in the outbox for them alone is withheld."),
        permission="alerts.change_subscription",
        take=_without_name(alerts.end),
        rows=_subscriptions,
        named=_subscription_named,
    ),
    "remove": Bulk(
        model=Endpoint,
        label=_("Remove: call it no longer"),
        says=_("The programs are called no longer, their subscriptions go, and what waits for them fails."),
        permission="alerts.delete_endpoint",
        take=_without_name(alerts.remove_endpoint),
        rows=lambda user: Endpoint.objects.all(),
        named=lambda endpoint: endpoint.url,
    ),
}
"""By the name of the action in its list."""
