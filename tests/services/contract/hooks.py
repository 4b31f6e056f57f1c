"""What schemathesis has to know beside the document; loaded by it, in a process of its own."""

from __future__ import annotations

from typing import Any

import schemathesis
from schemathesis import GenerationMode

FORETOLD = {
    "required",
    "blank",
    "null",
    "invalid_choice",
    "not_a_list",
    "empty",
    "max_length",
    "min_length",
    "max_value",
    "min_value",
}
"""Refusals of REST framework for what a JSON Schema can say."""


@schemathesis.serializer("application/offset+octet-stream")
def part_of_a_file(context: Any, value: Any) -> Any:
    """tus has a media type of its own for bytes."""
    return value


@schemathesis.check
def nothing_is_refused_that_the_document_allows(context: Any, response: Any, case: Any) -> None:
    """A 400 for allowed data is a rule between fields or rows, nothing that the document could have said."""
    meant = case.meta.generation.mode if case.meta else None
    if response.status_code != 400 or meant != GenerationMode.POSITIVE:
        return
    # In an address a code list and the slug of something are refused by the same code.
    codes = {error["code"]: error for error in response.json().get("errors", []) if "pointer" in error}
    foretold = [codes[code] for code in FORETOLD & codes.keys()]
    assert not foretold, f"The document allows what is refused: {foretold}"
