"""Text as it is looked for: without regard to case, accents, marks, and variants of Arabic letters.

What is looked for and what is looked through are folded by the same function, on either database.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from django.db import models

ARABIC = {
    "ٱ": "ا",  # alef wasla; the others are alef and a mark
    "ى": "ي",  # alef maqsura
    "ی": "ي",  # as Persian and Urdu write it
    "ې": "ي",
    "ے": "ي",
    "ک": "ك",
    "ة": "ه",  # ta marbuta
    "ە": "ه",
    "ہ": "ه",
    "ھ": "ه",
    "ء": "",  # a hamza by itself
    "ـ": "",  # tatweel
}
LATIN = {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h"}
MARKS_OF_TRANSLITERATION = dict.fromkeys("ʿʾʻʼʽˈʹʺ'’‘`´′″", "")
"""Ayn, hamza and what is typed in their stead."""
LETTERS = str.maketrans({**ARABIC, **LATIN, **MARKS_OF_TRANSLITERATION})


def fold(text: str) -> str:
    """Words of letters and digits, one space apart; "Al-Lāt" is "al lat", "تَدْمُـر" is "تدمر"."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.translate(LETTERS)).casefold())
    return " ".join("".join(map(_folded, apart.translate(LETTERS))).split())


def _folded(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Mn", "Me", "Cf"}:  # accents, harakat; marks of direction
        return ""
    if category == "Nd":
        return str(unicodedata.digit(character))
    return character if category[0] in "LNM" else " "


class FoldedField(models.TextField):
    """Another field's text, folded whenever its row is written."""

    def __init__(self, *args: Any, of: str = "text", **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **{"editable": False, "default": "", **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        folded = fold(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, folded)
        return folded
