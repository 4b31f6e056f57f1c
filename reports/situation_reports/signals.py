"""The seam through which others hear of reports that are ready."""

from django.dispatch import Signal

report_ready = Signal()
"""Sent inside the transaction in which a report becomes ready; a receiver's error undoes it. Argument: `report`."""
