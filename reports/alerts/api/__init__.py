from reports.alerts.api.alerts import AlertViewSet
from reports.alerts.api.searches import SearchViewSet
from reports.alerts.api.subscriptions import SubscriptionViewSet
from reports.alerts.api.told import MessageViewSet
from reports.alerts.api.webhooks import WebhookViewSet

__all__ = ["AlertViewSet", "MessageViewSet", "SearchViewSet", "SubscriptionViewSet", "WebhookViewSet"]
