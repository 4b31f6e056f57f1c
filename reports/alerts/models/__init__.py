from reports.alerts.models.alert import Alert
from reports.alerts.models.delivery import Attempt, Channel, Delivery, DigestItem, Outcome, Suppression
from reports.alerts.models.rule import ALL_KINDS, KIND_OF_RULE, Kind, Rule, Severity
from reports.alerts.models.subscription import Cadence, Scope, Subscription

__all__ = [
    "ALL_KINDS",
    "KIND_OF_RULE",
    "Alert",
    "Attempt",
    "Cadence",
    "Channel",
    "Delivery",
    "DigestItem",
    "Kind",
    "Outcome",
    "Rule",
    "Scope",
    "Severity",
    "Subscription",
    "Suppression",
]
