"""What a page says of a picture to a browser: its files by size and format, and words for who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from reports.evidence.models import BlurArea, Evidence, Rendition
from reports.evidence.vocabulary import PUBLIC_SIZES, EvidenceKind, RenditionFormat, RenditionSize


class Source(NamedTuple):
    media_type: str
    files: str
    """As `srcset`: addresses and widths."""


class Picture(NamedTuple):
    """The best formats first; the last is what every browser can show, with `src` for those without `srcset`."""

    sources: list[Source]
    src: str
    width: int
    height: int


def picture(evidence: Evidence) -> Picture | None:
    """Of evidence with its renditions; None while there are none."""
    made = {(one.size, one.format): one for one in evidence.renditions.all() if one.size in PUBLIC_SIZES}
    page = made.get((RenditionSize.PAGE, RenditionFormat.JPEG))
    if page is None:
        return None
    sources = [_source(kind, list(made.values())) for kind in (RenditionFormat.AVIF, RenditionFormat.JPEG)]
    return Picture([source for source in sources if source.files], address(page), page.width, page.height)


def largest(evidence: Evidence) -> Rendition | None:
    """What is shown of it at its largest; None while there are no pictures."""
    full = (one for one in evidence.renditions.all() if one.size == RenditionSize.FULL)
    return next(full, None)


def to_mark_on(evidence: Evidence, areas: Sequence[BlurArea]) -> Rendition | None:
    """The picture without blur; None while there is none."""
    size = RenditionSize.PLAIN if areas else RenditionSize.PAGE
    wanted = (size, RenditionFormat.JPEG)
    return next((one for one in evidence.renditions.all() if (one.size, one.format) == wanted), None)


def address(rendition: Rendition) -> str:
    evidence, _slash, name = rendition.file.partition("/")
    return reverse("picture-file", args=[evidence, name])


def alternative(evidence: Evidence) -> str:
    """What somebody is told who cannot see it; where nobody has said it yet, what else is known."""
    if evidence.alternative or evidence.caption:
        return evidence.alternative or evidence.caption
    if evidence.kind == EvidenceKind.DOCUMENT:
        return _("First page of a document that nobody has described yet.")
    return _("Photograph that nobody has described yet.")


def _source(kind: str, made: list[Rendition]) -> Source:
    widths = {one.width: address(one) for one in made if one.format == kind}
    return Source(kind, ", ".join(f"{widths[width]} {width}w" for width in sorted(widths)))
