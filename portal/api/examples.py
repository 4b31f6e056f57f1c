"""Examples in the OpenAPI document: one of each component in `examples.json`, shown wherever it is sent or answered.

Pages of a list are made of the example of what they list.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

EXAMPLES: dict[str, Any] = json.loads((Path(__file__).parent / "examples.json").read_text(encoding="utf-8"))
"""By the name of a component; of a problem, by its name and status; of what has no component, by the operation."""
PROBLEM = "Problem"
METHODS = {"get", "post", "put", "patch", "delete"}


def add_examples(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Hook of drf-spectacular; what is binary has no example."""
    shown: dict[str, Any] = {}
    for operation, content, code in contents(result):
        name, value = _example(content["schema"], operation["operationId"], code, result)
        if name:
            shown[name] = {"value": value}
            content["examples"] = {name: {"$ref": f"#/components/examples/{name}"}}
    result["components"]["examples"] = dict(sorted(shown.items()))
    return result


def contents(document: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any], str]]:
    """Of every operation, each kind of body: the operation, the body, and the status that it is answered with."""
    for path in document["paths"].values():
        for method in sorted(METHODS & path.keys()):
            operation = path[method]
            bodies = {"": operation.get("requestBody", {}), **operation["responses"]}
            for code, body in bodies.items():
                for content in body.get("content", {}).values():
                    yield operation, content, code


def _example(schema: dict[str, Any], operation: str, code: str, document: dict[str, Any]) -> tuple[str, Any]:
    name = _component(schema)
    if name == PROBLEM:
        name = f"{PROBLEM}{code}"
    if not name and schema.get("type") == "array":
        one = _component(schema["items"])
        return (f"{one}List", [EXAMPLES[one]]) if one in EXAMPLES else ("", None)
    if name.startswith("Paginated"):
        one = _component(document["components"]["schemas"][name]["properties"]["results"]["items"])
        page = {"next": None, "previous": None, "results": [EXAMPLES.get(one)]}
        return (name, page) if one in EXAMPLES else ("", None)
    name = name or operation
    return (name, EXAMPLES[name]) if name in EXAMPLES else ("", None)


def _component(schema: dict[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]
