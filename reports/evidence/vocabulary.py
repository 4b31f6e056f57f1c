"""Code lists of evidence. Codes are stored as they stand; labels are translated."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EvidenceKind(models.TextChoices):
    PHOTOGRAPH = "photograph", _("Photograph")
    DOCUMENT = "document", _("Document")


class MediaType(models.TextChoices):
    """What is taken in, told by the content and never by the name."""

    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"
    TIFF = "image/tiff", "TIFF"
    WEBP = "image/webp", "WebP"
    HEIC = "image/heic", "HEIC"
    AVIF = "image/avif", "AVIF"
    PDF = "application/pdf", "PDF"


class Door(models.TextChoices):
    """Through which door a file came in."""

    PORTAL = "portal", _("Portal")
    ADMIN = "admin", _("Admin")
    API = "api", _("REST interface")
    LOADED = "loaded", pgettext_lazy("evidence", "Loaded by command")


class UploadState(models.TextChoices):
    RECEIVING = "receiving", pgettext_lazy("upload", "Being received")
    CHECKING = "checking", pgettext_lazy("upload", "Being checked")
    STORED = "stored", pgettext_lazy("upload", "Stored")
    REFUSED = "refused", pgettext_lazy("upload", "Refused")


class Refusal(models.TextChoices):
    """Why a file was not taken in; `refusals.py` says each in full, with what to do."""

    EMPTY = "empty", _("The file is empty.")
    TOO_LARGE = "too_large", _("The file is too large.")
    FULL = "full", _("There is no room for more files.")
    INCOMPLETE = "incomplete", _("The file did not arrive whole.")
    HASH_DIFFERS = "hash_differs", _("The file changed on its way.")
    UNKNOWN_TYPE = "unknown_type", _("This type of file is not taken in.")
    ACTIVE = "active", _("The file can run code.")
    DAMAGED = "damaged", _("The file is damaged.")
    TOO_MANY_PIXELS = "too_many_pixels", _("The picture has too many pixels.")
    TOO_MANY_FRAMES = "too_many_frames", _("The file has too many pictures or pages.")
    TWO_IN_ONE = "two_in_one", _("Another file is hidden in the file.")
    TOO_MUCH_METADATA = "too_much_metadata", _("The file says too much about itself.")
    ENCRYPTED = "encrypted", _("The document is encrypted.")
    TOO_COSTLY = "too_costly", _("The file takes too much memory or time to open.")
    THERE_ALREADY = "there_already", _("This file is there already.")
    CLOSED = "closed", _("Files can no longer be added there.")


class FlagKind(models.TextChoices):
    """What a verifier should look at twice."""

    FAR_FROM_PLACE = "far_from_place", _("Taken far from the monument")
    AFTER_UPLOAD = "after_upload", _("Dated after the upload")
    FAR_FROM_DATE = "far_from_date", _("Taken long before or after the observed date")
    USED_BEFORE = "used_before", _("This picture was used before")


class CustodyStep(models.TextChoices):
    """What can happen to a piece of evidence; each is recorded once, with who and when."""

    RECEIVED = "received", pgettext_lazy("custody", "Received")
    STORED = "stored", pgettext_lazy("custody", "Checked and stored")
    DESCRIBED = "described", pgettext_lazy("custody", "Described")
    BLURRED = "blurred", pgettext_lazy("custody", "Areas blurred in what is published")
    REVIEWED = "reviewed", pgettext_lazy("custody", "Reviewed")
    PUBLISHED = "published", pgettext_lazy("custody", "Published")
    RETRACTED = "retracted", pgettext_lazy("custody", "Its report was retracted")
    WITHDRAWN = "withdrawn", pgettext_lazy("custody", "Withdrawn")
    VIEWED = "viewed", pgettext_lazy("custody", "Original viewed")
    EXPORTED = "exported", pgettext_lazy("custody", "Exported")
    VERIFIED = "verified", pgettext_lazy("custody", "Hash verified")
    MISMATCHED = "mismatched", pgettext_lazy("custody", "Hash does not match")
    MISSING = "missing", pgettext_lazy("custody", "File missing")
    UNREADABLE = "unreadable", pgettext_lazy("custody", "File cannot be read")
    LOST = "lost", pgettext_lazy("custody", "Accepted as lost")


class Damage(models.TextChoices):
    """What a check of originals can find amiss."""

    MISMATCHED = "mismatched", pgettext_lazy("original", "Hash does not match")
    MISSING = "missing", pgettext_lazy("original", "File missing")
    UNREADABLE = "unreadable", pgettext_lazy("original", "File cannot be read")


class PackageState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("package", "Waiting for a worker")
    PACKING = "packing", pgettext_lazy("package", "Being packed")
    READY = "ready", pgettext_lazy("package", "Ready")
    FAILED = "failed", pgettext_lazy("package", "Failed")
    EXPIRED = "expired", pgettext_lazy("package", "Expired")


class PackageFailure(models.TextChoices):
    NOT_ALLOWED = "forbidden", _("You no longer have the right to export this; ask an administrator.")
    NO_ROOM = "no_room", _("There is not enough room on the disk; ask an administrator, or choose a shorter period.")
    ERROR = "error", _("Something went wrong, several times; the log of the worker says what. Ask an administrator.")


class RenditionSize(models.TextChoices):
    LIST = "list", pgettext_lazy("picture", "For lists")
    PAGE = "page", pgettext_lazy("picture", "For pages")
    FULL = "full", pgettext_lazy("picture", "Full view")
    PLAIN = "plain", pgettext_lazy("picture", "Without blur, to mark areas on")


class RenditionFormat(models.TextChoices):
    AVIF = "image/avif", "AVIF"
    JPEG = "image/jpeg", "JPEG"


PUBLIC_SIZES = (RenditionSize.LIST, RenditionSize.PAGE, RenditionSize.FULL)
"""What everybody sees of public evidence; what is beneath the blur is for those who mark it."""


class RenderProblem(models.TextChoices):
    """Why no pictures could be made of an original."""

    DAMAGED = "damaged", pgettext_lazy("renditions", "The file is damaged")
    TOO_COSTLY = "too_costly", pgettext_lazy("renditions", "It takes more memory or time than is allowed")
    MISSING = "missing", pgettext_lazy("renditions", "The original is missing")
    BROKEN = "broken", pgettext_lazy("renditions", "An error of the program; the log says more")


class BlurReason(models.TextChoices):
    FACE = "face", _("Face")
    PLATE = "plate", _("Number plate")
    OTHER = "other", pgettext_lazy("blur", "Other")
