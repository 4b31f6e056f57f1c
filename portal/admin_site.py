"""The admin as this portal serves it: our sign-in, our colours, no inline style."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.i18n import JavaScriptCatalog
from unfold.sites import UnfoldAdminSite


class Offered(AutocompleteJsonView):
    """What is offered while somebody types: only what the form takes from them."""

    def get_queryset(self) -> QuerySet:
        found: QuerySet = super().get_queryset()
        site: Any = self.admin_site
        if not site.is_registered(self.source_field.model):
            return found  # the field of an inline
        own = site.get_model_admin(self.source_field.model)
        taken = own.formfield_for_dbfield(self.source_field, self.request).queryset
        return found.filter(pk__in=taken.order_by().values("pk"))


class PortalAdminSite(UnfoldAdminSite):
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """One way to sign in for all, with its second factor and its rate limits."""
        return secure_admin_login(super().login)(request, extra_context=extra_context)

    def get_urls(self) -> list[Any]:
        """And what goes beyond one list: actions on many rows, filters that were saved, sheets that are taken in."""
        from portal.bulk import views as bulk  # these need the models, which are loaded after this site is made
        from portal.eamena import pages as eamena
        from portal.saved_filters import views as saved

        return [
            path("list-actions/<uuid:pk>/", self.admin_view(bulk.page), name="bulk"),
            path("saved-filters/<uuid:pk>/", self.admin_view(saved.step), name="saved-filter"),
            path("saved-filters/<str:label>/", self.admin_view(saved.save), name="save-filters"),
            path("eamena/", self.admin_view(eamena.upload), name="eamena"),
            path("eamena/<uuid:pk>/", self.admin_view(eamena.page), name="eamena-sheet"),
            *super().get_urls(),
        ]

    def i18n_javascript(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """With our words for what Django's own scripts say in English only."""
        return JavaScriptCatalog.as_view(packages=["django.contrib.admin", "portal"])(request)

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return Offered.as_view(admin_site=self)(request)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        # The colours stand in admin.css: the policy refuses the style element that would carry them.
        return {**super().each_context(request), "colors": {}}
