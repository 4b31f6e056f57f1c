"""Reading evidence and what became of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from reports.evidence.models import DamagedOriginal, Evidence, FixityRun, Original, Rendition
from reports.evidence.visibility import sees_beneath_blur
from reports.evidence.vocabulary import PUBLIC_SIZES, Damage, RenditionFormat
from sites.models import Site
from sites.queries import named as monuments_named

if TYPE_CHECKING:
    from django.contrib.auth.models import PermissionsMixin

PUBLIC = AnonymousUser()


def rendition(file: str, user: PermissionsMixin | AnonymousUser) -> Rendition | None:
    """The picture of that name, if this person may look at it; what is beneath the blur is for who marks it."""
    related = Rendition.objects.select_related("evidence__monument__site", "evidence__organisation")
    found = related.filter(file=file, evidence__in=Evidence.objects.visible_to(user)).first()
    if found is None or found.size in PUBLIC_SIZES:
        return found
    return found if sees_beneath_blur(user, found.evidence) else None


def search(evidence: QuerySet[Evidence], text: str, user: PermissionsMixin | AnonymousUser) -> QuerySet[Evidence]:
    """Those of which monument, words, name of the file or hash have each word of the text.

    What is hidden from this person is not looked through: that it is found would tell what it is.
    """
    standing = Q(withdrawn_at=None)
    named = standing & Q(pk__in=Evidence.objects.named_to(user))
    for word in text.split():
        monument = Q(monument__in=monuments_named("monument", word)) | Q(monument__slug__icontains=word)
        said = Q(caption__icontains=word) | Q(alternative__icontains=word) | Q(credit__icontains=word)
        of_file = Q(name__icontains=word) | Q(original__sha256__startswith=word.lower())
        evidence = evidence.filter(monument | (standing & said) | (named & of_file))
    return evidence


def shown(pk: UUID, user: PermissionsMixin | AnonymousUser) -> list[Rendition]:
    """What this person may see of a piece of evidence in JPEG, the smallest first; empty until it is made."""
    evidence = Evidence.objects.visible_to(user)
    found = Rendition.objects.filter(evidence=pk, evidence__in=evidence, format=RenditionFormat.JPEG)
    return list(found.filter(size__in=PUBLIC_SIZES).order_by("width", "height"))


def damages_by_site(damages: Sequence[DamagedOriginal]) -> Iterator[tuple[Site, DamagedOriginal]]:
    """Each damage with each of the sites to whose evidence the file belongs."""
    by_original = {damage.original_id: damage for damage in damages}
    pairs = Evidence.objects.filter(original__in=by_original).order_by("monument__site", "original")
    found = list(pairs.values_list("monument__site", "original").distinct())
    sites = Site.objects.in_bulk([site for site, _original in found])
    for site, original in found:
        yield sites[site], by_original[original]


def damaged_still(keys: Iterable[str | UUID]) -> bool:
    """Whether one of these damages is neither mended nor accepted."""
    return to_mend().filter(pk__in=keys).exists()


def to_mend() -> QuerySet[DamagedOriginal]:
    """What is damaged and was not accepted as lost."""
    damages: QuerySet[DamagedOriginal] = DamagedOriginal.objects.filter(restored_at=None, accepted_at=None)
    return damages


class FixityState(NamedTuple):
    """Originals, how many are to be mended by what is amiss, when the one that waits longest was verified."""

    originals: int
    to_mend: dict[str, int]
    never_verified: int
    oldest_verified_at: datetime.datetime | None
    last_run: FixityRun | None

    @property
    def number_to_mend(self) -> int:
        return sum(self.to_mend.values())

    @property
    def is_in_order(self) -> bool:
        return self.number_to_mend == 0

    @property
    def oldest_verified_seconds(self) -> float:
        if self.oldest_verified_at is None:
            return 0.0
        return (timezone.now() - self.oldest_verified_at).total_seconds()


def fixity_state() -> FixityState:
    """Three queries."""
    looked = Original.objects.aggregate(
        all=Count("pk"), never=Count("pk", filter=Q(verified_at=None)), oldest=Min("verified_at")
    )
    found = dict(to_mend().order_by().values_list("kind").annotate(Count("pk")))
    return FixityState(
        originals=looked["all"],
        to_mend={kind: found.get(kind, 0) for kind in Damage.values},
        never_verified=looked["never"],
        oldest_verified_at=looked["oldest"],
        last_run=FixityRun.objects.exclude(ended_at=None).order_by("-ended_at").first(),
    )
