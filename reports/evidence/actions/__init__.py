"""Every change to evidence that has a rule. Portal, admin, API, importers and commands call these."""

from reports.evidence.actions.custody import record, record_all
from reports.evidence.actions.fixity import accept_loss, begin_check, check_one, go_on_checking
from reports.evidence.actions.packages import (
    ask_package,
    expire_packages,
    make_package,
    may_export,
    packages_to_go_on_with,
    remove_package,
    take_package,
)

__all__ = [
    "accept_loss",
    "ask_package",
    "begin_check",
    "check_one",
    "expire_packages",
    "go_on_checking",
    "make_package",
    "may_export",
    "packages_to_go_on_with",
    "record",
    "record_all",
    "remove_package",
    "take_package",
]
