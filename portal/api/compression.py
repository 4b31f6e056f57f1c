"""Compressed answers of the interfaces, which carry no secret of a session beside what a reader sent."""

from __future__ import annotations

from compression_middleware.middleware import CompressionMiddleware
from django.http import HttpRequest, HttpResponseBase

from portal.api.keys import INTERFACES


class Compression(CompressionMiddleware):
    """Middleware: zstd, brotli or gzip, as the client takes them. Pages stay as they are (BREACH)."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not request.path.startswith(INTERFACES):
            return response
        compressed: HttpResponseBase = super().process_response(request, response)
        return compressed
