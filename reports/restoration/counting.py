"""In the database, from which day on a statement counts: as `counts_from` of steps, money and statements."""

from django.db.models import Case, CharField, DateField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, Least, TruncDate

RECORDED = TruncDate("recorded_at")
# Concat takes no year for an empty one, and PostgreSQL knows no day "-12-31".
END_OF_YEAR = Case(
    When(
        source_year__isnull=False,
        then=Cast(Concat(Cast("source_year", CharField()), Value("-12-31")), DateField()),
    ),
    output_field=DateField(),
)
COUNTS_FROM = Least(Coalesce("date_to", END_OF_YEAR, RECORDED), RECORDED)
"""What nobody dated, at the end of the year of its source; and nothing later than it was recorded."""
