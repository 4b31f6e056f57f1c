"""Evidence over REST: files on their way in, and what they became."""

from reports.evidence.api.evidence import EvidenceViewSet
from reports.evidence.api.uploads import UploadViewSet

__all__ = ["EvidenceViewSet", "UploadViewSet"]
