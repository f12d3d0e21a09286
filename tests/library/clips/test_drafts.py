"""A clip before it is live: its beginning, its video, its details."""

from __future__ import annotations

import unicodedata

import pytest
from wagtail.models import Revision

from library.clips import drafts
from library.clips.models import ClipPage, Credit, Grade, Series, Skill
from library.review.setup import ensure_workflow
from library.units.models import UnitPage
from media_pipeline.models import Asset
from media_pipeline.states import State
from tests.cast import Cast
from tests.library.clips import factories


def test_a_draft_is_named_after_its_file_and_is_not_live(cast: Cast) -> None:
    clip = drafts.create(cast.school_a, cast.lan, "Bài_3-đường tròn.MP4")
    row = ClipPage.objects.get(pk=clip.pk)
    assert (row.title, row.slug, row.live) == (
        "Bài 3-đường tròn",
        "bai-3-duong-tron",
        False,
    )
    assert row.owner == cast.lan
    assert row.get_parent().specific == cast.school_a


def test_two_files_of_one_name_get_two_addresses(cast: Cast) -> None:
    stale = UnitPage.objects.get(pk=cast.school_a.pk)
    first = drafts.create(stale, cast.lan, "a.mp4")
    second = drafts.create(stale, cast.lan, "a.mp4")
    assert (first.slug, second.slug) == ("a", "a-1")


def test_a_decomposed_name_becomes_a_composed_title(cast: Cast) -> None:
    clip = drafts.create(
        cast.school_a, cast.lan, unicodedata.normalize("NFD", "Tiếng Việt.mp4")
    )
    row = ClipPage.objects.get(pk=clip.pk)
    assert row.title == row.draft_title == "Tiếng Việt"
    revision = clip.get_latest_revision()
    assert revision is not None
    assert revision.content["title"] == "Tiếng Việt"


def test_details_are_written_to_the_row_and_to_the_newest_revision(cast: Cast) -> None:
    grade = Grade.objects.create(code="10", name="Lớp 10")
    skill = Skill.objects.create(code="hoc-tap", name="Học tập")
    clip = factories.draft(cast.school_a, cast.lan)
    details = factories.details(
        grades=[grade], skills=[skill], speakers=["Cô Lan", "Cô Lan", " "]
    )
    drafts.save_details(clip, cast.lan, details)
    row = ClipPage.objects.get(pk=clip.pk)
    for one in (row, drafts.latest(row)):
        assert one.title == "Phương trình bậc hai"
        assert list(one.grades.all()) == [grade]
        assert list(one.skills.all()) == [skill]
        assert [str(credit) for credit in one.credits.all()] == ["Cô Lan"]
    assert row.slug == "phuong-trinh-bac-hai"


def test_details_that_are_not_named_stay(cast: Cast) -> None:
    clip = factories.draft(cast.school_a, cast.lan)
    drafts.save_details(clip, cast.lan, {"speakers": ["Lan"], "description": "Một"})
    drafts.save_details(clip, cast.lan, {"makers": ["Hoa"]})
    draft = drafts.latest(ClipPage.objects.get(pk=clip.pk))
    assert draft.description == "Một"
    assert [(c.part, c.name) for c in draft.credits.all()] == [
        (Credit.Part.SPEAKER, "Lan"),
        (Credit.Part.MAKER, "Hoa"),
    ]


def test_details_of_a_live_clip_wait_for_a_review(cast: Cast) -> None:
    clip = factories.live(cast.school_a, cast.lan)
    drafts.save_details(clip, cast.lan, {"title": "Tên mới"})
    row = ClipPage.objects.get(pk=clip.pk)
    assert (row.title, row.slug) == ("Phương trình bậc hai", "phuong-trinh-bac-hai")
    assert row.has_unpublished_changes
    assert drafts.latest(row).title == "Tên mới"


