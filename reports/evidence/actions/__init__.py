"""Every change to evidence that has a rule. Portal, admin, API, importers and commands call these."""

from reports.evidence.actions.custody import record, record_all
from reports.evidence.actions.fixity import accept_loss, begin_check, check_one, go_on_checking

__all__ = [
    "accept_loss",
    "begin_check",
    "check_one",
    "go_on_checking",
    "record",
    "record_all",
]
