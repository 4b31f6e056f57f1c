"""Asking for evidence packages, making them, and doing away with them."""

from __future__ import annotations

import datetime
import logging
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.conditions.models import ConditionReport
from reports.conditions.workflow import NotAllowed
from reports.evidence.actions.fixity import check_one
from reports.evidence.models import CustodyEntry, EvidencePackage, Original
from reports.evidence.packages import links, packing
from reports.evidence.vocabulary import PackageFailure, PackageState
from sites.models import Disclosure
from sites.responsibility import answers_for

if TYPE_CHECKING:
    from uuid import UUID

    from django.contrib.auth.models import AnonymousUser, PermissionsMixin

    from sites.models import Monument

logger = logging.getLogger(__name__)

LEASE = datetime.timedelta(minutes=15)
TRIES = 3


def may_export(user: PermissionsMixin | AnonymousUser, monument: Monument) -> bool:
    return user.has_perm(links.EXPORTS) and answers_for(user, monument)


def ask_package(package: EvidencePackage, *, by: PermissionsMixin | AnonymousUser) -> EvidencePackage:
    """Have a package made for `package.asked_by`, who is `by`. Raises NotAllowed, ValidationError."""
    if not may_export(by, package.monument):
        raise NotAllowed(_("Only verifiers who answer for the site export its evidence."))
    if package.report_id and not ConditionReport.objects.visible_to(by).filter(pk=package.report_id).exists():
        raise NotAllowed(_("You may not read this report."))
    package.full_clean()
    package.save()
    return package


def take_package(pk: UUID) -> bool:
    """Exactly one worker gets True; one that died leaves it to the next."""
    now = timezone.now()
    waiting = EvidencePackage.objects.filter(_to_go_on_with(now), pk=pk)
    return waiting.update(state=PackageState.PACKING, leased_until=now + LEASE, tries=F("tries") + 1) == 1


def make_package(pk: UUID) -> None:
    """Make a package that was taken; what fails is tried again, and given up after a few times."""
    package = EvidencePackage.objects.select_related("asked_by", "monument__site").get(pk=pk)
    if not links.may_have(package):
        _give_up(package, PackageFailure.NOT_ALLOWED)
        return
    try:
        packed = packing.pack(package, lambda done, total: _tell(package, done, total))
    except packing.NoRoom:
        _give_up(package, PackageFailure.NO_ROOM)
    except Exception:
        logger.exception("Package %s could not be made", package.pk)
        if package.tries >= TRIES:
            _give_up(package, PackageFailure.ERROR)
        else:
            EvidencePackage.objects.filter(pk=pk).update(leased_until=None)
    else:
        _hand_over(package, packed)
        for original in Original.objects.filter(pk__in=packed.damaged):
            check_one(original)


def packages_to_go_on_with() -> list[UUID]:
    """Those that no worker is at."""
    waiting = EvidencePackage.objects.filter(_to_go_on_with(timezone.now())).order_by("id")
    return list(waiting.values_list("pk", flat=True))


def expire_packages() -> None:
    """Delete the files of those whose time is over."""
    over = EvidencePackage.objects.filter(state=PackageState.READY, expires_at__lte=timezone.now())
    for package in over:
        remove_package(package)


def remove_package(package: EvidencePackage) -> None:
    """Delete its file; that it was made stays on record."""
    EvidencePackage.objects.filter(pk=package.pk).update(state=PackageState.EXPIRED, expires_at=timezone.now())
    storages["packages"].delete(package.file)


def _to_go_on_with(now: datetime.datetime) -> Q:
    idle = Q(leased_until=None) | Q(leased_until__lt=now)
    return idle & Q(state__in=[PackageState.WAITING, PackageState.PACKING], tries__lte=TRIES)


def _tell(package: EvidencePackage, done: int, total: int) -> None:
    until = timezone.now() + LEASE
    EvidencePackage.objects.filter(pk=package.pk).update(done=done, total=total, leased_until=until)


@transaction.atomic
def _hand_over(package: EvidencePackage, packed: packing.Packed) -> None:
    """That it is ready, and who had what of it, or nothing of both."""
    now = timezone.now()
    EvidencePackage.objects.filter(pk=package.pk).update(
        state=PackageState.READY,
        file=packed.file,
        size=packed.size,
        sha256=packed.sha256,
        left_out=packed.left_out,
        leased_until=None,
        ready_at=now,
        expires_at=now + datetime.timedelta(days=settings.PACKAGE_DAYS),
    )
    CustodyEntry.objects.bulk_create(packed.exports, batch_size=500)
    where = package.get_absolute_url()
    shown = [(Disclosure.What.ORIGINAL, entry.evidence_id) for entry in packed.exports]
    if packed.shown_exactly:
        shown.append((Disclosure.What.EXACT_PLACE, package.monument_id))
    rows = [Disclosure(user_id=package.asked_by_id, what=what, of=of, where=where) for what, of in shown]
    Disclosure.objects.bulk_create(rows, batch_size=500)


def _give_up(package: EvidencePackage, why: PackageFailure) -> None:
    EvidencePackage.objects.filter(pk=package.pk).update(state=PackageState.FAILED, failure=why, leased_until=None)
