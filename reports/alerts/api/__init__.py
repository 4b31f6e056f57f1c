from reports.alerts.api.alerts import AlertViewSet
from reports.alerts.api.searches import SearchViewSet
from reports.alerts.api.subscriptions import SubscriptionViewSet

__all__ = ["AlertViewSet", "SearchViewSet", "SubscriptionViewSet"]
