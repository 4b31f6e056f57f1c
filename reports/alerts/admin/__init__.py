from reports.alerts.admin import alerts, deliveries, subscriptions

__all__ = ["alerts", "deliveries", "subscriptions"]
