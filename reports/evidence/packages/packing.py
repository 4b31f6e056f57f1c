"""Making a package from beginning to end, in a folder that goes away."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.db.models import Sum
from django.template.loader import render_to_string
from django.utils import timezone, translation

from reports.evidence import visibility
from reports.evidence.models import CustodyEntry, Evidence, EvidencePackage
from reports.evidence.packages import bagging, contents
from reports.evidence.packages.tables import Table
from reports.evidence.vocabulary import CustodyStep
from reports.situation.queries import warnings_of_monuments
from reports.vocabulary import DamageGrade
from sites import visibility as places
from sites.models import Monument

WITHHELD, WITHDRAWN = "withheld", "withdrawn"
SPARE = 1 << 30
"""Bytes that stay free on the disk whatever is packed."""


class NoRoom(Exception):
    """The disk is too small for the package."""


class Packed(NamedTuple):
    """`exports` are the rows of custody that say so, to be saved when the package is handed over."""

    file: str
    size: int
    sha256: str
    left_out: int
    exports: list[CustodyEntry]
    shown_exactly: bool
    damaged: list[str]


def pack(package: EvidencePackage, told: Callable[[int, int], None]) -> Packed:
    """Make the zip and store it; `told` hears how many of how many files are packed. Raises NoRoom."""
    working = settings.EVIDENCE_DIR / "packing"
    working.mkdir(parents=True, exist_ok=True)
    _refuse_without_room(package, working)
    with tempfile.TemporaryDirectory(dir=working) as place, translation.override(package.language):
        folder = Path(place) / _name(package)
        folder.mkdir()
        laid_out = _lay_out(package, folder, told)
        bagging.make_bag(folder, _info(package))
        zipped = Path(place) / f"{folder.name}.zip"
        sha256 = bagging.zip_bag(folder, zipped)
        shutil.rmtree(folder)
        with zipped.open("rb") as file:
            name = storages["packages"].save(f"{package.pk}/{zipped.name}", File(file))
        return Packed(name, zipped.stat().st_size, sha256, *laid_out)


def _refuse_without_room(package: EvidencePackage, working: Path) -> None:
    """The originals lie there twice for a while: copied, and in the zip."""
    size = contents.evidence_of(package).aggregate(size=Sum("original__size"))["size"] or 0
    if shutil.disk_usage(working).free < 2 * size + SPARE:
        raise NoRoom


def _name(package: EvidencePackage) -> str:
    return f"tadmor-{package.monument.slug[:80]}-{package.asked_at:%Y%m%d}-{str(package.pk)[-6:]}"


def _info(package: EvidencePackage) -> dict[str, str]:
    found = {
        "Source-Organization": settings.PACKAGE_ORGANISATION,
        "Contact-Name": settings.PACKAGE_CONTACT_NAME,
        "Contact-Email": settings.PACKAGE_CONTACT_EMAIL,
        "External-Identifier": str(package.pk),
        "External-Description": f"Evidence of {package.monument.slug}, with its metadata and chain of custody",
        "Internal-Sender-Identifier": f"{settings.BASE_URL}{package.get_absolute_url()}",
    }
    return {name: text for name, text in found.items() if text}


def _lay_out(
    package: EvidencePackage, folder: Path, told: Callable[[int, int], None]
) -> tuple[int, list[CustodyEntry], bool, list[str]]:
    metadata = folder / "metadata"
    metadata.mkdir()
    items, exports, damaged = _lay_out_evidence(package, folder, metadata, told)
    reports = _lay_out_reports(package, metadata)
    exact = places.shows_exactly(package.monument, package.asked_by)
    context = _summary(package, items, reports, exact=exact)
    summary = render_to_string("evidence/package/summary.html", context)
    (folder / "summary.html").write_text(summary, encoding="utf-8")
    with Table(metadata, "monuments") as table:
        for monument in _monuments(package):
            table.add({"slug": monument.slug, "name": monument.label, "site": monument.site.slug})
    left_out = sum(1 for item in items if item["left_out"] not in {"", WITHDRAWN})
    return left_out, exports, exact and package.monument.longitude is not None, damaged


def _lay_out_evidence(
    package: EvidencePackage, folder: Path, metadata: Path, told: Callable[[int, int], None]
) -> tuple[list[dict[str, Any]], list[CustodyEntry], list[str]]:
    originals = folder / "originals"
    originals.mkdir()
    found = contents.evidence_of(package).prefetch_related("custody__by")
    total, now = found.count(), timezone.now()
    items, exports, damaged = [], [], []
    with Table(metadata, "evidence") as table, Table(metadata, "custody") as custody:
        for number, evidence in enumerate(found.iterator(chunk_size=contents.SOME), 1):
            file, why_not = _original(package, evidence, number, originals)
            row = contents.evidence_row(evidence, package, file, why_not)
            table.add(row)
            steps = list(contents.custody_of(evidence, package))
            if file:
                export = _export(package, evidence, now)
                exports.append(export)
                steps.append(contents.custody_row(export, names=True))
            elif why_not not in {WITHHELD, WITHDRAWN}:
                damaged.append(evidence.original_id)
            for step in steps:
                custody.add(step)
            items.append({**row, "custody": steps})
            told(number, total)
    return items, exports, damaged


def _original(package: EvidencePackage, evidence: Evidence, number: int, originals: Path) -> tuple[str, str]:
    """Where the original lies in the package, or why it does not."""
    if evidence.withdrawn_at:
        return "", WITHDRAWN
    if not visibility.may_view_original(package.asked_by, evidence):
        return "", WITHHELD
    name = bagging.safe_name(evidence, number)
    damage = bagging.copy(evidence.original, originals / name)
    return ("", contents.why_left_out(damage)) if damage else (f"originals/{name}", "")


def _export(package: EvidencePackage, evidence: Evidence, now: Any) -> CustodyEntry:
    facts = {"package": str(package.pk)}
    return CustodyEntry(evidence=evidence, step=CustodyStep.EXPORTED, by=package.asked_by, at=now, facts=facts)


def _lay_out_reports(package: EvidencePackage, metadata: Path) -> list[Any]:
    shown, sources = [], set()
    with (
        Table(metadata, "reports") as table,
        Table(metadata, "sources") as of_sources,
        Table(metadata, "report_steps") as of_steps,
    ):
        for report in contents.reports_of(package).iterator(chunk_size=contents.SOME):
            row = contents.report_row(report, package)
            table.add(row)
            for step in row["steps"]:
                of_steps.add({"report": row["id"], **step})
            if report.source_id not in sources:
                sources.add(report.source_id)
                of_sources.add(contents.source_row(report))
            shown.append(report)
    return shown


def _monuments(package: EvidencePackage) -> Any:
    labelled = Monument.objects.labelled().select_related("site")
    return (labelled.filter(pk=package.monument_id) | labelled.filter(parent=package.monument_id)).order_by("slug")


def _summary(package: EvidencePackage, items: list[Any], reports: list[Any], *, exact: bool) -> dict[str, Any]:
    steps = dict(CustodyStep.choices)
    for item in items:
        item["steps"] = [{**step, "label": steps[step["step"]]} for step in item["custody"]]
    return {
        "package": package,
        "monument": Monument.objects.labelled().get(pk=package.monument_id),
        "warnings": warnings_of_monuments([package.monument])[package.monument_id],
        "location": package.monument.point(exact=exact),
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
        "language": package.language,
        "organisation": settings.PACKAGE_ORGANISATION,
        "items": items,
        "reports": [
            (report, DamageGrade(report.damage_grade).label if report.damage_grade else "") for report in reports
        ],
        "now": timezone.now(),
    }
