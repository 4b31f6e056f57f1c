from __future__ import annotations

from typing import Any

from django import forms


class JSONOrNothing(forms.JSONField):
    """Empty where there is nothing, instead of the word `null`."""

    def prepare_value(self, value: Any) -> Any:
        return "" if value is None else super().prepare_value(value)
