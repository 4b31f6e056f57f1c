"""tus 1.0 (tus.io), the protocol of resumable uploads: its headers, read and written.

Core, and the extensions creation, termination, checksum and expiration.
"""

from __future__ import annotations

import base64
import binascii
import datetime
import re

from django.conf import settings
from django.http import HttpResponseBase
from django.utils.http import http_date
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.request import Request

from reports.evidence import actions, limits
from reports.evidence.models import Upload
from reports.evidence.vocabulary import UploadState

VERSION = "1.0.0"
MEDIA_TYPE = "application/offset+octet-stream"
HEADERS = ("Upload-Offset", "Upload-Length", "Upload-Expires")
_NUMBER = re.compile(r"\A[0-9]{1,18}\Z", re.ASCII)


class WrongVersion(APIException):
    status_code = 412


class WrongType(APIException):
    status_code = 415


class LengthMissing(APIException):
    status_code = 411


class TooLarge(APIException):
    status_code = 413


class Gone(APIException):
    status_code = 410


class InUse(APIException):
    status_code = 423


class ChecksumDiffers(APIException):
    status_code = 460


def is_spoken(request: Request) -> bool:
    return "Tus-Resumable" in request.headers


def check_version(request: Request) -> None:
    """Raises WrongVersion: every request of the protocol names it, but one that asks what there is."""
    if request.headers.get("Tus-Resumable") != VERSION:
        raise WrongVersion(_("Send “Tus-Resumable: %(version)s”.") % {"version": VERSION})


def check_part(request: Request) -> None:
    """Raises WrongType, LengthMissing: what is sent is no part of a file."""
    if request.content_type != MEDIA_TYPE:
        raise WrongType(_("Send the part as “Content-Type: %(type)s”.") % {"type": MEDIA_TYPE})
    if not request.META.get("CONTENT_LENGTH"):
        raise LengthMissing(_("Say how long the part is: “Content-Length: …”."))


def number(request: Request, header: str) -> int:
    """A header that counts bytes. Raises ParseError."""
    text = request.headers.get(header, "")
    if not _NUMBER.match(text):
        raise ParseError(_("Send “%(header)s” as a number of bytes.") % {"header": header})
    return int(text)


def metadata(request: Request) -> dict[str, str]:
    """`Upload-Metadata`: names, and values in Base64. Raises ParseError."""
    found = {}
    for pair in filter(None, (part.strip() for part in request.headers.get("Upload-Metadata", "").split(","))):
        name, _space, value = pair.partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as error:
            raise ParseError(
                _("The value of “%(name)s” in Upload-Metadata is not Base64.") % {"name": name}
            ) from error
    return found


def checksum(request: Request) -> actions.Checksum | None:
    """`Upload-Checksum`: an algorithm and a hash in Base64. Raises ParseError."""
    text = request.headers.get("Upload-Checksum")
    if not text:
        return None
    algorithm, _space, value = text.partition(" ")
    try:
        digest = base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise ParseError(_("Upload-Checksum is a name and a hash in Base64.")) from error
    if algorithm not in actions.CHECKSUMS:
        known = ", ".join(actions.CHECKSUMS)
        raise ParseError(_("This checksum is not known; known are: %(known)s.") % {"known": known})
    return actions.Checksum(algorithm, digest)


def says_what_there_is(response: HttpResponseBase) -> None:
    response["Tus-Version"] = VERSION
    response["Tus-Extension"] = "creation,termination,checksum,expiration"
    response["Tus-Max-Size"] = str(limits.per_file())
    response["Tus-Checksum-Algorithm"] = ",".join(actions.CHECKSUMS)


def how_far(upload: Upload, here: int) -> dict[str, str]:
    """The headers that say where to go on, and until when."""
    told = {"Upload-Offset": str(here), "Upload-Length": str(upload.size)}
    if upload.state == UploadState.RECEIVING:
        until = upload.touched_at + datetime.timedelta(hours=settings.EVIDENCE_STALE_HOURS)
        told["Upload-Expires"] = http_date(until.timestamp())
    return told
