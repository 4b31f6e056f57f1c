"""Every write about restoration that has a rule. Admin, API, loaders and commands call these."""

from reports.restoration.actions.plans import correct_step, load_plan, save_plan, take_step
from reports.restoration.actions.priorities import decide_priority, set_weights
from reports.restoration.actions.records import add_dependency, remove_dependency, save_record, withdraw

__all__ = [
    "add_dependency",
    "correct_step",
    "decide_priority",
    "load_plan",
    "remove_dependency",
    "save_plan",
    "save_record",
    "set_weights",
    "take_step",
    "withdraw",
]
