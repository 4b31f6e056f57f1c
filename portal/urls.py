"""The addresses of the portal."""

from django.urls import include, path

from portal.views import health

urlpatterns = [
    path("api/", include("portal.api.urls")),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
