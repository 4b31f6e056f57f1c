"""Reading the registry: every page, list and answer starts here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Min, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Length
from django.utils.translation import get_language

from sites import areas
from sites.circles import Circle
from sites.folding import fold
from sites.vocabulary import NameKind

if TYPE_CHECKING:
    from django.contrib.auth.models import PermissionsMixin

    from sites.models import Name

EVERYBODY = AnonymousUser()


def preferred_name(owner: str, ref: str = "pk", language: str | None = None) -> Subquery:
    """The preferred name in the reader's language, else in English, else in any.

    `owner` is "site" or "monument", `ref` the path to its key from the row that asks.
    """
    from sites.models import Name

    wanted = (language or get_language() or "en").split("-")[0]
    nearest = Case(When(language=wanted, then=Value(0)), When(language="en", then=Value(1)), default=Value(2))
    names = Name.objects.filter(**{owner: OuterRef(ref)}, kind=NameKind.PREFERRED)
    return Subquery(names.order_by(nearest, "id").values("text")[:1])


def named(owner: str, text: str) -> QuerySet[Name]:
    """The keys of those sites or monuments (`owner`) of which one name, in any language, has all words of the text."""
    from sites.models import Name

    names = Name.objects.filter(**{f"{owner}__isnull": False}).order_by()
    words = fold(text).split()
    for word in words:
        names = names.filter(folded__contains=word)
    return (names if words else names.none()).values(owner)


def nearest_named(owner: str, text: str, most: int) -> list[UUID]:
    """The keys of at most so many of those that `named` finds: first who is called just so, then who begins so."""
    from sites.models import Name

    wanted = fold(text)
    nearness = Case(
        When(folded=wanted, then=Value(0)), When(folded__startswith=wanted, then=Value(1)), default=Value(2)
    )
    names = Name.objects.filter(**{f"{owner}__in": named(owner, text)}).order_by().values(owner)
    ranked = names.annotate(nearness=Min(nearness), length=Min(Length("folded")))
    return list(ranked.order_by("nearness", "length", owner).values_list(owner, flat=True)[:most])


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

    def inside(self, box: areas.Box | Circle, reader: PermissionsMixin | AnonymousUser = EVERYBODY) -> Self:
        """Those in a box or a circle, as far as the reader may know where they stand."""
        from sites import visibility

        exact, public = (box.condition(f"{of}longitude", f"{of}latitude") for of in ("", "public_"))
        return self.filter(visibility.as_seen(reader, exact=exact, public=public))

    def covered_by(self, area: dict[str, Any], reader: PermissionsMixin | AnonymousUser = EVERYBODY) -> Self:
        """Those in a GeoJSON polygon, as far as the reader may know where they stand."""
        from sites import visibility

        exact, public = (areas.within(area, f"{of}longitude", f"{of}latitude") for of in ("", "public_"))
        return self.filter(visibility.as_seen(reader, exact=exact, public=public))
