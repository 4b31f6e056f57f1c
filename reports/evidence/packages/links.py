"""The way to a package: a signed link that expires, and that leads nowhere once its asker lost the right."""

from __future__ import annotations

from typing import IO

from django.conf import settings
from django.core import signing
from django.core.files.storage import FileSystemStorage, storages

from reports.evidence.models import EvidencePackage
from reports.evidence.vocabulary import PackageState
from sites.responsibility import answers_for

SALT = "reports.evidence.package"
EXPORTS = "evidence.export_package"


def may_have(package: EvidencePackage) -> bool:
    """Asked again whenever somebody comes for it."""
    asker = package.asked_by
    return asker.is_active and asker.has_perm(EXPORTS) and answers_for(asker, package.monument)


def link(package: EvidencePackage) -> str:
    """Where it is fetched for the next SIGNED_LINK_SECONDS, without signing in."""
    storage = storages["packages"]
    if isinstance(storage, FileSystemStorage):
        return f"/packages/file/{signing.dumps(str(package.pk), salt=SALT)}/"
    return storage.url(package.file)


def read(token: str) -> EvidencePackage | None:
    """The package of a link; None if it is forged, has expired, or its asker may no longer have it."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=settings.SIGNED_LINK_SECONDS)
    except signing.BadSignature:
        return None
    ready = EvidencePackage.objects.filter(pk=pk, state=PackageState.READY)
    package = ready.select_related("asked_by", "monument__site").first()
    return package if package and may_have(package) else None


def open_file(package: EvidencePackage) -> IO[bytes]:
    return storages["packages"].open(package.file, "rb")
