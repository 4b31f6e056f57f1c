"""Which inspections a person may know of: never the public, and of a silo its people alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, Q, QuerySet

from reports.inspections.vocabulary import OPEN
from sites.responsibility import area_of

if TYPE_CHECKING:
    from django.contrib.auth.models import PermissionsMixin


class InspectionQuerySet(QuerySet):
    def visible_to(self, user: PermissionsMixin | AnonymousUser) -> Self:
        """Those of the sites that this person's role holds for, but for silos of others; and those assigned to them.

        When somebody will be where is nobody else's business: it tells who is on the road.
        """
        if not user.pk:
            return self.none()
        readable = Q(assigned_to=user.pk)
        if user.has_perm("inspections.view_inspection"):
            readable |= _open_to_staff(user)
        return self.filter(readable)

    def open(self) -> Self:
        """What is still to be done."""
        return self.filter(state__in=OPEN)

    def in_full(self) -> Self:
        """With what a list shows of each."""
        from sites.models import Monument

        labelled = Prefetch("monument", queryset=Monument.objects.labelled().select_related("site"))
        return self.select_related("assigned_to", "planned_by", "organisation").prefetch_related(labelled)


def _open_to_staff(user: PermissionsMixin | AnonymousUser) -> Q:
    own = getattr(user, "organisation_id", None)
    # An empty Q would vanish when it is put beside another by "or".
    here = Q(pk__isnull=False) & area_of(user).condition("monument__site")
    if own is None and user.has_perm("conditions.verify_conditionreport"):
        return here  # a neutral verifier sees the work of all
    shared = Q(organisation=None) | Q(organisation__silo=False)
    return here & (shared | Q(organisation=own) if own else shared)
