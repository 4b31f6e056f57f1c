"""Reading evidence and what became of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Min, QuerySet
from django.utils import timezone

from reports.evidence.models import DamagedOriginal, Evidence, FixityRun, Original
from reports.evidence.vocabulary import Damage
from sites.models import Site


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
    """Five queries."""
    found = dict(to_mend().order_by().values_list("kind").annotate(Count("pk")))
    return FixityState(
        originals=Original.objects.count(),
        to_mend={kind: found.get(kind, 0) for kind in Damage.values},
        never_verified=Original.objects.filter(verified_at=None).count(),
        oldest_verified_at=Original.objects.aggregate(oldest=Min("verified_at"))["oldest"],
        last_run=FixityRun.objects.exclude(ended_at=None).order_by("-ended_at").first(),
    )
