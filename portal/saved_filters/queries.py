from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from portal.saved_filters.models import SavedFilter


def of_list(label: str, owner: Any) -> QuerySet[SavedFilter]:
    """What this person has saved for a list, by name."""
    return SavedFilter.objects.filter(owner=owner.pk, list=label)


def on_first_page(owner: Any) -> SavedFilter | None:
    return SavedFilter.objects.filter(owner=owner.pk, on_first_page=True).first()
