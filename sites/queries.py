"""Reading the registry: every page, list and answer starts here."""

from __future__ import annotations

from typing import Self

from django.db.models import Case, OuterRef, QuerySet, Subquery, Value, When
from django.utils.translation import get_language

from sites.vocabulary import NameKind


def preferred_name(owner: str, ref: str = "pk", language: str | None = None) -> Subquery:
    """The preferred name in the reader's language, else in English, else in any.

    `owner` is "site" or "monument", `ref` the path to its key from the row that asks.
    """
    from sites.models import Name

    wanted = (language or get_language() or "en").split("-")[0]
    nearest = Case(When(language=wanted, then=Value(0)), When(language="en", then=Value(1)), default=Value(2))
    names = Name.objects.filter(**{owner: OuterRef(ref)}, kind=NameKind.PREFERRED)
    return Subquery(names.order_by(nearest, "id").values("text")[:1])


class SiteQuerySet(QuerySet):
    def labelled(self, language: str | None = None) -> Self:
        """Each site with `label`, its name for the reader."""
        return self.annotate(label=preferred_name("site", language=language))

    def in_full(self) -> Self:
        """With what a page about it shows: names and designations."""
        return self.prefetch_related("names", "designations")


class MonumentQuerySet(QuerySet):
    def labelled(self, language: str | None = None) -> Self:
        """Each monument with `label` and `site_label`, the names for the reader."""
        return self.annotate(
            label=preferred_name("monument", language=language),
            site_label=preferred_name("site", "site_id", language=language),
        )

    def in_full(self) -> Self:
        """With what a page about it shows: site, names, designations."""
        return self.select_related("site").prefetch_related("names", "designations", "site__names")

    def whole(self) -> Self:
        """Without the parts of larger monuments."""
        return self.filter(parent__isnull=True)