def test_a_form_opened_before_the_upload_ended_keeps_the_video(cast: Cast) -> None:
    opened_early = factories.draft(cast.school_a, cast.lan)
    asset = factories.asset()
    drafts.attach(ClipPage.objects.get(pk=opened_early.pk), asset)
    opened_early.title = "Đổi tên"
    opened_early.save()
    assert ClipPage.objects.get(pk=opened_early.pk).asset == asset


def test_a_form_opened_before_another_file_came_keeps_the_new_one(cast: Cast) -> None:
    clip = factories.draft(cast.school_a, cast.lan)
    old, new = factories.asset(), factories.asset()
    assert drafts.attach(clip, old) is None
    opened_early = ClipPage.objects.get(pk=clip.pk)
    assert drafts.attach(clip, new) == old
    opened_early.title = "Đổi tên"
    opened_early.save()
    assert ClipPage.objects.get(pk=clip.pk).asset == new


def test_publishing_an_older_revision_keeps_the_video_and_the_address(
    cast: Cast,
) -> None:
    clip = factories.draft(cast.school_a, cast.lan)
    drafts.save_details(clip, cast.lan, factories.details(title="Tên cũ"))
    old = ClipPage.objects.get(pk=clip.pk).latest_revision_id
    asset = factories.asset()
    drafts.attach(clip, asset)
    drafts.save_details(clip, cast.lan, {"title": "Tên mới"})
    as_it_would_go_live = Revision.objects.get(pk=old).as_object()
    assert (as_it_would_go_live.asset, as_it_would_go_live.slug) == (asset, "ten-moi")


def test_a_series_is_made_once_in_a_unit(cast: Cast) -> None:
    first = drafts.series_in(cast.school_a, "Ôn thi  vào 10")
    again = drafts.series_in(cast.school_a, "Ôn thi vào 10")
    elsewhere = drafts.series_in(cast.school_b, "Ôn thi vào 10")
    assert first == again != elsewhere
    assert drafts.series_in(cast.school_a, "  ") is None
    assert Series.objects.count() == 2


def test_a_clip_under_review_does_not_take_details(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = factories.ready(cast.school_a, cast.lan)
    clip.locked, clip.locked_by = True, cast.minh
    clip.save(clean=False)
    with pytest.raises(drafts.LockedError):
        drafts.save_details(clip, cast.lan, {"title": "Khác"})


@pytest.mark.parametrize(
    ("state", "takes"),
    [
        (State.REFUSED, True),
        (State.FAILED, True),
        (State.RECEIVED, False),
        (State.ENCODING, False),
        (State.WATCHABLE, False),
        (State.PLAYABLE, False),
    ],
)
def test_a_draft_takes_another_file_when_its_own_does_not_do(
    cast: Cast, state: State, *, takes: bool
) -> None:
    clip = factories.draft(cast.school_a, cast.lan)
    assert drafts.takes_video(clip, cast.lan)
    drafts.attach(clip, factories.asset(playable=False, state=state))
    assert drafts.takes_video(clip, cast.lan) is takes


def test_what_is_locked_public_or_under_review_takes_no_other_file(cast: Cast) -> None:
    workflow = ensure_workflow()
    locked, reviewed = (
        factories.draft(cast.school_a, cast.lan, name) for name in ("1.mp4", "2.mp4")
    )
    locked.locked, locked.locked_by = True, cast.minh
    workflow.start(reviewed, cast.lan)
    live = factories.live(cast.school_a, cast.lan)
    Asset.objects.update(state=State.FAILED)
    for clip in (locked, ClipPage.objects.get(pk=reviewed.pk), again(live)):
        assert clip.needs_video
        assert not drafts.takes_video(clip, cast.lan)
    assert not drafts.is_settled(locked)
    assert drafts.is_settled(again(reviewed))
    assert drafts.is_settled(again(live))


def again(clip: ClipPage) -> ClipPage:
    return ClipPage.objects.get(pk=clip.pk)
