"""Names from outside are kept to be read, never to be opened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.evidence.names import LONGEST, tidied


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("temple.jpg", "temple.jpg"),
        ("قوس النصر.jpg", "قوس النصر.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\zenobia\\temple.jpg", "temple.jpg"),
        ("/etc/passwd", "passwd"),
        ("..", "file"),
        ("", "file"),
        (".htaccess", "htaccess"),
        ("a\0b\nc\x1b[31m.jpg", "abc[31m.jpg"),
        ("temple\u202egpj.exe", "templegpj.exe"),
        ("a  \t b.jpg", "a b.jpg"),
    ],
)
def test_only_what_can_be_read_is_kept(name, kept):
    assert tidied(name) == kept


def test_a_long_name_keeps_its_ending():
    name = tidied("x" * 1000 + ".jpeg")

    assert (len(name), name[-6:]) == (LONGEST, "x.jpeg")


@given(st.text())
def test_whatever_it_was_it_is_one_name(name):
    kept = tidied(name)

    assert 1 <= len(kept) <= LONGEST
    assert not set(kept) & set("/\\\0\n\r\u202e")
    assert kept not in {".", ".."}
    assert tidied(kept) == kept
