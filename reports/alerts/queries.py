"""Reading subscriptions, alerts and the outbox."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, When
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone

from reports.conditions.questions import Question
from reports.inspections.models import Inspection
from reports.restoration.models import Plan
from reports.vocabulary import GRADE_RANK
from sites import areas
from sites.models import Monument, Site
from sites.queries import EVERYBODY, MonumentQuerySet
from sites.responsibility import area_of

if TYPE_CHECKING:
    from reports.alerts.models import Alert, Search, Subscription

UNREAD_FOR = datetime.timedelta(days=30)
"""What is older is history, not news."""
MOST_UNREAD = 100


class AlertQuerySet(QuerySet):
    def visible_to(self, user: PermissionsMixin | AnonymousUser) -> Self:
        """What this person may read: nothing of what became confidential, suspicions and duties for staff alone."""
        from reports.alerts.models import KIND_OF_RULE, Kind, Rule

        open_to_all = self.exclude(report__confidential=True)
        if not user.has_perm("conditions.verify_conditionreport"):
            open_to_all = open_to_all.exclude(rule=Rule.SUSPECTED)
        duties = [rule for rule, kind in KIND_OF_RULE.items() if kind == Kind.DUTY]
        if not user.has_perm("alerts.acknowledge_alert"):
            return open_to_all.exclude(rule__in=duties)
        from reports.conditions.models import ConditionReport

        if not user.has_perm("evidence.view_damagedoriginal"):
            of_originals = Q(rule=Rule.EVIDENCE_MISMATCH) | Q(repeats__rule=Rule.EVIDENCE_MISMATCH)
            open_to_all = open_to_all.exclude(of_originals)
        # That a silo has a report or a visit under way is known to those alone who may see it.
        waiting, readable = Q(rule=Rule.REVIEW_WAITING), ConditionReport.objects.visible_to(user)
        known = open_to_all.exclude(waiting & ~Q(report__in=readable.values("pk")))
        inspections = Inspection.objects.visible_to(user).values("pk")
        known = known.filter(Q(inspection=None) | Q(inspection__in=inspections))
        area = area_of(user)
        return known if area.everywhere else known.filter(~Q(rule__in=duties) | area.condition("site"))

    def told(self) -> Self:
        """Without what joined another and what repeats one."""
        return self.filter(joins=None, repeats=None)

    def news(self) -> Self:
        """What happened, without what only waits for staff, and without reports on what somebody drew."""
        from reports.alerts.models import KIND_OF_RULE, Kind

        duties = [rule for rule, kind in KIND_OF_RULE.items() if kind == Kind.DUTY]
        of_a_place = Q(site__isnull=False) | ~Q(situation_report__country="")
        return self.told().exclude(rule__in=duties).filter(of_a_place)


class SearchQuerySet(QuerySet):
    def finding(self, site: Site, monument: Monument | None) -> list[UUID]:
        """The keys of the searches to which this place belongs; the other direction of `found_by`.

        What happens to a whole site belongs to searches that ask nothing of single monuments.
        """
        place = monument or site
        wanted = Q(country="") | Q(country=str(site.country))
        wanted &= Q(site=None) | Q(site=site)
        wanted &= Q(type="") | Q(type=monument.type if monument else "")
        wanted &= Q(least_grade="") | Q(least_grade__in=_grades_reached(monument))
        lon, lat = place.public_longitude, place.public_latitude
        around = Q(west__lte=lon, east__gte=lon, south__lte=lat, north__gte=lat) if lon is not None else Q(pk=None)
        rows = self.filter(wanted).filter(Q(west=None) | around).values_list("pk", "area")
        return [pk for pk, area in rows if area is None or areas.contains(area, lon, lat)]


class SubscriptionQuerySet(QuerySet):
    def running(self) -> Self:
        """Those that count: confirmed, not ended, of nobody who was shut out."""
        return self.filter(ended_at=None, confirmed_at__isnull=False).exclude(user__is_active=False)

    def telling(self) -> Self:
        """Of these, the ones that are not paused."""
        return self.running().filter(paused_at=None)

    def of_outsider(self, address: str) -> Self:
        """What somebody without an account asked for and confirmed."""
        return self.running().filter(user=None, address=address)

    def addressed(self) -> Self:
        """Each with `reader_address`, whoever it is of, without those that refuse our messages."""
        by_mail = Lower(Coalesce("user__email", "address"))
        reader = Case(When(endpoint__isnull=False, then=F("endpoint")), default=by_mail, output_field=CharField())
        return without_refused(self.annotate(reader_address=reader, reader_language=F("language")))


class DeliveryQuerySet(QuerySet):
    def due(self, now: datetime.datetime) -> Self:
        """To be sent now; a leased one is due again when its lease has run out."""
        return self.filter(settled_at=None, due_at__lte=now)


def without_refused(readers: Any) -> Any:
    """Of rows with `reader_address` those whose address takes our messages."""
    from reports.alerts.models import Suppression

    return readers.filter(~Exists(Suppression.objects.filter(address=OuterRef("reader_address"))))


def found_by(search: Search) -> MonumentQuerySet:
    """The monuments that a search finds, by today's knowledge, all with what the public may see of their places."""
    return asking(search).monuments()


