"""The first page of a document as a picture. Scripts and forms of the document are not run."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image

MOST = 2000
"""Pixels of the longer side: enough to read a page."""


def first_page(path: Path, longest: int) -> Image.Image:
    """Raises ValueError when it cannot be read, or shows nothing."""
    try:
        document = pypdfium2.PdfDocument(path)
        page = document[0]
        scale = min(longest, MOST) / max(page.get_size())
        return page.render(scale=scale, may_draw_forms=False, rev_byteorder=True).to_pil()
    except (pypdfium2.PdfiumError, ZeroDivisionError, IndexError) as error:
        raise ValueError("no page to show") from error
