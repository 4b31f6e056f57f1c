from reports.alerts.models.alert import Alert
from reports.alerts.models.channel import EMAIL, PORTAL, WEBHOOK, channels_of_people
from reports.alerts.models.delivery import Attempt, Delivery, DigestItem, Outcome, Suppression
from reports.alerts.models.endpoint import Endpoint
from reports.alerts.models.rule import ALL_KINDS, KIND_OF_RULE, TO_CHOOSE, Kind, Rule, Severity
from reports.alerts.models.search import Search
from reports.alerts.models.subscription import Cadence, Scope, Subscription

__all__ = [
    "ALL_KINDS",
    "EMAIL",
    "KIND_OF_RULE",
    "PORTAL",
    "TO_CHOOSE",
    "WEBHOOK",
    "Alert",
    "Attempt",
    "Cadence",
    "Delivery",
    "DigestItem",
    "Endpoint",
    "Kind",
    "Outcome",
    "Rule",
    "Scope",
    "Search",
    "Severity",
    "Subscription",
    "Suppression",
    "channels_of_people",
]
