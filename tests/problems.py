"""Reading problem details."""

from __future__ import annotations

from typing import Any


def named(answer: Any) -> list[str]:
    """The parameters or fields that a refusal names; what is wrong with the whole, as forms call it."""
    assert answer["Content-Type"] == "application/problem+json"
    found = [error.get("parameter") or error["pointer"].removeprefix("#/") for error in answer.json()["errors"]]
    return sorted({"non_field_errors" if name == "#" else name.split("/")[0] for name in found})
