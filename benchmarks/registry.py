"""A registry of any size, by the models alone: the same on PostgreSQL and on SQLite, and in every run."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from typing import Any

AT_ONCE = 5_000
OF_A_SITE = 100
FIRST_DAY = datetime.date(2011, 3, 15)
DAYS = 5_000


def fill(monuments: int) -> None:
    """Each monument has two names, a place, a published report and the status that follows from it."""
    from django.db import connection
    from django.utils import timezone

    from reports.conditions.models import ConditionReport
    from reports.conditions.rebuilding import rebuild_all
    from reports.conditions.workflow import State
    from reports.sources.models import Source
    from reports.vocabulary import Certainty, DamageGrade
    from sites.folding import fold
    from sites.models import Monument, Name, Site
    from sites.vocabulary import MonumentType

    chance = random.Random(2015)
    types, grades = list(MonumentType), list(DamageGrade)
    source = Source.objects.create(name="Survey", kind="partner")
    sites = [Site(slug=f"site-{number}", country="SY") for number in range(max(1, monuments // OF_A_SITE))]
    Site.objects.bulk_create(sites)
    _name(Name, fold, ((site, "site", site.slug) for site in sites))
    for numbers in _batches(range(monuments)):
        made = [
            Monument(
                slug=f"monument-{number:07}",
                site=sites[number % len(sites)],
                type=chance.choice(types),
                longitude=chance.uniform(35, 42),
                latitude=chance.uniform(32, 37),
            )
            for number in numbers
        ]
        Monument.objects.bulk_create(made)
        _name(Name, fold, ((monument, "monument", monument.slug) for monument in made))
        days = [FIRST_DAY + datetime.timedelta(chance.randrange(DAYS)) for _monument in made]
        ConditionReport.objects.bulk_create(
            ConditionReport(
                monument=monument,
                source=source,
                kind="damage",
                damage_grade=chance.choice(grades),
                certainty=Certainty.HIGH,
                date_from=day,
                date_to=day,
                date_precision="day",
                narrative="What was seen.",
                state=State.PUBLISHED,
                verification_method="satellite",
                published_at=timezone.now(),
            )
            for monument, day in zip(made, days, strict=True)
        )
    for _done in rebuild_all():
        pass
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _name(model: Any, fold: Any, things: Iterator[tuple[Any, str, str]]) -> None:
    """In two languages."""
    model.objects.bulk_create(
        (
            model(**{owner: thing}, text=text, folded=fold(text), language=language)
            for thing, owner, slug in things
            for text, language in ((f"Name of {slug}", "en"), (f"اسم {slug}", "ar"))
        ),
        batch_size=AT_ONCE,
    )


def _batches(numbers: range) -> Iterator[tuple[int, ...]]:
    yield from (tuple(numbers[start : start + AT_ONCE]) for start in range(0, len(numbers), AT_ONCE))
