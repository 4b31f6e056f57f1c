from reports.alerts.actions.duties import (
    acknowledge,
    ask_the_silent,
    remind,
    tell_of_late_plans,
    tell_what_is_overdue,
    tell_what_waits,
)
from reports.alerts.actions.raising import (
    fan_out,
    raise_alert,
    raise_for_event,
    raise_for_originals,
    raise_for_plan,
    raise_for_retraction,
)
from reports.alerts.actions.resending import present_address, resend, takes_another_address
from reports.alerts.actions.searches import forget, save_search
from reports.alerts.actions.subscriptions import (
    ask,
    change,
    confirm,
    end,
    end_reasons,
    lift,
    read,
    renew,
    subscribe,
    tell_whom_it_concerns,
)
from reports.alerts.actions.webhooks import add_endpoint, change_secret, remove_endpoint
from reports.alerts.actions.weekly import ask_for_weekly, raise_for_weekly, subscribe_to_weekly

__all__ = [
    "acknowledge",
    "add_endpoint",
    "ask",
    "ask_for_weekly",
    "ask_the_silent",
    "change",
    "change_secret",
    "confirm",
    "end",
    "end_reasons",
    "fan_out",
    "forget",
    "lift",
    "present_address",
    "raise_alert",
    "raise_for_event",
    "raise_for_originals",
    "raise_for_plan",
    "raise_for_retraction",
    "raise_for_weekly",
    "read",
    "remind",
    "remove_endpoint",
    "renew",
    "resend",
    "save_search",
    "subscribe",
    "subscribe_to_weekly",
    "takes_another_address",
    "tell_of_late_plans",
    "tell_what_is_overdue",
    "tell_what_waits",
    "tell_whom_it_concerns",
]
