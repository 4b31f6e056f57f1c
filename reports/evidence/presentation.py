"""IIIF Presentation API 3.0: the public pictures of a monument, as viewers such as Mirador open them.

https://iiif.io/api/presentation/3.0/. Every text is told in each language of the portal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from reports.evidence import gallery
from reports.evidence.models import Evidence, Rendition
from reports.evidence.querysets import UNDATED
from reports.evidence.vocabulary import RenditionFormat, RenditionSize
from sites.models import Monument
from sites.vocabulary import NameKind

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
Texts = dict[str, list[str]]
"""A language map: texts by BCP 47 tag; "none" where the language is not known or does not matter."""


def manifest(
    monument: Monument, pictures: Iterable[Evidence], *, address: str, absolute: Callable[[str], str]
) -> dict[str, Any]:
    """What is at `address`. `monument` with its names; `pictures` as `gallery.of` finds them for everybody.

    `absolute` makes a whole address of a path.
    """
    shown = [(one, full) for one in pictures if (full := _full(one))]
    page = absolute(reverse("gallery", args=[monument.slug]))
    said: dict[str, Any] = {
        "@context": CONTEXT,
        "id": address,
        "type": "Manifest",
        "label": _names(monument),
        "behavior": ["individuals"],
        "homepage": [{"id": page, "type": "Text", "label": _told(lambda: _("Pictures")), "format": "text/html"}],
        "items": [_canvas(one, full, f"{address}/canvas/{one.pk}", absolute) for one, full in shown],
    }
    sources = dict.fromkeys(name for one, _full in shown for name in _sources(one))
    if sources:
        said["requiredStatement"] = _required(list(sources))
    return said


def _canvas(evidence: Evidence, full: Rendition, address: str, absolute: Callable[[str], str]) -> dict[str, Any]:
    service = absolute(reverse("iiif-picture", args=[evidence.pk]))
    size = {"width": full.width, "height": full.height}
    body = {
        "id": f"{service}/full/max/0/default.jpg",
        "type": "Image",
        "format": "image/jpeg",
        **size,
        "service": [{"id": service, "type": "ImageService3", "profile": "level2"}],
    }
    painting = {
        "id": f"{address}/painting/1",
        "type": "Annotation",
        "motivation": "painting",
        "body": body,
        "target": address,
    }
    said = {
        "id": address,
        "type": "Canvas",
        **size,
        "label": _label(evidence),
        "metadata": _metadata(evidence),
        "homepage": _homepage(evidence, absolute),
        "items": [{"id": f"{address}/painting", "type": "AnnotationPage", "items": [painting]}],
    }
    day = evidence.day  # type: ignore[attr-defined]
    if day != UNDATED:
        said["navDate"] = f"{day.isoformat()}T00:00:00Z"
    if sources := _sources(evidence):
        said["requiredStatement"] = _required(sources)
    if evidence.alternative:
        said["summary"] = {evidence.language: [evidence.alternative]}
    return said


def _metadata(evidence: Evidence) -> list[dict[str, Texts]]:
    found = []
    if gallery.date_text(evidence):
        found.append(_pair(lambda: _("Date"), lambda: gallery.date_text(evidence)))
    statement = gallery.statement_of(evidence)
    if statement:
        found.append(_pair(lambda: _("Certainty"), lambda: str(statement.get_certainty_display())))
    if evidence.licence:
        found.append({"label": _told(lambda: _("Licence")), "value": {"none": [evidence.licence]}})
    return found


def _homepage(evidence: Evidence, absolute: Callable[[str], str]) -> list[dict[str, Any]]:
    page = absolute(reverse("picture", args=[evidence.pk]))
    return [{"id": page, "type": "Text", "label": _told(lambda: _("About this picture")), "format": "text/html"}]


def _label(evidence: Evidence) -> Texts:
    """The caption, else the date, else that nobody knows it."""
    if evidence.caption:
        return {evidence.language: [evidence.caption]}
    return _told(lambda: gallery.date_text(evidence) or _("Date unknown"))


def _sources(evidence: Evidence) -> list[str]:
    statement = gallery.statement_of(evidence)
    return [*([statement.source.name] if statement else []), *([evidence.credit] if evidence.credit else [])]


def _required(sources: list[str]) -> dict[str, Texts]:
    return {"label": _told(lambda: _("Source")), "value": {"none": sources}}


def _pair(label: Callable[[], str], value: Callable[[], str]) -> dict[str, Texts]:
    return {"label": _told(label), "value": _told(value)}


def _names(monument: Monument) -> Texts:
    found: Texts = {}
    for name in monument.names.all():
        if name.kind == NameKind.PREFERRED:
            found.setdefault(name.language, []).append(name.text)
    return found or {"none": [monument.slug]}


def _told(text: Callable[[], str]) -> Texts:
    told = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            told[code] = [text()]
    return told


def _full(evidence: Evidence) -> Rendition | None:
    wanted = (RenditionSize.FULL, RenditionFormat.JPEG)
    return next((one for one in evidence.renditions.all() if (one.size, one.format) == wanted), None)
