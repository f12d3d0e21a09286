"""Only clips that everybody can watch are promoted, for at least one word."""

from __future__ import annotations

import pytest

from library.clips.models import ClipPage
from library.sought.promotion_forms import PromotedClips, WordsForm
from tests.cast import Cast
from tests.library.clips import factories


def sent(*pages: object) -> PromotedClips:
    data: dict[str, object] = {
        "editors_picks-TOTAL_FORMS": len(pages),
        "editors_picks-INITIAL_FORMS": 0,
    }
    for number, page in enumerate(pages):
        data[f"editors_picks-{number}-page"] = page
        data[f"editors_picks-{number}-ORDER"] = number + 1
    return PromotedClips(data)


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["", "?!", "\u0301", "x" * 256])
def test_words_are_needed(words: str) -> None:
    assert not WordsForm({"query_string": words}).is_valid()
    assert WordsForm({"query_string": "đạo hàm"}).is_valid()


def test_a_live_clip_is_promoted_and_nothing_else(cast: Cast) -> None:
    live = factories.live(cast.school_a, cast.lan)
    draft = factories.ready(cast.school_a, cast.lan)
    assert sent(live.pk).is_valid()
    for page in (draft.pk, cast.school_a.pk, "", "x", 999_999):
        assert not sent(page).is_valid()
        assert not sent(live.pk, page).is_valid()
    assert not sent().is_valid()


def test_the_chooser_offers_clips(cast: Cast) -> None:
    field = PromotedClips(instance=None).empty_form.fields["page"]
    assert field.widget.target_models == [ClipPage]
    assert "external_link_url" not in PromotedClips().empty_form.fields
