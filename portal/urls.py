"""The addresses of the portal."""

from django.contrib import admin
from django.urls import include, path

from portal.views import (
    alerts,
    errors,
    health,
    home,
    mailbox,
    map,  # noqa: A004
    metrics,
    monument,
    review,
    searches,
    site,
    subscriptions,
    view_as,
    webhooks,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("sites/<slug:slug>/", site.site, name="site"),
    path("monuments/<slug:slug>/", monument.monument, name="monument"),
    path("map/monuments.geojson", map.points, name="map-points"),
    path("sites/<slug:slug>/alerts.atom", alerts.AlertFeed(), name="site-feed"),
    path("monuments/", searches.monuments, name="monuments"),
    path("searches/save/", searches.save, name="save-search"),
    path("searches/<uuid:pk>/forget/", searches.forget, name="forget-search"),
    path("searches/<uuid:pk>/monuments.geojson", searches.layer, name="search-layer"),
    path("searches/<uuid:pk>/alerts.atom", alerts.AlertFeed(), name="search-feed"),
    path("alerts/", alerts.recent, name="alerts"),
    path("alerts.atom", alerts.AlertFeed(), name="feed"),
    path("alerts/read/", alerts.read_all, name="read-all"),
    path("alerts/<uuid:pk>/", alerts.alert, name="alert"),
    path("alerts/<uuid:pk>/acknowledge/", alerts.acknowledge, name="acknowledge"),
    path("webhooks/add/", webhooks.add, name="add-webhook"),
    path("webhooks/<str:key>/", webhooks.webhook, name="webhook"),
    path("webhooks/<str:key>/step/", webhooks.step, name="webhook-step"),
    path("subscriptions/", subscriptions.mine, name="subscriptions"),
    path("subscriptions/add/", subscriptions.add, name="subscribe"),
    path("subscriptions/ask/", subscriptions.ask, name="ask-subscription"),
    path("subscriptions/confirm/<str:token>/", subscriptions.confirm, name="confirm-subscription"),
    path("subscriptions/renew/<str:token>/", subscriptions.renew, name="renew-subscription"),
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
