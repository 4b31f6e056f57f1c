"""The seam through which others hear of events at a site."""

from django.dispatch import Signal

event_recorded = Signal()
"""Sent inside the transaction that enters an event; a receiver's error undoes it. Argument: `event`.

Of a correction, `event.supersedes` is what it corrects.
"""

event_retracted = Signal()
"""Sent inside the transaction that retracts an event; a receiver's error undoes it. Argument: `event`."""
