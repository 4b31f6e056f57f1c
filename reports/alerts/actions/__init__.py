from reports.alerts.actions.duties import (
    acknowledge,
    ask_the_silent,
    remind,
    tell_what_is_overdue,
    tell_what_waits,
)
from reports.alerts.actions.raising import (
    fan_out,
    raise_alert,
    raise_for_event,
    raise_for_originals,
    raise_for_plan,
    resend,
)
from reports.alerts.actions.searches import forget, save_search
from reports.alerts.actions.subscriptions import (
    ask,
    change,
    confirm,
    end,
    end_reasons,
    lift,
    renew,
    subscribe,
    tell_whom_it_concerns,
)
from reports.alerts.actions.webhooks import add_endpoint, change_secret, remove_endpoint

__all__ = [
    "acknowledge",
    "add_endpoint",
    "ask",
    "ask_the_silent",
    "change",
    "change_secret",
    "confirm",
    "end",
    "end_reasons",
    "fan_out",
    "forget",
    "lift",
    "raise_alert",
    "raise_for_event",
    "raise_for_originals",
    "raise_for_plan",
    "remind",
    "remove_endpoint",
    "renew",
    "resend",
    "save_search",
    "subscribe",
    "tell_what_is_overdue",
    "tell_what_waits",
    "tell_whom_it_concerns",
]
