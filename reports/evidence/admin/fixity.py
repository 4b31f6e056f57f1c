"""For who looks after the installation: which files are not what was stored, and when that was looked at."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from reports.conditions.workflow import Refused
from reports.evidence import actions, queries, tasks
from reports.evidence.models import DamagedOriginal, FixityRun
from reports.evidence.storage import name_of
from reports.waking import wake


class ReadOnly:
    """A log: written by the portal, read by people."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(DamagedOriginal)
class DamagedOriginalAdmin(ReadOnly, ModelAdmin):
    """What is to be restored from the backup; once it is, "check it again"."""

    list_display = ["kind", "lies_at", "monuments", "found_at", "restored_at", "accepted_at"]
    list_filter = [
        "kind",
        ("restored_at", admin.EmptyFieldListFilter),
        ("accepted_at", admin.EmptyFieldListFilter),
    ]
    show_full_result_count = False
    list_before_template = "admin/evidence/fixity.html"
    change_form_outer_before_template = "admin/evidence/damagedoriginal/steps.html"
    fields = [
        "kind",
        "lies_at",
        "sha256",
        "size",
        "monuments",
        "found_sha256",
        "found_size",
        "found_at",
        "restored_at",
        "accepted_at",
        "accepted_by",
        "acceptance_reason",
    ]
    readonly_fields = ["lies_at", "sha256", "size", "monuments"]
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[DamagedOriginal]:
        rows: QuerySet[DamagedOriginal] = super().get_queryset(request)
        return rows.select_related("original", "accepted_by").prefetch_related("original__evidence__monument")

    def get_urls(self) -> list[Any]:
        step = self.admin_site.admin_view(self.step_view)
        return [path("<uuid:pk>/step/<str:step>/", step, name="evidence_damagedoriginal_step"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Above the list: how many there are, and when they were looked at."""
        return super().changelist_view(request, {**(extra_context or {}), "state": queries.fixity_state()})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        damage = self.get_object(request, object_id) if object_id else None
        context = {**(extra_context or {}), "damage": damage}
        return super().changeform_view(request, object_id, form_url, context)

    def step_view(self, request: HttpRequest, pk: str, step: str) -> HttpResponse:
        """Look at the file again, or accept that it is lost."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        damage = get_object_or_404(DamagedOriginal, pk=pk)
        if not self.has_view_permission(request, damage):
            raise PermissionDenied
        try:
            self._take(request, damage, step)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("admin:evidence_damagedoriginal_change", args=[damage.pk]))

    def _take(self, request: HttpRequest, damage: DamagedOriginal, step: str) -> None:
        if step == "accept":
            actions.accept_loss(damage, by=request.user, reason=request.POST.get("reason", ""))
            messages.success(request, gettext("It is on record that the file is lost; nobody is told of it again."))
        elif step == "check":
            wake(tasks.verify_original, damage.original_id)
            messages.success(request, gettext("The file is being checked; look again in a moment."))

    @admin.display(description=_("lies in the storage at"))
    def lies_at(self, damage: DamagedOriginal) -> str:
        return name_of(damage.original_id)

    @admin.display(description=_("SHA-256 of what was stored"))
    def sha256(self, damage: DamagedOriginal) -> str:
        return damage.original_id

    @admin.display(description=_("size of what was stored"))
    def size(self, damage: DamagedOriginal) -> str:
        return filesizeformat(damage.original.size)

    @admin.display(description=_("evidence of"))
    def monuments(self, damage: DamagedOriginal) -> str:
        return ", ".join(sorted({evidence.monument.slug for evidence in damage.original.evidence.all()}))


@admin.register(FixityRun)
class FixityRunAdmin(ReadOnly, ModelAdmin):
    """Every night some, on demand all: what was looked at."""

    list_display = ["started_at", "ended_at", "scope", "checked", "read", "damaged", "stray"]
    show_full_result_count = False
    list_before_template = "admin/evidence/fixity.html"
    actions = None

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().changelist_view(request, {**(extra_context or {}), "state": queries.fixity_state()})

    @admin.display(description=_("which"))
    def scope(self, run: FixityRun) -> str:
        return gettext("all") if run.most is None else str(run.most)

    @admin.display(description=_("read"))
    def read(self, run: FixityRun) -> str:
        return filesizeformat(run.bytes)