def asking(search: Search, reader: PermissionsMixin | AnonymousUser = EVERYBODY) -> Question:
    """What a search asks for, as a question; its feed and its alerts are the same for everybody."""
    return Question(asked_by(search), reader)


def asked_by(search: Search) -> dict[str, str]:
    """The parameters of its question, without those that it leaves open."""
    asked = {
        "country": str(search.country),
        "site": search.site.slug if search.site else "",
        "type": search.type,
        "least_grade": search.least_grade,
        "area": json.dumps(search.area) if search.area else "",
    }
    return {name: value for name, value in asked.items() if value}


def told(address: str, reader: PermissionsMixin | AnonymousUser = EVERYBODY) -> DeliveryQuerySet:
    """The messages to an address by mail or in the portal, the last first, with what of them its reader may read.

    Those of digests have their `number` of alerts.
    """
    from reports.alerts.models import WEBHOOK, Alert, Delivery

    readable = Alert.objects.visible_to(reader).order_by("-id")
    # What became confidential before it was sent was never told.
    known = Q(alert=None) | Q(alert__in=readable.order_by().values("pk"))
    sent: DeliveryQuerySet = Delivery.objects.filter(known, address=address.lower()).exclude(channel=WEBHOOK)
    alerts = Prefetch("digested", queryset=readable)
    return sent.select_related("alert").prefetch_related(alerts).annotate(number=Count("items")).order_by("-id")


def told_outside(address: str) -> DeliveryQuerySet:
    """What an address was told for what its reader asked for without an account."""
    from reports.alerts.models import Delivery

    reasons = Delivery.reasons.through.objects.filter(
        delivery=OuterRef("pk"), subscription__user=None, subscription__address=address
    )
    return told(address).filter(Exists(reasons))


def unread(address: str) -> DeliveryQuerySet:
    """What was told in the last month and not read in the portal, also what did not arrive by mail."""
    from reports.alerts.models import WEBHOOK, Delivery, Outcome

    told = [Outcome.SENT, Outcome.FAILED]
    recent = Delivery.objects.filter(settled_at__gt=timezone.now() - UNREAD_FOR, outcome__in=told, read_at=None)
    fresh: DeliveryQuerySet = recent.filter(address=address.lower()).exclude(channel=WEBHOOK)
    return fresh


def number_unread(address: str) -> int:
    """At most MOST_UNREAD."""
    return unread(address)[:MOST_UNREAD].count()


def recipients(alert: Alert) -> DeliveryQuerySet:
    """Every message that tells of the alert, alone or in a digest."""
    from reports.alerts.models import Delivery

    found: DeliveryQuerySet = Delivery.objects.filter(Q(alert=alert) | Exists(_items(alert)))
    return found


def about(subscription: Subscription) -> str:
    """What it is about, by its name in the reader's language."""
    if subscription.monument_id:
        return str(Monument.objects.labelled().get(pk=subscription.monument_id))
    if subscription.plan_id:
        return str(Plan.objects.get(pk=subscription.plan_id))
    if subscription.site_id:
        return str(Site.objects.labelled().get(pk=subscription.site_id))
    return str(subscription)


def with_names(subscriptions: Sequence[Subscription]) -> list[tuple[Subscription, Any]]:
    """Each with what it is about, by its name in the reader's language; two queries."""
    sites = Site.objects.labelled().in_bulk([row.site_id for row in subscriptions if row.site_id])
    monuments = Monument.objects.labelled().in_bulk([row.monument_id for row in subscriptions if row.monument_id])
    places: dict[Any, Any] = {**sites, **monuments}
    return [(row, places.get(row.site_id or row.monument_id) or row.plan or row) for row in subscriptions]


def _items(alert: Alert) -> QuerySet:
    from reports.alerts.models import DigestItem

    return DigestItem.objects.filter(delivery=OuterRef("pk"), alert=alert)


def _grades_reached(monument: Monument | None) -> list[str]:
    """The grades that the monument's damage reaches today; none where nothing is known."""
    if monument is None:
        return []
    from reports.conditions.queries import statuses

    rank = statuses([monument.pk])[monument.pk].rank
    return [grade for grade, of_it in GRADE_RANK.items() if rank is not None and of_it <= rank]
