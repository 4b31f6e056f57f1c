"""Whatever the OpenAPI document allows or forbids, the running API does as it says (schemathesis, all checks)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.services

FOLDER = Path(__file__).parent


def what_schemathesis_says(live, key, tmp_path, *, phases, examples):
    sender = ["--header", f"Authorization: Bearer {key}"] if key else []
    return subprocess.run(
        [
            Path(sys.executable).with_name("schemathesis"),
            f"--config-file={FOLDER / 'schemathesis.toml'}",
            "run",
            f"{live.address}/api/schema/",
            *sender,
            f"--phases={phases}",
            f"--max-examples={examples}",
            "--workers=1",
            "--no-color",
            "--continue-on-failure",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "", "PYTHONPATH": str(FOLDER), "SCHEMATHESIS_HOOKS": "hooks"},
    )


# Without the coverage phase: it sends every case that the document defines and knows no bound (`max-examples` has no
# effect on it). For the first 8 of our 114 operations alone that was 1,445 requests: for both roles it means tens of
# minutes. The fuzzing phase makes its cases of the same parameters and bodies, as many as it is told.
@pytest.mark.parametrize("role", ["Administrator", None])
def test_the_api_keeps_to_its_document_whoever_asks(live, keys, tmp_path, role):
    said = what_schemathesis_says(live, keys.get(role), tmp_path, phases="examples,fuzzing,stateful", examples=6)

    assert said.returncode == 0, said.stdout[-20_000:] + said.stderr
