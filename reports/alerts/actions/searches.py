"""Saving what somebody looks for again and again."""

from __future__ import annotations

from django.db import transaction

from reports.alerts.actions.subscriptions import end
from reports.alerts.models import Search
from sites.areas import box


def save_search(search: Search) -> Search:
    """Raises ValidationError."""
    search.full_clean()
    search.west, search.south, search.east, search.north = box(search.area) if search.area else (None,) * 4
    search.save()
    return search


def search_for_the_same(search: Search) -> Search:
    """The search of the same person, or of nobody, that asks for the same under the same name; else this new one.

    So whoever asks twice asks for one subscription. Raises ValidationError.
    """
    same = {name: getattr(search, name) for name in ("name", "country", "site", "type", "least_grade")}
    standing = Search.objects.filter(**same, user=search.user)
    return next((row for row in standing if row.area == search.area), None) or save_search(search)


@transaction.atomic
def forget(search: Search) -> None:
    """Its subscriptions end; its feed and its layer are gone."""
    for subscription in search.subscriptions.filter(ended_at=None):
        end(subscription)
    search.delete()
