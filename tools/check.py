"""Everything that can be checked without running the product; each line says what it looks at."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
MANAGE = [str(BIN / "python"), "manage.py"]
# What a ministry would set; nothing of it is connected to.
PRODUCTION = {
    "SECRET_KEY": "check-only-a-long-text-of-more-than-fifty-different-characters-0123456789",
    "BASE_URL": "https://heritage.example.org",
    "DATABASE_URL": "postgres://tadmor@127.0.0.1:5432/tadmor",
    "CELERY_BROKER_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp://127.0.0.1:25",
}
EMBEDDED = {"SECRET_KEY": "check-only"}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        schema = Path(folder) / "openapi.yaml"
        checks = [
            ("style", ["ruff", "check", "--quiet", "."], EMBEDDED),
            ("format", ["ruff", "format", "--quiet", "--check", "."], EMBEDDED),
            ("types", ["mypy", "."], EMBEDDED),
            ("templates", ["djlint", "--lint", "--check", "--quiet", "portal/templates", "reports"], EMBEDDED),
            ("arrows", ["lint-imports"], EMBEDDED),
            ("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"], EMBEDDED),
            ("deployment", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
            (
                "compose file",
                ["check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"],
                {},
            ),
            (
                "OpenAPI document",
                [*MANAGE, "spectacular", "--validate", "--fail-on-warn", "--file", str(schema)],
                EMBEDDED,
            ),
            ("OpenAPI snapshot", ["diff", "-u", "docs/openapi.yaml", str(schema)], {}),
        ]
        failed = [name for name, command, variables in checks if not passes(name, command, variables)]
    if failed:
        sys.exit(f"Not in order: {', '.join(failed)}.")


def passes(name: str, command: list[str], variables: dict[str, str]) -> bool:
    """Run one check; its output is shown only when it fails."""
    began = time.monotonic()
    environment = {"PATH": f"{BIN}:{os.environ['PATH']}", "HOME": os.environ.get("HOME", "/"), **variables}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    verdict = "ok" if done.returncode == 0 else "FAILED"
    print(f"  {name:<18} {verdict} ({time.monotonic() - began:.0f} s)", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    main()
