"""What is needed, promised, paid and lacking, in one currency at a time. Pure: nothing is ever converted."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from reports.restoration.vocabulary import Stage

NOTHING = Decimal(0)


class Cost(NamedTuple):
    """An estimate of a plan that nobody has replaced."""

    plan: UUID
    currency: str
    amount: Decimal
    price_year: int | None
    whole: bool
    approximate: bool
    on: datetime.date


class Gift(NamedTuple):
    """Money of a donor for a plan; `of` is the pledge that it keeps."""

    id: UUID
    of: UUID | None
    currency: str
    amount: Decimal
    stage: str
    approximate: bool


@dataclass
class Sum:
    """Amounts in one currency, whose needs may be in prices of several years."""

    currency: str
    needs: dict[int | None, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    """By the year of the prices; None: nobody says which."""
    pledged: Decimal = NOTHING
    committed: Decimal = NOTHING
    paid: Decimal = NOTHING
    covered: Decimal = NOTHING
    """What is promised or given, each sum once however far it has come."""
    approximate: bool = False

    @property
    def needed(self) -> Decimal:
        return sum(self.needs.values(), NOTHING)

    @property
    def by_year(self) -> list[tuple[int | None, Decimal]]:
        return sorted(self.needs.items(), key=lambda need: need[0] or 0)

    @property
    def gap(self) -> Decimal:
        """What nobody has promised; 0 where no cost is known."""
        return max(self.needed - self.covered, NOTHING)

    @property
    def mixes_years(self) -> bool:
        """Whether prices of different years were added, which says less than it seems."""
        return len(self.needs) > 1


def add_up(costs: Iterable[Cost], gifts: Iterable[Gift]) -> list[Sum]:
    """The sum of each currency, by its code."""
    sums: dict[str, Sum] = {}
    for cost in needed(costs):
        row = sums.setdefault(cost.currency, Sum(cost.currency))
        row.needs[cost.price_year] += cost.amount
        row.approximate |= cost.approximate
    for promise in _promises(gifts):
        for gift in promise:
            row = sums.setdefault(gift.currency, Sum(gift.currency))
            name = Stage(gift.stage).value
            setattr(row, name, getattr(row, name) + gift.amount)
            row.approximate |= gift.approximate
        row.covered += _reached(promise)
    return [sums[currency] for currency in sorted(sums)]


def needed(costs: Iterable[Cost]) -> list[Cost]:
    """Of each plan and currency the newest estimate of the whole; without one, those of its parts."""
    by_plan: dict[tuple[UUID, str], list[Cost]] = defaultdict(list)
    for cost in costs:
        by_plan[cost.plan, cost.currency].append(cost)
    found: list[Cost] = []
    for rows in by_plan.values():
        wholes = [cost for cost in rows if cost.whole]
        found += [max(wholes, key=lambda cost: (cost.on, cost.amount))] if wholes else rows
    return found


def _promises(gifts: Iterable[Gift]) -> list[list[Gift]]:
    """Each promise with what came of it."""
    rows = list(gifts)
    known = {gift.id for gift in rows}
    together: dict[UUID, list[Gift]] = defaultdict(list)
    for gift in rows:
        together[gift.of if gift.of in known and gift.of else gift.id].append(gift)
    return list(together.values())


def _reached(promise: list[Gift]) -> Decimal:
    """How much it comes to: a payment of a part leaves the rest promised; one of more counts in full."""
    by_stage: dict[str, Decimal] = defaultdict(Decimal)
    for gift in promise:
        by_stage[gift.stage] += gift.amount
    return max(by_stage.values())
