"""Compiles the translations without GNU gettext: `python -m library.messages`.

`locale/vi` is ours; `locale/wagtail/vi` completes what Wagtail itself lacks.
"""

from __future__ import annotations

from pathlib import Path

import polib

LOCALE_DIR = Path(__file__).resolve().parent.parent / "locale"


def compile_all(locale_dir: Path = LOCALE_DIR) -> list[Path]:
    """Writes a .mo beside each .po; fuzzy and untranslated entries are left out."""
    written = []
    for source in sorted(locale_dir.rglob("LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        polib.pofile(str(source)).save_as_mofile(str(target))
        written.append(target)
    return written


if __name__ == "__main__":
    compile_all()
