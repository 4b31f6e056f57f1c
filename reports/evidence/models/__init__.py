"""Photographs and documents: the original, what it is evidence of, and what happened to it."""

from reports.evidence.models.custody import CustodyEntry
from reports.evidence.models.evidence import BlurArea, Evidence, Flag
from reports.evidence.models.fixity import DamagedOriginal, FixityRun
from reports.evidence.models.original import Capture, Original, PerceptualHash
from reports.evidence.models.package import EvidencePackage
from reports.evidence.models.rendition import Rendition
from reports.evidence.models.upload import Upload

__all__ = [
    "BlurArea",
    "Capture",
    "CustodyEntry",
    "DamagedOriginal",
    "Evidence",
    "EvidencePackage",
    "FixityRun",
    "Flag",
    "Original",
    "PerceptualHash",
    "Rendition",
    "Upload",
]
