"""How a kept file goes out: by the web server, where one was told to, else by this process."""

from __future__ import annotations

from collections.abc import Callable

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
    return allow(_answer(request, kept.name.rpartition("/")[2], lambda: _whole(kept)), public=True)


def private(request: HttpRequest, kept: Kept) -> HttpResponseBase:
    """For who asks; their browser asks again each time."""
    return allow(_answer(request, kept.name.rpartition("/")[2], lambda: _whole(kept)), public=False)


def made(
    request: HttpRequest, make: Callable[[], bytes], media_type: str, *, tag: str, public: bool
) -> HttpResponseBase:
    """A file that is made only if the browser has it not yet; `tag` tells its content."""
    return allow(_answer(request, tag, lambda: HttpResponse(make(), content_type=media_type)), public=public)


def allow(answer: HttpResponseBase, *, public: bool) -> HttpResponseBase:
    """Say who may keep an answer, and which pages may show it."""
    caching = f"public, max-age={settings.PICTURE_CACHE_SECONDS}" if public else "private, no-cache"
    answer["Cache-Control"] = caching
    answer["Cross-Origin-Resource-Policy"] = "cross-origin" if public else "same-origin"
    if public:
        answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _answer(request: HttpRequest, tag: str, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    etag = quote_etag(tag)  # follows from the content
    answer = get_conditional_response(request, etag=etag) or make()
    answer["ETag"] = etag
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
