from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def evidence_folder(settings: Any, tmp_path: Path) -> Path:
    """Each test has its own folder of originals, renditions and what is being received."""
    folder = tmp_path / "evidence"
    settings.EVIDENCE_DIR = folder
    kept = {
        name: {**settings.STORAGES[name], "OPTIONS": {**settings.STORAGES[name]["OPTIONS"], "location": folder / name}}
        for name in ("originals", "renditions", "packages")
    }
    settings.STORAGES = {**settings.STORAGES, **kept}
    return folder
