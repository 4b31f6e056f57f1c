from reports.evidence.admin.evidence import EvidenceAdmin
from reports.evidence.admin.fixity import DamagedOriginalAdmin, FixityRunAdmin

__all__ = ["DamagedOriginalAdmin", "EvidenceAdmin", "FixityRunAdmin"]
