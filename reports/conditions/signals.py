"""The seams through which others hear of reports."""

from django.dispatch import Signal

publication_changed = Signal()
"""Sent inside the transaction that publishes or retracts a report; a receiver's error undoes it all.

Arguments: `report`; `change`, a `Change`; `before` and `after`, the monument's whole derived
history (`list[status.Period]`) on either side of the change; `in_bulk`, if it is one of many that are loaded;
`together`, if it is published with others in one go.
"""

step_taken = Signal()
"""Sent inside the transaction that takes a step with a report, whoever took it; a receiver's error undoes it.

Arguments: `report`, as it is after the step; `step`, a `ReportStep`.
"""

draft_deleted = Signal()
"""Sent inside the transaction that deletes a draft, before it is gone. Arguments: `report`; `by`, a person's id."""
