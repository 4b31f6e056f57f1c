"""What the rules refuse, as REST answers it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError as FormError
from rest_framework import serializers

from reports.conditions.api.drafts import by_field
from reports.conditions.api.reports import RefusedStep
from reports.conditions.workflow import Refused


def refusable(act: Callable[[], Any]) -> Any:
    """Act; what the rules refuse is answered in their words."""
    try:
        return act()
    except Refused as refusal:
        raise RefusedStep(refusal) from refusal
    except FormError as error:
        raise serializers.ValidationError(by_field(error)) from error
