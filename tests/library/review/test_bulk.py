"""Several at once: each looked at, each by itself, none of another unit."""

from __future__ import annotations

from library.clips.models import ClipPage
from library.review import bulk, chain, claims, notes
from library.review.models import ReviewTaskState
from library.units.models import Role
from tests.cast import Cast, member, person
from tests.factories import only_watchable, playable_clip


def step(clip: ClipPage) -> ReviewTaskState:
    found = chain.waiting_step(clip)
    assert found is not None
    return found


def more(cast: Cast, title: str, **details: object) -> ClipPage:
    clip = playable_clip(cast.school_a, cast.lan, title, **details)
    chain.submit(clip, cast.lan)
    return clip


def test_the_preview_names_what_is_missing_and_what_is_doubtful(
    cast: Cast, clip: ClipPage
) -> None:
    only_watchable(clip)
    twin = more(cast, "phương trình bậc hai", description="Cách giải")
    notes.write(twin, cast.minh, "Xem lại phút 2")
    found = bulk.candidates(cast.minh, [clip.pk, twin.pk])
    assert [one.row.clip_id for one in found] == [clip.pk, twin.pk]
    first, second = found
    assert not first.may_approve
    assert second.may_approve
    assert "Chưa có mô tả" in first.doubts
    assert second.doubts == (
        "Chưa có phụ đề",
        "Đơn vị đã có clip khác trùng tên",
        "Có ghi chú nội bộ",
    )


def test_a_clip_that_another_has_claimed_is_not_offered(
    cast: Cast, clip: ClipPage
) -> None:
    thu = person("thu")
    member(thu, cast.district, Role.CURATOR)
    claims.take(step(clip), thu)
    (one,) = bulk.candidates(cast.minh, [clip.pk])
    assert one.missing == ("Thu đang nhận duyệt clip này.",)
    (outcome,) = bulk.approve(cast.minh, {clip.pk: step(clip).pk})
    assert outcome.why_not == "Thu đang nhận duyệt clip này."
    (own,) = bulk.candidates(thu, [clip.pk])
    assert own.may_approve


def test_one_that_fails_stops_no_other(cast: Cast, clip: ClipPage) -> None:
    second, third = more(cast, "Bài hai"), more(cast, "Bài ba")
    only_watchable(second)
    steps = {one.pk: step(one).pk for one in (clip, second, third)}
    outcomes = bulk.approve(cast.minh, steps)
    assert [bool(one.why_not) for one in outcomes] == [False, True, False]
    assert outcomes[1].title == "Bài hai"
    live = ClipPage.objects.live().values_list("pk", flat=True)
    assert set(live) == {clip.pk, third.pk}


def test_a_double_post_is_harmless(cast: Cast, clip: ClipPage) -> None:
    steps = {clip.pk: step(clip).pk}
    bulk.approve(cast.minh, steps)
    published_at = ClipPage.objects.get(pk=clip.pk).last_published_at
    (outcome,) = bulk.approve(cast.minh, steps)
    assert outcome.why_not
    assert ClipPage.objects.get(pk=clip.pk).last_published_at == published_at


def test_foreign_and_own_clips_do_not_exist(cast: Cast, clip: ClipPage) -> None:
    foreign = playable_clip(cast.school_b, cast.hoa, "Bài của B")
    chain.submit(foreign, cast.hoa)
    for who in (cast.tu, cast.lan, cast.hoa, cast.nam):
        assert [one.row.clip_id for one in bulk.candidates(who, [clip.pk])] == []
        (outcome,) = bulk.approve(who, {clip.pk: step(clip).pk})
        assert clip.title not in outcome.title
    assert not ClipPage.objects.get(pk=clip.pk).live


def test_another_version_was_not_looked_at(cast: Cast, clip: ClipPage) -> None:
    looked_at = step(clip).pk
    chain.ask_for_changes(step(clip), cast.minh, "other", "Sửa giúp")
    chain.submit(clip, cast.lan)
    (outcome,) = bulk.approve(cast.minh, {clip.pk: looked_at})
    assert "đã được sửa" in outcome.why_not
    assert not ClipPage.objects.get(pk=clip.pk).live
