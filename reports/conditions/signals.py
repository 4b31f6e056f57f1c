"""The one seam through which others hear of publications."""

from django.dispatch import Signal

publication_changed = Signal()
"""Sent inside the transaction that publishes or retracts a report; a receiver's error undoes it all.

Arguments: `report`; `change`, a `Change`; `before` and `after`, the monument's whole derived
history (`list[status.Period]`) on either side of the change; `in_bulk`, if it is one of many that are loaded.
"""
