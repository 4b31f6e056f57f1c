"""The seam through which others hear of what happens to evidence."""

from django.dispatch import Signal

originals_damaged = Signal()
"""Sent inside the transaction that records it, once for each damage; a receiver's error undoes it.

Argument: `damages`, a list of `DamagedOriginal` that are new.
"""
