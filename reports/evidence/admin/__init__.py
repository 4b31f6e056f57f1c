from reports.evidence.admin.fixity import DamagedOriginalAdmin, FixityRunAdmin

__all__ = ["DamagedOriginalAdmin", "FixityRunAdmin"]
