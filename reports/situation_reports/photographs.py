"""Photographs of a report: published ones alone, whoever reads it, with words for who cannot see them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext as _

from reports.evidence import renditions
from reports.evidence.models import Evidence, Rendition
from reports.evidence.vocabulary import EvidenceKind, RenditionFormat, RenditionSize
from reports.situation_reports.content import Content, Photograph, Section
from reports.situation_reports.facts import Facts
from reports.situation_reports.writing import words

MOST = 6
"""The last ones; more are on the pages of the monuments."""


def section(facts: Facts) -> Section:
    """What was photographed in the period and had been published by the moment of the report."""
    names = {subject.monument.pk: subject.name for subject in facts.subjects}
    return Section(
        key="photographs",
        title=_("Photographs"),
        photographs=tuple(_photograph(one, names[one.monument_id]) for one in _of(facts, list(names))),
    )


def files(content: Content) -> dict[str, bytes]:
    """The pictures themselves, by their keys."""
    found = {}
    for key in keys(content):
        with renditions.storage().open(key) as file:
            found[key] = file.read()
    return found


def keys(content: Content) -> list[str]:
    return [photograph.key for part in content.sections for photograph in part.photographs]


def _of(facts: Facts, monuments: list[Any]) -> QuerySet[Evidence]:
    question = facts.question
    page = Rendition.objects.filter(size=RenditionSize.PAGE, format=RenditionFormat.JPEG)
    public: Any = Evidence.objects.visible_to(AnonymousUser()).filter(
        monument__in=monuments, kind=EvidenceKind.PHOTOGRAPH, pk__in=page.values("evidence")
    )
    described: Any = public.exclude(alternative="").annotate(
        day=Coalesce("taken_to", "report__date_to", TruncDate("uploaded_at")),
        public_since=Coalesce("published_at", "report__published_at"),
    )
    within = described.filter(
        day__gte=question.period_from, day__lte=question.period_to, public_since__lte=question.known_at
    )
    shown = within.prefetch_related(Prefetch("renditions", queryset=page, to_attr="pages")).order_by("-day", "-pk")
    found: QuerySet[Evidence] = shown[:MOST]
    return found


def _photograph(evidence: Any, name: str) -> Photograph:
    (page,) = evidence.pages
    said = f"{name}. {evidence.caption}" if evidence.caption else f"{name}."
    taken = f" {words.day(evidence.taken_to)}." if evidence.taken_to else ""
    return Photograph(
        key=page.file,
        caption=f"{said}{taken}",
        alternative=evidence.alternative,
        credit=evidence.credit,
        width=page.width,
        height=page.height,
        language=evidence.language,
    )
