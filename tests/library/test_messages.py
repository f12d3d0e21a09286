"""Translations: compiled without gettext, complete, with the same placeholders."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import polib
import pytest

from library.messages import LOCALE_DIR, compile_all

VIETNAMESE = LOCALE_DIR / "vi" / "LC_MESSAGES" / "django.po"


def test_a_catalogue_is_compiled_beside_its_source(tmp_path: Path) -> None:
    folder = tmp_path / "vi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    shutil.copy(VIETNAMESE, folder)
    assert compile_all(tmp_path) == [folder / "django.mo"]
    assert (folder / "django.mo").stat().st_size > 100


def test_every_text_of_ours_has_a_vietnamese_one() -> None:
    catalogue = polib.pofile(str(VIETNAMESE))
    missing = [entry.msgid for entry in catalogue if not entry.translated()]
    assert missing == []


def _placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)[sd]", text))


def test_translations_keep_the_placeholders() -> None:
    wrong = [
        entry.msgid
        for entry in polib.pofile(str(VIETNAMESE))
        if not entry.msgid_plural
        and _placeholders(entry.msgid) != _placeholders(entry.msgstr)
    ]
    assert wrong == []


@pytest.mark.parametrize("ending", ["…", ":", "?"])
def test_a_question_stays_a_question(ending: str) -> None:
    wrong = [
        entry.msgid
        for entry in polib.pofile(str(VIETNAMESE))
        if entry.msgid.endswith(ending) != entry.msgstr.endswith(ending)
        and not entry.msgid_plural
    ]
    assert wrong == []
