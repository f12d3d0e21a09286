"""Wagtail's own admin reads as Vietnamese, in the terms of docs/glossary.vi.md."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

import polib
import pytest
import wagtail

from tests.house.source import ROOT

Key = tuple[str | None, str]

# The catalogues of the parts that the admin shows; "" is Wagtail's core.
CATALOGUES = (
    "",
    "admin",
    "users",
    "images",
    "documents",
    "snippets",
    "search",
    "sites",
    "embeds",
    "contrib/redirects",
    "contrib/settings",
    "contrib/search_promotions",
)
DOMAINS = ("django", "djangojs")
# Packages whose few texts the admin shows beside its own, such as "3 hours".
BESIDE = ("django/conf", "django/contrib/auth", "django/contrib/humanize", "taggit")

PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdr]|\{\w*\}|</?[a-z][^>]*>")

# English that no Vietnamese sentence contains; it stands for the rest.
ENGLISH = re.compile(
    r"\b(the|of|and|an|are|was|were|be|been|with|for|this|that|your?|has|have|by|on|at|"
    r"not|pages?|edit(ed)?|delete[d]?|save[d]?|drafts?|publish(ed)?|images?|documents?|"
    r"users?|errors?|please|sorry|workflows?|tasks?|comments?|items?)\b",
    re.IGNORECASE,
)
# What upstream's translators say otherwise, and spellings that are not ours.
NOT_OUR_WORDS = re.compile(
    r"xuất bản|phê chuẩn|bình luận|luồng công việc|đăng tải|xoá|khoá|huỷ|trang live",
    re.IGNORECASE,
)


def _entries(path: Path) -> dict[Key, polib.POEntry]:
    if not path.exists():
        return {}
    catalogue = polib.pofile(str(path))
    return {(e.msgctxt, e.msgid): e for e in catalogue if not e.obsolete}


def _ours(domain: str) -> Path:
    return ROOT / "locale" / "wagtail" / "vi" / "LC_MESSAGES" / f"{domain}.po"


def _catalogue(package: Path, domain: str, language: str) -> dict[Key, polib.POEntry]:
    return _entries(package / "locale" / language / "LC_MESSAGES" / f"{domain}.po")


@cache
def _upstream(domain: str, language: str) -> dict[Key, polib.POEntry]:
    found: dict[Key, polib.POEntry] = {}
    for name in CATALOGUES:
        found |= _catalogue(Path(wagtail.__file__).parent / name, domain, language)
    return found


@cache
def _sources(domain: str) -> dict[Key, polib.POEntry]:
    installed = Path(wagtail.__file__).parent.parent
    found: dict[Key, polib.POEntry] = {}
    for name in BESIDE:
        found |= _catalogue(installed / name, domain, "en")
    return found | _upstream(domain, "en")


@cache
def _translations() -> list[polib.POEntry]:
    return [entry for domain in DOMAINS for entry in _entries(_ours(domain)).values()]


def _texts(entry: polib.POEntry) -> list[str]:
    plurals: dict[int, str] = entry.msgstr_plural
    return list(plurals.values()) if plurals else [entry.msgstr]


def _wrong(found: re.Pattern[str], *, without_marks: bool = False) -> list[str]:
    texts = [text for entry in _translations() for text in _texts(entry)]
    if without_marks:
        texts = [re.sub(r"<code>.*?</code>", " ", text) for text in texts]
        texts = [re.sub(r"https?://\S+", " ", text) for text in texts]
        texts = [PLACEHOLDER.sub(" ", text) for text in texts]
    return [text for text in texts if found.search(text)]


def _glossary() -> dict[str, set[str]]:
    rows: dict[str, set[str]] = {}
    for line in (ROOT / "docs" / "glossary.vi.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and cells[0] not in {"English", "---"}:
            rows[cells[0].casefold()] = set(cells[1].casefold().split(" / "))
    return rows


@pytest.mark.parametrize("domain", DOMAINS)
def test_nearly_every_text_of_the_admin_has_vietnamese(domain: str) -> None:
    wanted = set(_upstream(domain, "en"))
    done = _entries(_ours(domain)) | _upstream(domain, "vi")
    have = {key for key, entry in done.items() if entry.translated()}
    missing = wanted - have
    assert len(wanted) > 50
    assert len(missing) <= 0.02 * len(wanted), sorted(key[1] for key in missing)


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_entry_is_doubled_fuzzy_empty_or_without_a_source(domain: str) -> None:
    catalogue = polib.pofile(str(_ours(domain)), check_for_duplicates=True)
    assert [e.msgid for e in catalogue if not e.translated()] == []
    assert {(e.msgctxt, e.msgid) for e in catalogue} <= set(_sources(domain))


@pytest.mark.parametrize("domain", DOMAINS)
def test_there_is_one_form_for_any_number(domain: str) -> None:
    catalogue = polib.pofile(str(_ours(domain)))
    assert catalogue.metadata["Plural-Forms"] == "nplurals=1; plural=0;"
    sources = _sources(domain)
    for entry in catalogue:
        plural = sources[(entry.msgctxt, entry.msgid)].msgid_plural
        assert entry.msgid_plural == plural
        assert set(entry.msgstr_plural) == ({0} if plural else set())


def test_placeholders_tags_and_outer_spaces_are_those_of_the_source() -> None:
    for entry in _translations():
        source = entry.msgid_plural or entry.msgid
        for text in _texts(entry):
            found = sorted(PLACEHOLDER.findall(text))
            assert found == sorted(PLACEHOLDER.findall(source)), text
            assert (text[:1].isspace(), text[-1:].isspace()) == (
                entry.msgid[:1].isspace(),
                entry.msgid[-1:].isspace(),
            ), text


def test_letters_are_composed() -> None:
    for entry in _translations():
        for text in _texts(entry):
            assert unicodedata.is_normalized("NFC", text), text


def test_no_english_is_left() -> None:
    assert _wrong(ENGLISH, without_marks=True) == []


def test_no_word_is_used_that_the_glossary_replaces() -> None:
    assert _wrong(NOT_OUR_WORDS) == []


def test_the_terms_are_those_of_the_glossary() -> None:
    terms = _glossary()
    compared = [
        (entry.msgid, text)
        for entry in _translations()
        for text in _texts(entry)
        if entry.msgid.casefold() in terms
    ]
    assert len(compared) > 80
    assert [
        (english, text)
        for english, text in compared
        if text.casefold() not in terms[english.casefold()]
    ] == []
