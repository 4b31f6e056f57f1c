"""What is needed, promised, paid and lacking, in one currency at a time: nothing is ever converted."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

NOTHING = Decimal(0)


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
    def promised(self) -> Decimal:
        """What is still to come of what was promised."""
        return self.covered - self.paid

    @property
    def gap(self) -> Decimal:
        """What nobody has promised; 0 where no cost is known."""
        return max(self.needed - self.covered, NOTHING)

    @property
    def mixes_years(self) -> bool:
        """Whether prices of different years were added, which says less than it seems."""
        return len(self.needs) > 1
