"""How a job says that a file is not to be taken in."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """`why` is a code of `vocabulary.Refusal`; `facts` are figures and words for its wording."""

    def __init__(self, why: str, **facts: Any) -> None:
        super().__init__(why)
        self.why, self.facts = why, facts
