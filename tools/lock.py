"""Compiles the short lists in requirements/ to fully pinned lock files with hashes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOW = [
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-strip-extras",
    "--no-emit-index-url",
    "--no-header",
    "--quiet",
]
LOCKS = {"requirements/base.in": "requirements.txt", "requirements/dev.in": "requirements-dev.txt"}


def main() -> None:
    for source, lock in LOCKS.items():
        command = [sys.executable, "-m", "uv", "pip", "compile", *HOW, source, f"--output-file={lock}", *sys.argv[1:]]
        subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
