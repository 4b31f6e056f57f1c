"""Every change to evidence that has a rule. Portal, admin, API, importers and commands call these."""

from reports.evidence.actions.blurring import MOST_AREAS, blur, refusal_to_blur, version_of
from reports.evidence.actions.checking import check
from reports.evidence.actions.custody import record, record_all
from reports.evidence.actions.fixity import accept_loss, begin_check, check_one, go_on_checking
from reports.evidence.actions.life import (
    DESCRIPTION,
    describe,
    fetch_original,
    keep_confidential,
    publish,
    refusal_to_describe,
    take_away,
    withdraw,
)
from reports.evidence.actions.loading import Loaded, load, would_refuse
from reports.evidence.actions.packages import (
    ask_package,
    expire_packages,
    make_package,
    may_export,
    packages_to_go_on_with,
    remove_package,
    take_package,
)
from reports.evidence.actions.rendering import due_for_rendering, make_due, render
from reports.evidence.actions.uploads import (
    CHECKSUMS,
    Altered,
    Checksum,
    Misplaced,
    begin,
    cancel,
    receive,
    received,
    refuse,
)

__all__ = [
    "CHECKSUMS",
    "DESCRIPTION",
    "MOST_AREAS",
    "Altered",
    "Checksum",
    "Loaded",
    "Misplaced",
    "accept_loss",
    "ask_package",
    "begin",
    "begin_check",
    "blur",
    "cancel",
    "check",
    "check_one",
    "describe",
    "due_for_rendering",
    "expire_packages",
    "fetch_original",
    "go_on_checking",
    "keep_confidential",
    "load",
    "make_due",
    "make_package",
    "may_export",
    "packages_to_go_on_with",
    "publish",
    "receive",
    "received",
    "record",
    "record_all",
    "refusal_to_blur",
    "refusal_to_describe",
    "refuse",
    "remove_package",
    "render",
    "take_away",
    "take_package",
    "version_of",
    "withdraw",
    "would_refuse",
]
