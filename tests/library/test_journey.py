"""What the journey does with the engine's news, without an engine."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from library import journey
from library.clips import drafts, gate
from library.clips.models import ClipPage
from library.clips.progress import stage_of
from library.contributions.models import LedgerEntry
from library.review.setup import ensure_workflow
from library.units.models import Role
from library.uploads import imports, sessions
from library.uploads.models import UploadSession
from media_pipeline.jobs.models import Job
from media_pipeline.models import Asset, Package
from media_pipeline.states import State
from tests.cast import Cast, member, person
from tests.factories import published_clip
from tests.library.clips import factories

pytestmark = pytest.mark.usefixtures("local_storages")


def again(clip: ClipPage) -> ClipPage:
    return ClipPage.objects.get(pk=clip.pk)


def arrived(cast: Cast) -> UploadSession:
    """An upload of Lan's whose details are complete and whose video is not encoded."""
    ensure_workflow()
    session = journey.upload_started(cast.lan, cast.school_a, "a.mp4", 3)
    session.staging_path.write_bytes(b"123")
    journey.received(session)
    drafts.save_details(session.clip, cast.lan, factories.details())
    return session


def moved(clip: ClipPage, *, is_whole: bool) -> None:
    """The engine's news: the first rung plays, or all of them do."""
    asset = Asset.objects.get(clip=clip.pk)
    asset.state = State.PLAYABLE if is_whole else State.WATCHABLE
    asset.package = Package.objects.create(
        asset=asset, prefix=f"packages/{asset.uuid}/{is_whole}", is_whole=is_whole
    )
    asset.save()
    journey.asset_moved(asset)


def test_an_import_is_published_when_it_is_whole_and_not_before(cast: Cast) -> None:
    session = arrived(cast)
    imports.publish_when_playable(session, cast.an)
    moved(session.clip, is_whole=False)
    assert not again(session.clip).live
    assert not again(session.clip).workflow_in_progress
    moved(session.clip, is_whole=True)
    assert again(session.clip).live


def test_a_live_clip_whose_video_is_refused_is_taken_down_with_a_reason(
    cast: Cast,
) -> None:
    clip = published_clip(cast.school_a, cast.lan, by=cast.an)
    asset = Asset.objects.get(clip=clip.pk)
    asset.state, asset.reason, asset.package = State.REFUSED, "damaged", None
    asset.save()
    journey.asset_moved(asset)
    journey.asset_moved(asset)  # told twice
    assert not again(clip).live
    entry = LedgerEntry.objects.get()
    assert entry.withdrawn_from is not None
    assert entry.withdrawn_why == asset.message


def test_an_import_that_was_emptied_meanwhile_waits_for_people(cast: Cast) -> None:
    session = arrived(cast)
    imports.publish_when_playable(session, cast.an)
    drafts.save_details(session.clip, cast.lan, {"licence": ""})
    moved(session.clip, is_whole=True)
    assert not again(session.clip).live
    assert not again(session.clip).workflow_in_progress


def test_it_is_submitted_in_the_name_of_who_pressed_the_button(cast: Cast) -> None:
    session = arrived(cast)
    journey.submitted(again(session.clip), cast.an)
    moved(session.clip, is_whole=False)
    assert again(session.clip).current_workflow_state.requested_by == cast.an
    moved(session.clip, is_whole=True)
    assert sessions.to_be_submitted_by(session.clip) is None


def test_what_was_emptied_after_submitting_stays_a_draft_that_says_so(
    cast: Cast,
) -> None:
    session = arrived(cast)
    journey.submitted(again(session.clip), cast.lan)
    drafts.save_details(session.clip, cast.lan, {"licence": ""})
    moved(session.clip, is_whole=True)
    clip = again(session.clip)
    assert not clip.workflow_in_progress
    assert stage_of(clip).next_step == str(gate.NO_LICENCE.sentence)
    assert sessions.to_be_submitted_by(clip) is None


@pytest.mark.parametrize("how", ["deleted", "switched off"])
def test_who_is_no_longer_there_submits_nothing(cast: Cast, how: str) -> None:
    session = arrived(cast)
    journey.submitted(again(session.clip), cast.an)
    if how == "deleted":
        cast.an.delete()
    else:
        cast.an.is_active = False
        cast.an.save()
    moved(session.clip, is_whole=True)
    assert not again(session.clip).workflow_in_progress
    assert stage_of(again(session.clip)).code == "ready"


# --- another file in the place of one that does not do ----------------------------------


def failed(cast: Cast, state: State = State.FAILED) -> UploadSession:
    """An upload of Lan's whose details are complete and whose video does not do."""
    session = arrived(cast)
    Asset.objects.update(state=state)
    return session


def another(clip: ClipPage, cast: Cast) -> UploadSession:
    session = journey.another_upload_started(cast.lan, again(clip), "b.mp4", 5)
    session.staging_path.write_bytes(b"12345")
    return session


def test_another_file_takes_the_place_of_the_old_one_and_all_details_stay(
    cast: Cast,
) -> None:
    clip = failed(cast).clip
    old = Asset.objects.get()
    fresh = journey.received(another(clip, cast))
    assert Asset.objects.get() == fresh != old
    assert again(clip).asset == fresh
    assert (again(clip).title, again(clip).licence) == (
        "Phương trình bậc hai",
        "CC-BY-4.0",
    )
    keys = set(Job.objects.values_list("key", flat=True))
    assert fresh.job_key in keys
    assert not {old.job_key, old.news_key} & keys


def test_who_asked_to_submit_the_first_file_has_asked_for_the_second(
    cast: Cast,
) -> None:
    clip = failed(cast, State.ENCODING).clip
    journey.submitted(again(clip), cast.lan)
    Asset.objects.update(state=State.REFUSED)
    journey.received(another(clip, cast))
    moved(clip, is_whole=False)
    assert again(clip).workflow_in_progress


def test_what_a_superuser_wanted_public_was_the_first_file_only(cast: Cast) -> None:
    session = failed(cast)
    imports.publish_when_playable(session, cast.an)
    journey.received(another(session.clip, cast))
    moved(session.clip, is_whole=True)
    assert not again(session.clip).live


def test_a_failed_video_that_plays_after_all_does_not_overtake_the_one_that_comes(
    cast: Cast,
) -> None:
    clip = failed(cast).clip
    session = another(clip, cast)
    journey.submitted(again(clip), cast.lan)
    moved(clip, is_whole=True)  # an operator had it tried again
    journey.submitted(again(clip), cast.lan)
    assert not again(clip).workflow_in_progress
    fresh = journey.received(session)
    assert again(clip).asset == fresh
    assert not again(clip).workflow_in_progress
    moved(clip, is_whole=False)
    assert again(clip).workflow_in_progress


def test_who_may_no_longer_submit_submits_nothing(cast: Cast) -> None:
    session = arrived(cast)
    admin = person("quan-tri")
    member(admin, cast.school_a, Role.ADMIN)
    with pytest.raises(PermissionDenied):
        journey.submitted(again(session.clip), admin)
    sessions.submit_when_playable(session.clip, admin)
    moved(session.clip, is_whole=False)
    assert not again(session.clip).workflow_in_progress


def test_a_deleted_draft_takes_its_video_and_its_job_along(cast: Cast) -> None:
    session = arrived(cast)
    again(session.clip).delete()
    assert not Asset.objects.exists()
    assert not Job.objects.filter(kind="package").exists()
