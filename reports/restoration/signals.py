"""The seam through which others hear of plans."""

from django.dispatch import Signal

plan_changed = Signal()
"""Sent inside the transaction that enters a plan or records a step of it; a receiver's error undoes it.

Arguments: `plan`; `before`, its status and phase until now, None for a new one; `step`, what was recorded.
"""
