"""English, Arabic and French ship complete."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import unfold
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, ngettext

from tests.conftest import leave_out

LANGUAGES = ["ar", "fr"]
OF_UNFOLD = re.compile(r"""(?:translate|trans|gettext|gettext_lazy|_)[ (]["'](.+?)["'] ?[)%]""")
PLACEHOLDER = re.compile(r"%\(\w+\)s")


def catalog(language, root=settings.BASE_DIR) -> Catalog:
    with (root / "portal" / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language):
    missing = [message.id for message in catalog(language) if message.id and (not message.string or message.fuzzy)]

    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_their_placeholders(language):
    for message in catalog(language):
        if isinstance(message.id, str):
            assert sorted(PLACEHOLDER.findall(message.id)) == sorted(PLACEHOLDER.findall(message.string)), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_knows_every_message_of_the_code(language, tmp_path):
    if not shutil.which("xgettext"):
        leave_out("xgettext is missing")
    for part in ("portal", "sites", "reports"):
        shutil.copytree(settings.BASE_DIR / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(settings.BASE_DIR / "manage.py", tmp_path)
    command = ["makemessages", f"--locale={language}", "--no-location", "--no-obsolete"]

    subprocess.run([sys.executable, "manage.py", *command], cwd=tmp_path, check=True, capture_output=True)

    found = {(message.context, message.id) for message in catalog(language, tmp_path) if message.id}
    kept = {(message.context, message.id) for message in catalog(language) if message.id}
    assert found == kept


def test_messages_are_marked_by_names_that_the_tools_know():
    """`gettext as _now` would work, but its messages would be in no catalogue."""
    aliases = re.compile(r"import p?n?gettext(?:_lazy)? as (\w+)")
    parts = [path for part in ("portal", "sites", "reports") for path in (settings.BASE_DIR / part).rglob("*.py")]

    found = {alias for path in parts for alias in aliases.findall(path.read_text(encoding="utf-8"))}

    assert found == {"_"}


def test_arabic_counts_by_its_own_six_forms():
    with translation.override("ar"):
        numbers = (0, 1, 2, 5, 12, 99, 100)
        forms = [ngettext("%(shown)s monument", "%(shown)s monuments", number) for number in numbers]

    assert len(set(forms[1:5])) == 4
    assert forms[4] == forms[5] == "%(shown)s معلمًا"
    assert forms[6] == forms[0] == "%(shown)s معلم"


def test_the_words_of_the_admins_theme_are_arabic_too():
    own = Path(unfold.__file__).parent
    files = [path for kind in ("*.html", "*.py") for path in own.rglob(kind)]
    used = [path for path in files if "contrib" not in path.parts or "simple_history" in path.parts]
    words = {word for path in used for word in OF_UNFOLD.findall(path.read_text(encoding="utf-8"))}

    with translation.override("ar"):
        left = sorted(word for word in words if gettext(word).isascii())

    assert len(words) > 50
    assert left == []


def test_the_admins_scripts_speak_arabic_where_django_has_none(admin_client):
    catalogue = admin_client.get("/admin/jsi18n/", headers={"Accept-Language": "ar"}).content.decode()

    assert json.dumps("اختيار الكل")[1:-1] in catalogue
