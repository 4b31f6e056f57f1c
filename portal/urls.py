"""The addresses of the portal."""

from django.contrib import admin
from django.urls import include, path

from portal.views import errors, health, home, mailbox, map, metrics, monument, review, site, subscriptions, view_as  # noqa: A004

urlpatterns = [
    path("", home.home, name="home"),
    path("sites/<slug:slug>/", site.site, name="site"),
    path("monuments/<slug:slug>/", monument.monument, name="monument"),
    path("map/monuments.geojson", map.points, name="map-points"),
    path("subscriptions/", subscriptions.mine, name="subscriptions"),
    path("subscriptions/add/", subscriptions.add, name="subscribe"),
    path("subscriptions/ask/", subscriptions.ask, name="ask-subscription"),
    path("subscriptions/confirm/<str:token>/", subscriptions.confirm, name="confirm-subscription"),
    path("subscriptions/told/", subscriptions.told, name="told"),
    path("subscriptions/test/", subscriptions.test, name="test-message"),
    path("subscriptions/try-again/", subscriptions.try_again, name="try-address-again"),
    path("subscriptions/<uuid:pk>/", subscriptions.change, name="change-subscription"),
    path("subscriptions/<uuid:pk>/end/", subscriptions.end, name="end-subscription"),
    path("unsubscribe/<str:token>/", subscriptions.unsubscribe, name="unsubscribe"),
    path("review/", review.queue, name="review"),
    path("review/steps/", review.steps, name="review-steps"),
    path("view-as/", view_as.choose, name="view-as"),
    path("mail/", mailbox.messages, name="mailbox"),
    path("mail/<str:name>/", mailbox.message, name="message"),
    path("mail/<str:name>/html/", mailbox.html, name="message-html"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/", include("portal.api.urls")),
    path("healthz", health.alive, name="healthz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("readyz", health.ready, name="readyz"),
]

handler400 = errors.bad_request
