"""Which evidence: what every reader starts from. Who may see what is decided here alone."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from reports.conditions.models import ConditionReport
from sites.responsibility import area_of, hides_the_rest

if TYPE_CHECKING:
    from django.contrib.auth.models import PermissionsMixin

UNDATED = datetime.date.min
"""The day of what has no date: before all others."""


class EvidenceQuerySet(QuerySet):
    def visible_to(self, user: PermissionsMixin | AnonymousUser) -> Self:
        """What this person may look at; what was withdrawn is not among it.

        Everybody: what was published, alone or with its report, but the confidential. Uploaders: their
        own. Staff: what is under way, as with reports. The confidential is for verifiers of the site.
        """
        return self.filter(_readable(user), withdrawn_at=None)

    def tombstones_for(self, user: PermissionsMixin | AnonymousUser) -> Self:
        """What was withdrawn and this person could look at before: only that, when and why is shown of it."""
        return self.filter(_readable(user) & _ever_seen_by(user), withdrawn_at__isnull=False)

    def known_to(self, user: PermissionsMixin | AnonymousUser) -> Self:
        """Both: for lists that say of each what became of it, and show of the withdrawn only that."""
        return self.filter(_readable(user) & (Q(withdrawn_at=None) | _ever_seen_by(user)))

    def telling_public(self) -> Self:
        """With `is_public`: whether everybody may look at it."""
        public = self.model.objects.visible_to(AnonymousUser())  # type: ignore[attr-defined]
        return self.annotate(is_public=Exists(public.filter(pk=OuterRef("pk"))))

    def named_to(self, user: PermissionsMixin | AnonymousUser) -> Self:
        """Those of which this person may know who sent them and as what: `names_people_to`, as a condition."""
        if not user.pk:
            return self.none()
        own = Q(uploaded_by=user.pk)
        return self.filter(own | _unsiloed(user) if user.has_perm("evidence.view_evidence") else own)

    def telling_names(self, user: PermissionsMixin | AnonymousUser) -> Self:
        """With `names_known`: whether `named_to` has it."""
        named = self.model.objects.named_to(user)  # type: ignore[attr-defined]
        return self.annotate(names_known=Exists(named.filter(pk=OuterRef("pk"))))

    def dated(self) -> Self:
        """With `day`: the last on which it can have been taken, as its sender or else its report says."""
        undated = Value(UNDATED, output_field=DateField())
        return self.annotate(day=Coalesce("taken_to", "taken_from", "report__date_to", undated))

    def within(self, user: PermissionsMixin | AnonymousUser) -> Self:
        """Those of the sites that this person answers for."""
        return self.filter(area_of(user).condition("monument__site"))

    def waiting(self) -> Self:
        """What stands by itself and waits for somebody to publish it."""
        return self.filter(report=None, published_at=None, withdrawn_at=None)


def _readable(user: PermissionsMixin | AnonymousUser) -> Q:
    reports = ConditionReport.objects.visible_to(user).filter(pk=OuterRef("report"))
    by_itself = Q(report=None, published_at__isnull=False)
    if user.has_perm("evidence.view_evidence"):
        by_itself |= Q(report=None) & _under_way(user)
    readable = (by_itself | Exists(reports)) & _open_to(user)
    return readable | Q(uploaded_by=user.pk) if user.pk else readable


def _ever_seen_by(user: PermissionsMixin | AnonymousUser) -> Q:
    """What was withdrawn before it was public is known to staff and to who sent it."""
    if user.has_perm("evidence.view_evidence"):
        return Q(pk__isnull=False)
    return Q(published_at__isnull=False) | Q(uploaded_by=user.pk) if user.pk else Q(published_at__isnull=False)


def _open_to(user: PermissionsMixin | AnonymousUser) -> Q:
    """The confidential is for the verifiers of the site, and what a silo keeps so, for its own and neutral ones."""
    if not user.has_perm("evidence.publish_evidence"):
        return Q(confidential=False)
    return Q(confidential=False) | area_of(user).condition("monument__site") & _unsiloed(user)


def _under_way(user: PermissionsMixin | AnonymousUser) -> Q:
    # An empty Q would vanish when it is put beside another by "or".
    everything = Q(pk__isnull=False)
    area = area_of(user).condition("monument__site") if hides_the_rest() else Q()
    return everything & area & _unsiloed(user)


def _unsiloed(user: PermissionsMixin | AnonymousUser) -> Q:
    own = getattr(user, "organisation_id", None)
    if own is None and user.has_perm("conditions.verify_conditionreport"):
        return Q(pk__isnull=False)  # a neutral verifier sees the work of all
    shared = Q(organisation=None) | Q(organisation__silo=False)
    return shared | Q(organisation=own) if own else shared
