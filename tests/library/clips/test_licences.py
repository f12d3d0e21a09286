"""The Creative Commons licences."""

from __future__ import annotations

from library.clips.licences import LICENCES, licence_choices


def test_each_licence_has_an_address_for_everybody() -> None:
    for code, licence in LICENCES.items():
        assert licence.code == code
        assert licence.url.startswith("https://creativecommons.org/")
        assert str(licence.meaning)


def test_the_choices_are_the_licences() -> None:
    assert [code for code, _ in licence_choices()] == list(LICENCES)
