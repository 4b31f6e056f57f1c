"""Entering, correcting and retracting events; every write goes through `actions`."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reports.conditions.workflow import Refused
from reports.situation import actions, visibility
from reports.situation.admin.forms import TYPED, EventForm, shown_when
from reports.situation.models import EventKind, SituationEvent
from reports.sources.admin import STATEMENT_SOURCE, STATEMENT_TIME, StatementAdmin
from sites.models import Site
from sites.responsibility import area_of, hides_the_rest

EXACT = {"area", "cell_longitude", "cell_latitude"}
COPIED = ("site", "monument", "kind", "text", "language", *TYPED, *STATEMENT_TIME, *STATEMENT_SOURCE)


class StandingFilter(admin.SimpleListFilter):
    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Stands")), ("no", _("Corrected or retracted"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        standing = SituationEvent.objects.standing().values("pk")
        if self.value() == "yes":
            return queryset.filter(pk__in=standing)
        return queryset.exclude(pk__in=standing) if self.value() == "no" else queryset


@admin.register(SituationEvent)
class SituationEventAdmin(StatementAdmin):
    form = EventForm
    list_display = ["date_text", "kind", "typed_text", "site", "source", "certainty", "stands"]
    list_filter = [StandingFilter, "kind", "certainty"]
    list_select_related = ["site", "source", "from_party", "to_party", "clears"]
    date_hierarchy = "date_to"
    search_fields = ["text", "site__slug", "site__names__text"]
    autocomplete_fields = ["site", "monument", "source", "from_party", "to_party", "clears"]
    actions = None
    change_form_outer_before_template = "admin/situation/situationevent/standing.html"
    conditional_fields = shown_when()
    fieldsets = [
        (None, {"fields": ["corrects", "site", "monument", "kind", "text", "language"]}),
        (_("What its kind says"), {"fields": list(TYPED)}),
        (_("When"), {"fields": STATEMENT_TIME}),
        (_("Who says so"), {"fields": STATEMENT_SOURCE}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[SituationEvent]:
        events = super().get_queryset(request).select_related(*self.list_select_related, "monument__site")
        events = events.annotate(is_standing=Q(pk__in=SituationEvent.objects.standing()))
        return events.filter(area_of(request.user).condition("site")) if hides_the_rest() else events

    def get_urls(self) -> list[Any]:
        retract = self.admin_site.admin_view(self.retract_view)
        return [path("<uuid:pk>/retract/", retract, name="situation_situationevent_retract"), *super().get_urls()]

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """No filter by the exact area in an address: it would tell by halves what is not shown."""
        if lookup.split("__", maxsplit=1)[0] in EXACT:
            return False
        return super().lookup_allowed(lookup, value, request)

    def get_fieldsets(self, request: HttpRequest, obj: SituationEvent | None = None) -> Any:
        """Of a kind, its own fields; the exact area for those who may see it."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        hidden = {"corrects", *(name for name in TYPED if not getattr(obj, name))}
        if obj.area and visibility.area(obj, request.user) != obj.area:
            hidden.add("area")
        kept = [(title, [name for name in options["fields"] if name not in hidden]) for title, options in fieldsets]
        return [(title, {"fields": names}) for title, names in kept if names]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Where a clearance looks for its hazard, only hazards that stand are found."""
        found, duplicates = super().get_search_results(request, queryset, search_term)
        if request.GET.get("field_name") == "clears":
            found = found.filter(kind=EventKind.HAZARD, pk__in=SituationEvent.objects.standing())
        return found, duplicates

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "site":
            kwargs["queryset"] = Site.objects.filter(area_of(request.user).condition())
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Nothing is chosen beforehand: the first of a list must not become a statement by oversight."""
        field = super().formfield_for_choice_field(db_field, request, **kwargs)
        if field and not db_field.has_default() and "" not in dict(field.choices):
            field.choices = [("", "---------"), *field.choices]
        return field

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial = super().get_changeform_initial_data(request)
        if not (corrects := request.GET.get("corrects")):
            return initial
        event = get_object_or_404(self.get_queryset(request), pk=corrects)
        copied = {name: event.serializable_value(name) for name in COPIED}
        if event.area and visibility.area(event, request.user) != event.area:
            copied["area"] = None
        return {**copied, **initial, "corrects": event.pk}

    def has_change_permission(self, request: HttpRequest, obj: SituationEvent | None = None) -> bool:
        """An event that was entered is corrected by a new one, or retracted."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SituationEvent | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: SituationEvent, form: Any, change: bool) -> None:
        obj.supersedes = form.cleaned_data.get("corrects")
        actions.record(obj, by=request.user)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        event = self.get_object(request, object_id) if object_id else None
        context = {**(extra_context or {}), **_context(event, request)}
        try:
            with transaction.atomic():
                return super().changeform_view(request, object_id, form_url, context)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(request.get_full_path())

    def retract_view(self, request: HttpRequest, pk: str) -> HttpResponse:
        """Retract an event; the panel above it posts here."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        event = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, event):
            raise PermissionDenied
        try:
            actions.retract(event, by=request.user, reason=request.POST.get("reason", ""))
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, gettext("The event is retracted."))
        return HttpResponseRedirect(reverse("admin:situation_situationevent_change", args=[pk]))

    @admin.display(description=_("what it says"))
    def typed_text(self, event: SituationEvent) -> str:
        return event.typed_text

    @admin.display(description=_("stands"), boolean=True)
    def stands(self, event: Any) -> bool:
        return event.is_standing


def _context(event: SituationEvent | None, request: HttpRequest) -> dict[str, Any]:
    if event is None:
        return {}
    may_change = request.user.has_perm("situation.change_situationevent") and area_of(request.user).covers(event.site)
    return {
        "event": event,
        "correction": event.corrections.filter(retracted_at=None).first(),
        "may_change": may_change and actions.stands(event),
    }
