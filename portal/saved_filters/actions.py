from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.saved_filters.models import SavedFilter
from portal.saved_filters.queries import of_list

MOST = 20
"""Of one person for one list: more are no shortcut any more."""


def save(label: str, name: str, query: str, *, owner: Any) -> SavedFilter:
    """Keep filters under a name that is not taken. Raises ValidationError."""
    if not query:
        raise ValidationError(_("Filter, search or sort first: there is nothing to save."))
    if of_list(label, owner).count() >= MOST:
        raise ValidationError(_("These are %(most)s already: delete one first.") % {"most": MOST})
    saved = SavedFilter(owner=owner, list=label, name=name.strip(), query=query)
    saved.full_clean()
    try:
        with transaction.atomic():
            saved.save()
    except IntegrityError:
        saved.validate_constraints()  # another session took the name after the check, and is seen now
        raise
    return saved


@transaction.atomic
def show_on_first_page(saved: SavedFilter) -> None:
    """This one, and no other one of its owner."""
    # Two at once take turns, so that neither finds the other's in its way.
    list(SavedFilter.objects.select_for_update().filter(owner=saved.owner_id).order_by("pk").values_list("pk"))
    SavedFilter.objects.filter(owner=saved.owner_id, on_first_page=True).update(on_first_page=False)
    SavedFilter.objects.filter(pk=saved.pk).update(on_first_page=True)


def hide(saved: SavedFilter) -> None:
    SavedFilter.objects.filter(pk=saved.pk).update(on_first_page=False)
