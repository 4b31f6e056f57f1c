"""Photographs and documents for who describes, reviews and publishes them; every change goes through `actions`."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from reports.conditions.workflow import Refused
from reports.evidence import actions, queries, visibility
from reports.evidence.actions.life import DESCRIPTION, refusal_to_describe
from reports.evidence.admin import filters, shown
from reports.evidence.models import Evidence
from reports.evidence.steps import STEPS, Step, open_to
from reports.evidence.vocabulary import RenditionSize
from reports.refusing import SaysRefusals
from sites.queries import preferred_name

FACTS = ["subject", "shown_report", "shown_plan", "kind", "uploaded_at", "published_at", "shown_pictures"]
OF_SENDER = ["sender", "organisation", "name", "door", "media_type", "size", "sha256"]
"""For who may know where it came from."""
OF_CAPTURE = ["taken_at", "camera", "place", "orientation"]
"""For who may see originals; that they saw it is logged."""
WITHDRAWN = ["subject", "withdrawn_at", "withdrawal_reason"]


@admin.register(Evidence)
class EvidenceAdmin(SaysRefusals, ModelAdmin):
    list_display = ["thumbnail", "subject", "shown_state", "words", "shown_flags", "uploaded_at", "shown_sender"]
    list_display_links = ["thumbnail", "subject"]
    list_filter = [
        filters.StateFilter,
        filters.KindFilter,
        filters.FlagFilter,
        filters.AlternativeFilter,
        filters.OrganisationFilter,
    ]
    list_per_page = 50
    show_full_result_count = False
    sortable_by = ["uploaded_at"]
    search_fields = ["caption"]  # what is looked through is for `queries.search` to say
    search_help_text = _("Monument, words, name of the file, or the beginning of its SHA-256")
    change_form_outer_before_template = "admin/evidence/evidence/steps.html"
    change_form_outer_after_template = "admin/evidence/evidence/custody.html"
    readonly_fields = [*FACTS, *OF_SENDER, *OF_CAPTURE, *WITHDRAWN[1:]]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Evidence]:
        known = Evidence.objects.known_to(request.user).telling_public().telling_names(request.user)
        named = known.annotate(monument_label=preferred_name("monument", "monument_id"))
        related = ("original__capture", "monument__site", "organisation", "uploaded_by", "report", "plan")
        found: QuerySet[Evidence] = named.select_related(*related).prefetch_related("flags").order_by("-id")
        return found

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Evidence], search_term: str
    ) -> tuple[QuerySet[Evidence], bool]:
        return queries.search(queryset, search_term, request.user), False

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """No filter in an address beside those offered: it would tell by halves what is not shown."""
        return lookup in {one.parameter_name for one in self.list_filter}

    def get_fieldsets(self, request: HttpRequest, obj: Evidence | None = None) -> Any:
        if obj is None or obj.withdrawn_at:
            return [(None, {"fields": WITHDRAWN})]
        sets: list[Any] = [(None, {"fields": list(DESCRIPTION)}), (_("What it is"), {"fields": FACTS})]
        if shown.names_people(request.user, obj):
            sets.append((_("Where it came from"), {"fields": OF_SENDER}))
        if hasattr(obj.original, "capture") and visibility.views_original(request.user, obj):
            sets.append((_("What the file says of itself"), {"fields": OF_CAPTURE}))
        return sets

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Evidence | None = None) -> bool:
        permitted = super().has_change_permission(request, obj)
        return permitted and (obj is None or refusal_to_describe(obj, request.user) is None)

    def has_delete_permission(self, request: HttpRequest, obj: Evidence | None = None) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("<uuid:pk>/step/<str:step>/", view(self.step_view), name="evidence_evidence_step"),
            path("<uuid:pk>/original/", view(self.original_view), name="evidence_evidence_original"),
            *super().get_urls(),
        ]

    def get_list_display(self, request: HttpRequest) -> list[str]:
        told = {"shown_flags": request.user.has_perm("evidence.view_flag")}
        return [name for name in self.list_display if told.get(name, True)]

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """With the pictures of each; the page of one fetches them together with those of earlier uses."""
        changelist = super().get_changelist_instance(request)
        prefetch_related_objects(changelist.result_list, "renditions")
        return changelist

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Evidence | None = None, **kwargs: Any
    ) -> HttpResponse:
        return super().render_change_form(request, context | _context(obj, request), *args, obj=obj, **kwargs)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Its history is its custody."""
        return HttpResponseRedirect(reverse("admin:evidence_evidence_change", args=[object_id]) + "#custody")

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Custody says it, for those who may know."""

    def save_model(self, request: HttpRequest, obj: Evidence, form: Any, change: bool) -> None:
        said = {name: form.cleaned_data[name] for name in form.changed_data}
        actions.describe(obj, by=request.user, **said)

    def original_view(self, request: HttpRequest, pk: str) -> HttpResponse:
        """The file as it came, for who may have it; asked for by a form, as it is put on record."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        evidence = self._readable(request, pk)
        try:
            return HttpResponseRedirect(actions.fetch_original(evidence, by=request.user))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(_address(evidence))

    def step_view(self, request: HttpRequest, pk: str, step: str) -> HttpResponse:
        """Ask whether a step is meant, then take it."""
        evidence = self._readable(request, pk)
        if step not in STEPS:
            return HttpResponseRedirect(_address(evidence))
        if request.method != "POST":
            return self._confirm(request, STEPS[step], evidence)
        self._take(request, STEPS[step], evidence)
        return HttpResponseRedirect(_address(evidence))

    def _readable(self, request: HttpRequest, pk: str) -> Evidence:
        evidence: Evidence = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, evidence):
            raise PermissionDenied
        return evidence

    def _confirm(self, request: HttpRequest, step: Step, evidence: Evidence) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": step.label,
            "opts": self.opts,
            "step": step,
            "evidence": evidence,
            "monument": evidence.monument_label or evidence.monument.slug,  # type: ignore[attr-defined]
            "picture": shown.picture(evidence),
        }
        return TemplateResponse(request, "admin/evidence/evidence/confirm.html", context)

    def _take(self, request: HttpRequest, step: Step, evidence: Evidence) -> None:
        try:
            step.take(evidence, by=request.user, reason=request.POST.get("reason", ""))
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, gettext("Done."))

    @admin.display(description=_("picture"))
    def thumbnail(self, evidence: Evidence) -> str:
        source = shown.picture(evidence)
        if not source:
            return "–"
        return format_html('<img src="{}" alt="" width="96" loading="lazy">', source)

    @admin.display(description=_("monument"))
    def subject(self, evidence: Any) -> str:
        return evidence.monument_label or evidence.monument.slug

    @admin.display(description=pgettext_lazy("evidence", "state"))
    def shown_state(self, evidence: Evidence) -> str:
        return shown.state(evidence)

    @admin.display(description=_("caption"))
    def words(self, evidence: Evidence) -> str:
        """And whether somebody who cannot see it is told something."""
        if evidence.withdrawn_at:
            return ""
        missing = gettext("needs alternative text") if shown.needs_words(evidence) else ""
        return " · ".join(filter(None, [evidence.caption, missing]))

    @admin.display(description=_("look twice"))
    def shown_flags(self, evidence: Any) -> str:
        told = evidence.names_known and not evidence.withdrawn_at
        return " · ".join(sorted({shown.flag_in_words(flag) for flag in evidence.flags.all()})) if told else ""

    @admin.display(description=_("uploaded by"))
    def shown_sender(self, evidence: Any) -> str:
        told = evidence.names_known and not evidence.withdrawn_at and evidence.uploaded_by
        return " · ".join(filter(None, map(str, [evidence.uploaded_by, evidence.organisation or ""]))) if told else ""

    @admin.display(description=_("uploaded by"))
    def sender(self, evidence: Evidence) -> str:
        return str(evidence.uploaded_by or "–")

    @admin.display(description=_("condition report"))
    def shown_report(self, evidence: Evidence) -> str:
        if evidence.report is None:
            return "–"
        address = reverse("admin:conditions_conditionreport_change", args=[evidence.report.pk])
        return format_html('<a href="{}">{}</a>', address, evidence.report.date_text)

    @admin.display(description=_("restoration plan"))
    def shown_plan(self, evidence: Evidence) -> str:
        if evidence.plan is None:
            return "–"
        address = reverse("admin:restoration_plan_change", args=[evidence.plan.pk])
        return format_html('<a href="{}">{}</a>', address, evidence.plan.title)

    @admin.display(description=_("pictures of it"))
    def shown_pictures(self, evidence: Evidence) -> str:
        if evidence.rendered_at:
            return gettext("made")
        return str(evidence.get_render_problem_display()) or gettext("still to be made")

    @admin.display(description=_("type"))
    def media_type(self, evidence: Evidence) -> str:
        return str(evidence.original.get_media_type_display())

    @admin.display(description=_("size"))
    def size(self, evidence: Evidence) -> str:
        original = evidence.original
        pixels = f"{original.width} × {original.height}" if original.width else ""
        return " · ".join(filter(None, [filesizeformat(original.size), pixels]))

    @admin.display(description=_("SHA-256"))
    def sha256(self, evidence: Evidence) -> str:
        return evidence.original_id

    @admin.display(description=_("taken"))
    def taken_at(self, evidence: Evidence) -> str:
        capture = evidence.original.capture
        if capture.taken_at is None:
            return "–"
        said = date_format(capture.taken_at, "SHORT_DATETIME_FORMAT")
        return gettext("%(time)s, by a clock without a zone") % {"time": said} if capture.taken_at_local else said

    @admin.display(description=_("camera"))
    def camera(self, evidence: Evidence) -> str:
        return evidence.original.capture.camera or "–"

    @admin.display(description=_("place"))
    def place(self, evidence: Evidence) -> str:
        capture = evidence.original.capture
        return "–" if capture.latitude is None else f"{capture.latitude:.6f}, {capture.longitude:.6f}"

    @admin.display(description=_("orientation"))
    def orientation(self, evidence: Evidence) -> str:
        return str(evidence.original.capture.orientation or "–")


def _context(evidence: Evidence | None, request: HttpRequest) -> dict[str, Any]:
    if evidence is None:
        return {}
    user = request.user
    if evidence.withdrawn_at:
        return {"evidence": evidence, "state": shown.state(evidence)}
    uses = shown.uses_before(evidence, user)  # first: with the pictures
    return {
        "evidence": evidence,
        "state": shown.state(evidence),
        "picture": shown.picture(evidence, RenditionSize.PAGE),
        "needs_words": shown.needs_words(evidence),
        "reasons": shown.other_reasons(shown.flags(evidence, user)),
        "uses": uses,
        "steps": open_to(evidence, user),
        "may_fetch": visibility.may_view_original(user, evidence),
        "custody": shown.custody(evidence, user),
    }


def _address(evidence: Evidence) -> str:
    return reverse("admin:evidence_evidence_change", args=[evidence.pk])
