"""Runs every check and every test, on SQLite and on PostgreSQL, with servers of its own."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tools import packages, servers

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
# Counting lines costs half as much again; the other runs walk the same ones.
COVERED = ("--cov", "--cov-report=")
SIDE_BY_SIDE = ("-n", "auto", "-m", "not browser and not services")
# These start programs that need the machine for themselves. A browser that hangs does not answer a signal either.
ONE_BY_ONE = ("-n", "0", "-m", "browser or services", "--timeout=240", "--timeout-method=thread")


def main() -> None:
    left_out = packages.install()
    for program, package in left_out.items():
        print(f"Left out: tests that need {program} (Debian package {package}).", flush=True)
    if left_out and os.environ.get("CI") == "true":
        sys.exit("In CI no test may be left out; install these packages or run as root.")
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tadmor-test-")))
        folder.chmod(0o755)  # the database's user must pass
        urls = start(stack, folder, left_out)
        sys.exit(run(folder, urls))


def start(stack: contextlib.ExitStack, folder: Path, left_out: dict[str, str]) -> dict[str, str]:
    urls = {}
    if "initdb" not in left_out:
        urls["TEST_POSTGRES_URL"] = stack.enter_context(servers.postgres(folder / "postgres"))
    if "redis-server" not in left_out:
        urls["TEST_REDIS_URL"] = stack.enter_context(servers.redis(folder / "redis"))
    return urls


def run(folder: Path, urls: dict[str, str]) -> int:
    """Checks and both test runs, all of them even if one fails; returns the exit status."""
    print("Checks", flush=True)
    results = [call("-m", "tools.check")]
    call("-m", "coverage", "erase")
    environment = {**urls, "COVERAGE_FILE": str(ROOT / ".coverage")}
    print("Tests on SQLite", flush=True)
    results.append(pytest(environment, *COVERED, *SIDE_BY_SIDE))
    if url := urls.get("TEST_POSTGRES_URL"):
        environment["DATABASE_URL"] = url
        print("Tests on PostgreSQL", flush=True)
        results.append(pytest(environment, *SIDE_BY_SIDE))
    print("Tests of services and in the browser", flush=True)
    results.append(pytest(environment, *ONE_BY_ONE))
    if not any(results):
        results.append(call("-m", "coverage", "report", "--skip-covered", "--skip-empty"))
    return 1 if any(results) else 0


def pytest(environment: dict[str, str], *options: str) -> int:
    return call("-m", "pytest", "-q", *options, **environment)


def call(*command: str, **environment: str) -> int:
    return subprocess.run([PYTHON, *command], cwd=ROOT, env={**os.environ, **environment}, check=False).returncode


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
    sys.exit(130)
