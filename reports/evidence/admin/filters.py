"""Filters of the list of evidence: each by what its reader may know, and none by what was withdrawn."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.evidence.models import Evidence, Flag
from reports.evidence.querysets import EvidenceQuerySet
from reports.evidence.vocabulary import EvidenceKind, FlagKind
from sites.models import Organisation

ANY = "any"


class StateFilter(SimpleListFilter):
    """What stands, unless what was withdrawn is asked for: of that, little is told."""

    title = pgettext_lazy("evidence", "state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("waiting", _("Waits to be published")),
            ("report", _("With a report that is not public")),
            ("public", pgettext_lazy("evidence", "Public")),
            ("confidential", _("Confidential")),
            ("withdrawn", pgettext_lazy("evidence", "Withdrawn")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> EvidenceQuerySet:
        if self.value() == "withdrawn":
            return queryset.filter(withdrawn_at__isnull=False)
        standing = queryset.filter(withdrawn_at=None)
        if self.value() == "waiting":
            return standing.filter(pk__in=Evidence.objects.waiting())
        if self.value() == "report":
            return standing.filter(report__isnull=False, is_public=False)
        if self.value() == "public":
            return standing.filter(is_public=True)
        return standing.filter(confidential=True) if self.value() == "confidential" else standing


class KindFilter(SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return EvidenceKind.choices

    def queryset(self, request: HttpRequest, queryset: Any) -> EvidenceQuerySet:
        return queryset.filter(kind=self.value(), withdrawn_at=None) if self.value() else queryset


class FlagFilter(SimpleListFilter):
    """What a verifier should look at twice; of the work of a silo, only for its own people."""

    title = _("look twice")
    parameter_name = "flag"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        if not request.user.has_perm("evidence.view_flag"):
            return []
        return [(ANY, _("For any reason")), *FlagKind.choices]

    def queryset(self, request: HttpRequest, queryset: Any) -> EvidenceQuerySet:
        if not self.value():
            return queryset
        flags = Flag.objects.filter(evidence=OuterRef("pk"))
        if self.value() != ANY:
            flags = flags.filter(kind=self.value())
        return queryset.named_to(request.user).filter(Exists(flags), withdrawn_at=None)


class AlternativeFilter(SimpleListFilter):
    title = _("alternative text")
    parameter_name = "alternative"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("missing", _("Missing")), ("there", pgettext_lazy("alternative text", "There"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> EvidenceQuerySet:
        if not self.value():
            return queryset
        photographs = queryset.filter(kind=EvidenceKind.PHOTOGRAPH, withdrawn_at=None)
        return photographs.filter(alternative="") if self.value() == "missing" else photographs.exclude(alternative="")


class OrganisationFilter(SimpleListFilter):
    """Who works for whom is known of those alone whose names are known."""

    title = _("organisation")
    parameter_name = "organisation"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        sent = Evidence.objects.named_to(request.user).filter(organisation=OuterRef("pk"))
        found = Organisation.objects.filter(Exists(sent)).order_by("name")
        return [(str(pk), name) for pk, name in found.values_list("pk", "name")]

    def queryset(self, request: HttpRequest, queryset: Any) -> EvidenceQuerySet:
        # What is not among the choices was never offered, and finds nothing.
        if not self.value():
            return queryset
        if self.value() not in {key for key, _name in self.lookup_choices}:
            return queryset.none()
        return queryset.named_to(request.user).filter(organisation=self.value(), withdrawn_at=None)
