"""Every change to a condition report that has a rule. Admin, API, importers and commands call these."""

from reports.conditions.actions.drafts import (
    delete_draft,
    note_in_confidence,
    replace_findings,
    save_draft,
    start_correction,
)
from reports.conditions.actions.review import assign, embargo, end_embargo, publish, reject, retract, submit, verify
from reports.conditions.actions.statuses import Change, load_published, rebuild, settle_load

__all__ = [
    "Change",
    "assign",
    "delete_draft",
    "embargo",
    "end_embargo",
    "load_published",
    "note_in_confidence",
    "publish",
    "rebuild",
    "reject",
    "replace_findings",
    "retract",
    "save_draft",
    "settle_load",
    "start_correction",
    "submit",
    "verify",
]
