"""Every operation of the interface shows what is sent and what is answered, and each example keeps to its schema."""

from __future__ import annotations

import json
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator, FormatChecker

from portal.api.examples import EXAMPLES, contents

TEXT = ("application/json", "application/problem+json", "multipart/form-data")
"""Other bodies are files, or parts of files."""


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return json.loads(json.dumps(made, default=str))


def test_every_operation_has_an_example_of_all_that_is_sent_and_answered(document):
    in_text = [
        (operation["operationId"], code)
        for operation, content, code in contents(document)
        if "examples" not in content and content["schema"].get("format") != "binary"
    ]

    assert in_text == []


def test_every_example_keeps_to_its_schema(document):
    wrong = []
    for operation, content, code in contents(document):
        for name in content.get("examples", {}):
            schema = {**content["schema"], "components": document["components"]}
            value = document["components"]["examples"][name]["value"]
            found = Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(value)
            wrong += [f"{operation['operationId']} {code} {one.json_path}: {one.message}" for one in found]

    assert wrong == []


def test_every_example_is_shown(document):
    shown = json.dumps(document["components"]["examples"], sort_keys=True)

    assert [name for name, value in EXAMPLES.items() if json.dumps(value, sort_keys=True) not in shown] == []


def test_examples_tell_of_something():
    assert '"string"' not in json.dumps(EXAMPLES)
    assert "Temple of Bel" in json.dumps(EXAMPLES)
