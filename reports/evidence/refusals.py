"""Refusals in words: what is wrong with the file, and what its sender can do."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from reports.evidence.vocabulary import Refusal


class Words(NamedTuple):
    reason: str
    advice: str


def words(why: str, facts: dict[str, Any]) -> Words:
    """Reason and advice in the reader's language."""
    kind = facts.get("kind", "")
    reason = _REASONS.get((why, kind)) or Refusal(why).label
    advice = _ADVICE.get((why, kind)) or _ADVICE[why, ""]
    return Words(f"{reason} {_figures(why, facts)}".strip(), str(advice))


_REASONS: dict[tuple[str, str], Any] = {
    ("active", "action"): _("The document runs, starts or sends something when it is opened."),
    ("active", "form"): _("The document has a form or a film that can run code."),
    ("unknown_type", "archive"): _("This is an archive."),
    ("unknown_type", "raw"): _("This is the raw file of a camera."),
    ("damaged", "truncated"): _("The file ends too early."),
    ("two_in_one", "archive"): _("There is an archive in the file."),
    ("two_in_one", "attachment"): _("There are other files in the document."),
    ("two_in_one", "code"): _("There is code hidden in the file."),
    ("two_in_one", "pdf"): _("The file is a picture and a PDF at once."),
    ("closed", "submitted"): _("The report has been reviewed meanwhile; nothing is added to it any more."),
}
_PRINT_ANEW = _("Open it, print it into a new PDF, and send that one.")
_SAVE_ANEW = _("Open it in a program for pictures, save it anew as JPEG, and send that one.")
_ADVICE: dict[tuple[str, str], Any] = {
    ("empty", ""): _("Look whether the file on your device can be opened, and send it again."),
    ("too_large", ""): _("Send a smaller version, or ask an administrator to load it."),
    ("full", ""): _("Tell an administrator. Your file was not kept."),
    ("incomplete", ""): _("Send it again."),
    ("hash_differs", ""): _("Send it again; if this comes back, the line or the device alters what is sent."),
    ("unknown_type", ""): _("Send JPEG, PNG, TIFF, WebP, HEIC, AVIF or PDF."),
    ("unknown_type", "archive"): _("Unpack it and send the pictures one by one; you can choose many at once."),
    ("unknown_type", "raw"): _("Develop it into a TIFF or JPEG and send that; keep the raw file safe."),
    ("active", ""): _("Send a photograph or a PDF; a drawing as PNG."),
    ("active", "action"): _PRINT_ANEW,
    ("active", "form"): _PRINT_ANEW,
    ("damaged", ""): _("Look whether it can be opened on your device, and send it again from there."),
    ("too_many_pixels", ""): _("Send a smaller version; keep the large one safe."),
    ("too_many_frames", ""): _("Send the pictures or parts one by one."),
    ("two_in_one", ""): _SAVE_ANEW,
    ("two_in_one", "attachment"): _("Save what is attached, and send each photograph or document by itself."),
    ("too_much_metadata", ""): _SAVE_ANEW,
    ("encrypted", ""): _("Save it without a password, and send that one."),
    ("too_costly", ""): _("Send a smaller version, or a JPEG."),
    ("too_costly", "progressive"): _("Save it anew as a JPEG that is not progressive, or send a smaller version."),
    ("there_already", ""): _("You need not send it again."),
    ("closed", ""): _("Add the file to the monument itself."),
}


def _figures(why: str, facts: dict[str, Any]) -> str:
    found, limit = facts.get("found"), facts.get("limit")
    if why == Refusal.TOO_LARGE and found and limit:
        return _pair(filesizeformat(found), filesizeformat(limit))
    if why == Refusal.TOO_MANY_PIXELS and found and limit:
        return _pair(_megapixels(found), _megapixels(limit))
    if why == Refusal.TOO_MANY_FRAMES and limit:
        return ngettext("At most %(count)s is taken in.", "At most %(count)s are taken in.", limit) % {
            "count": number_format(limit)
        }
    return ""


def _pair(found: str, limit: str) -> str:
    return gettext("It has %(found)s; at most %(limit)s are taken in.") % {"found": found, "limit": limit}


def _megapixels(pixels: int) -> str:
    return gettext("%(number)s megapixels") % {"number": number_format(round(pixels / 1e6, 1), 1)}
