"""How a kept file goes out: by the web server, where one was told to, else by this process."""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from reports.evidence.links import Kept

CAN_DO_NOTHING = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""The policy of a file: whatever is in it, it runs nothing and loads nothing."""


def public(request: HttpRequest, kept: Kept) -> HttpResponseBase:
    """For everybody, and for pages of others, too."""
    answer = _answer(request, kept, f"public, max-age={settings.PICTURE_CACHE_SECONDS}")
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def private(request: HttpRequest, kept: Kept) -> HttpResponseBase:
    """For who asks; their browser asks again each time."""
    answer = _answer(request, kept, "private, no-cache")
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def _answer(request: HttpRequest, kept: Kept, caching: str) -> HttpResponseBase:
    # Names follow from the content.
    etag = quote_etag(kept.name.rpartition("/")[2])
    answer = get_conditional_response(request, etag=etag) or _whole(kept)
    answer["ETag"] = etag
    answer["Cache-Control"] = caching
    answer["Content-Security-Policy"] = CAN_DO_NOTHING
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _whole(kept: Kept) -> HttpResponseBase:
    storage = storages[kept.storage]
    saved = bool(kept.download_as)
    if settings.INTERNAL_REDIRECT and isinstance(storage, FileSystemStorage):
        answer = HttpResponse(content_type=kept.media_type)
        answer["X-Accel-Redirect"] = f"{settings.INTERNAL_REDIRECT}{kept.storage}/{kept.name}"
        if saved:
            answer["Content-Disposition"] = f'attachment; filename="{kept.download_as}"'
        return answer
    try:
        file = storage.open(kept.name, "rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(file, content_type=kept.media_type, as_attachment=saved, filename=kept.download_as)
