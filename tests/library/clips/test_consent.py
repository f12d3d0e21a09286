"""The consent answer."""

from __future__ import annotations

from library.clips import gate
from library.clips.consent import Consent


def test_only_one_answer_keeps_a_clip_from_going_live() -> None:
    class Clip:
        title, kind_id, subject_id, licence = "x", 1, 1, "CC0-1.0"
        has_withdrawn_consent, has_complete_consent = False, True

    def codes(answer: str) -> list[str]:
        clip = Clip()
        clip.consent = answer  # type: ignore[attr-defined]
        return [one.code for one in gate.details_missing(clip)]  # type: ignore[arg-type]

    assert {answer: codes(answer) for answer in Consent.values} == {
        Consent.NO_MINORS: [],
        Consent.ON_FILE: [],
        Consent.MISSING: ["consent_missing"],
    }
