"""Debian's packages that the tests need, installed where we may, named where we may not."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.servers import find

NEEDED = {
    "initdb": "postgresql",
    "redis-server": "redis-server",
    "chromium": "chromium",
    "xgettext": "gettext",
    "exiftool": "libimage-exiftool-perl",
}
"""Program -> the package that brings it."""
ARABIC_FONT = ("fonts-noto-core", Path("/usr/share/fonts/truetype/noto"))
POLICY = Path("/usr/sbin/policy-rc.d")


def missing() -> dict[str, str]:
    return {program: package for program, package in NEEDED.items() if not find(program)}


def install() -> dict[str, str]:
    """Install what is missing if we are root on Debian; returns what is missing still."""
    wanted = list(missing().values())
    if not ARABIC_FONT[1].exists():
        wanted.append(ARABIC_FONT[0])
    if not wanted or os.geteuid() != 0 or not shutil.which("apt-get"):
        return missing()
    print(f"Installing {', '.join(wanted)} from Debian …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with _no_services():
        for command in (["update", "-qq"], ["install", "-qq", "--no-install-recommends", *wanted]):
            done = subprocess.run(["apt-get", *command], env=environment, capture_output=True, text=True, check=False)
            if done.returncode:
                print(done.stderr.strip(), flush=True)
                break
    return missing()


@contextmanager
def _no_services() -> Iterator[None]:
    """Debian starts servers when it installs them; ours are started by ourselves alone."""
    if POLICY.exists():
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n", encoding="ascii")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink()
