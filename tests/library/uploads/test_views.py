"""The contributor's pages by HTTP: who sees them, what they save, what they refuse."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from library import journey
from library.clips import drafts
from library.clips.models import ClipPage, Series
from library.review.setup import ensure_workflow
from library.units.models import Role
from library.uploads import sessions
from media_pipeline.models import Asset
from media_pipeline.states import State
from tests.cast import Cast, member, person
from tests.library.clips import factories
from tests.library.encoding.factories import failed

SRT = b"1\n00:00:01,000 --> 00:00:02,000\nMot\n"


@pytest.fixture(autouse=True)
def staging(tmp_path: Path, settings: Any) -> None:
    settings.STAGING_DIR = tmp_path / "staging"


@pytest.fixture
def lan(cast: Cast, client: Client) -> Client:
    client.force_login(cast.lan)
    return client


@pytest.fixture
def clip(cast: Cast) -> ClipPage:
    return factories.draft(cast.school_a, cast.lan)


def details(**more: Any) -> dict[str, Any]:
    rows = factories.details()
    return {
        **{key: getattr(value, "pk", value) for key, value in rows.items()},
        **more,
    }


def at(name: str, clip: ClipPage, *args: str) -> str:
    return reverse(f"uploads:{name}", args=[clip.pk, *args])


def words(answer: Any) -> str:
    return " ".join(str(one) for one in get_messages(answer.wsgi_request))


# --- who ------------------------------------------------------------------------------


def test_each_page_asks_a_guest_to_sign_in(client: Client, clip: ClipPage) -> None:
    addresses = [
        reverse("uploads:my_clips"),
        reverse("uploads:new"),
        reverse("uploads:unfinished"),
        *(
            at(name, clip)
            for name in (
                "clip",
                "status",
                "retry",
                "captions",
                "discard",
                "give_up",
            )
        ),
        at("remove_captions", clip, "vi"),
    ]
    for address in addresses:
        for send in (client.get, client.post):
            assert send(address).headers["Location"].startswith("/dang-nhap/")
    assert ClipPage.objects.exists()


@pytest.mark.parametrize("who", ["hoa", "tu", "bao", "nam", "minh"])
def test_a_clip_of_others_does_not_exist(
    cast: Cast, client: Client, clip: ClipPage, who: str
) -> None:
    client.force_login(getattr(cast, who))
    for name in ("clip", "status", "retry"):
        assert client.get(at(name, clip)).status_code == 404
    for address in (
        at("clip", clip),
        at("retry", clip),
        at("captions", clip),
        at("discard", clip),
        at("give_up", clip),
        at("remove_captions", clip, "vi"),
    ):
        assert client.post(address, details()).status_code == 404
    assert ClipPage.objects.get(pk=clip.pk).title == "Bài 1"


def test_forms_are_protected_from_other_sites(cast: Cast, clip: ClipPage) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.lan)
    for name in ("clip", "retry", "captions", "discard", "give_up"):
        assert strict.post(at(name, clip), details()).status_code == 403


# --- the pages ------------------------------------------------------------------------


def test_the_list_shows_each_clip_and_what_is_unfinished(
    cast: Cast, lan: Client, clip: ClipPage
) -> None:
    journey.upload_started(cast.lan, cast.school_a, "Bài <3>.mp4", 100)
    page = lan.get(reverse("uploads:my_clips")).content.decode()
    assert clip.title in page
    assert "Bài &lt;3&gt;.mp4" in page


def test_an_empty_list_says_what_to_do(lan: Client) -> None:
    page = lan.get(reverse("uploads:my_clips")).content.decode()
    assert page.count(reverse("uploads:new")) >= 2


def test_somebody_without_a_unit_is_told_so(cast: Cast, client: Client) -> None:
    client.force_login(cast.nam)
    for name in ("my_clips", "new"):
        answer = client.get(reverse(f"uploads:{name}"))
        assert answer.status_code == 200
        assert 'data-part="file"' not in answer.content.decode()


def test_the_new_page_offers_the_own_units(cast: Cast, lan: Client) -> None:
    page = lan.get(reverse("uploads:new")).content.decode()
    assert cast.school_a.code in page
    assert cast.school_b.code not in page


def test_an_unfinished_upload_can_be_taken_up_on_the_clips_page(
    cast: Cast, lan: Client
) -> None:
    session = journey.upload_started(cast.lan, cast.school_a, "Bài 3.mp4", 100)
    page = lan.get(at("clip", session.clip)).content.decode()
    assert f'data-upload-url="/dong-gop/tus/{session.uuid}/"' in page
    told = lan.get(reverse("uploads:unfinished")).json()["uploads"]
    assert [one["name"] for one in told] == ["Bài 3.mp4"]


def test_no_page_needs_an_inline_script(lan: Client, clip: ClipPage) -> None:
    for address in (reverse("uploads:new"), at("clip", clip)):
        page = lan.get(address).content.decode()
        assert "<script>" not in page
        assert " onclick" not in page
        assert " style=" not in page


def test_the_status_is_told_as_json(lan: Client, clip: ClipPage) -> None:
    assert lan.get(at("status", clip)).json()["code"] == "empty"


def test_a_page_knows_the_stage_before_it_asks_for_the_first_time(
    lan: Client, clip: ClipPage
) -> None:
    for address in (at("clip", clip), reverse("uploads:my_clips")):
        assert 'data-code="empty"' in lan.get(address).content.decode()


def test_a_video_that_failed_is_tried_again_by_its_people(
    cast: Cast, lan: Client
) -> None:
    made = failed(cast.school_a, cast.lan)
    for page in (
        lan.get(at("clip", made)).content.decode(),
        lan.get(reverse("uploads:my_clips")).content.decode(),
        lan.get(at("status", made)).json()["html"],
    ):
        assert at("retry", made) in page
    assert "csrfmiddlewaretoken" in lan.get(at("retry", made)).content.decode()
    assert Asset.objects.get(clip=made).state == State.FAILED
    assert lan.post(at("retry", made)).headers["Location"] == at("clip", made)
    assert Asset.objects.get(clip=made).state == State.RECEIVED
    assert at("retry", made) not in lan.get(at("clip", made)).content.decode()


def test_trying_again_what_has_not_failed_says_that_nothing_happens(
    cast: Cast, lan: Client
) -> None:
    made = factories.ready(cast.school_a, cast.lan)
    page = lan.get(at("retry", made)).content.decode()
    assert "không bị lỗi" in page
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]
    lan.post(at("retry", made))
    assert Asset.objects.get(clip=made).state == State.PLAYABLE


# --- the details ----------------------------------------------------------------------


def test_details_are_saved(lan: Client, clip: ClipPage) -> None:
    answer = lan.post(at("clip", clip), details(speakers="Cô Lan"))
    assert answer.headers["Location"] == at("clip", clip)
    draft = drafts.latest(clip)
    assert draft.title == "Phương trình bậc hai"
    assert [str(credit) for credit in draft.credits.all()] == ["Cô Lan"]


def test_a_form_with_a_fault_keeps_what_was_typed(lan: Client, clip: ClipPage) -> None:
    answer = lan.post(at("clip", clip), details(title="", description="Đã gõ"))
    assert answer.status_code == 200
    assert "Đã gõ" in answer.content.decode()
    assert drafts.latest(clip).description == ""


def test_our_script_gets_the_part_alone(lan: Client, clip: ClipPage) -> None:
    part = lan.get(at("clip", clip), headers={"X-Requested-With": "fetch"})
    assert part.content.decode().lstrip().startswith('<div class="details"')


def test_what_is_saved_by_itself_makes_one_revision(
    cast: Cast, lan: Client, clip: ClipPage
) -> None:
    before = clip.revisions.count()
    for title in ("Một", "Hai", "Ba"):
        answer = lan.post(
            at("clip", clip),
            details(title=title),
            headers={"X-Autosave": "1", "X-Requested-With": "fetch"},
        )
        assert answer.json() == {"saved": True}
    assert drafts.latest(clip).title == "Ba"
    assert clip.revisions.count() == before
    fault = lan.post(at("clip", clip), {"title": ""}, headers={"X-Autosave": "1"})
    assert (fault.status_code, fault.json()["saved"]) == (422, False)
    assert fault.json()["sentence"]


def quietly(lan: Client, clip: ClipPage, **more: Any) -> Any:
    script = {"X-Autosave": "1", "X-Requested-With": "fetch"}
    return lan.post(at("clip", clip), details(**more), headers=script)


def test_half_a_title_of_a_series_that_is_being_typed_makes_none(
    lan: Client, clip: ClipPage
) -> None:
    for typed in ("To", "Toán v", "Toán vui"):
        assert quietly(lan, clip, new_series=typed).json() == {"saved": True}
    assert not Series.objects.exists()
    lan.post(at("clip", clip), details(new_series="Toán vui"))
    assert [str(series) for series in Series.objects.all()] == ["Toán vui"]
    assert str(drafts.latest(clip).series) == "Toán vui"


def test_a_title_of_unseen_characters_is_none(lan: Client, clip: ClipPage) -> None:
    for typed in ("\u202e\u200b", "a\x00b"):
        answer = lan.post(at("clip", clip), details(title=typed))
        assert set(answer.context["form"].errors) == {"title"}


# --- submitting -----------------------------------------------------------------------


@pytest.fixture
def workflow(cast: Cast) -> None:
    ensure_workflow()


def test_what_is_missing_is_said_and_what_is_there_is_saved(
    lan: Client, clip: ClipPage, workflow: None
) -> None:
    answer = lan.post(at("clip", clip), details(licence="", submit="1"))
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"licence"}
    assert drafts.latest(clip).title == "Phương trình bậc hai"
    assert sessions.to_be_submitted_by(clip) is None


def test_a_clip_that_plays_goes_to_review(
    cast: Cast, lan: Client, clip: ClipPage, workflow: None
) -> None:
    drafts.attach(clip, factories.asset())
    answer = lan.post(at("clip", clip), details(submit="1"))
    assert answer.status_code == 302
    assert words(answer)
    row = ClipPage.objects.get(pk=clip.pk)
    assert row.workflow_in_progress
    page = lan.get(at("clip", clip)).content.decode()
    assert 'name="submit"' not in page


def test_details_under_review_are_locked(
    cast: Cast, lan: Client, clip: ClipPage, workflow: None
) -> None:
    drafts.attach(clip, factories.asset())
    lan.post(at("clip", clip), details(submit="1"))
    answer = lan.post(at("clip", clip), details(title="Khác"))
    assert words(answer)
    assert drafts.latest(clip).title == "Phương trình bậc hai"
    lan.get(at("clip", clip))
    for _ in range(2):
        told = quietly(lan, clip, title="Khác", new_series="Mới")
        assert (told.status_code, told.json()["saved"]) == (423, False)
        assert told.json()["sentence"]
        assert not words(told)
    lan.post(at("clip", clip), details(title="Khác", new_series="Mới"))
    assert not Series.objects.exists()
    assert lan.post(at("discard", clip)).status_code == 302
    assert ClipPage.objects.exists()


def test_submitted_early_it_waits_until_it_plays(
    cast: Cast, lan: Client, workflow: None
) -> None:
    session = journey.upload_started(cast.lan, cast.school_a, "a.mp4", 3)
    asset = journey.received(session)
    clip = session.clip
    assert lan.post(at("clip", clip), details(submit="1")).status_code == 302
    assert sessions.to_be_submitted_by(clip) == cast.lan
    assert not ClipPage.objects.get(pk=clip.pk).workflow_in_progress
    asset.package = factories.asset().package
    asset.save()
    journey.asset_moved(asset)
    assert ClipPage.objects.get(pk=clip.pk).workflow_in_progress
    journey.asset_moved(asset)  # told twice


def test_a_video_that_was_refused_is_never_submitted(
    lan: Client, clip: ClipPage, workflow: None
) -> None:
    refused = factories.asset(playable=False, state=State.REFUSED, reason="damaged")
    drafts.attach(clip, refused)
    assert 'name="submit"' not in lan.get(at("clip", clip)).content.decode()
    answer = lan.post(at("clip", clip), details(submit="1"))
    assert refused.message in words(answer)
    assert not ClipPage.objects.get(pk=clip.pk).workflow_in_progress


def test_a_library_without_a_review_says_so(lan: Client, clip: ClipPage) -> None:
    drafts.attach(clip, factories.asset())
    answer = lan.post(at("clip", clip), details(submit="1"))
    assert answer.status_code == 200
    assert words(answer)


def test_who_may_change_a_clip_and_not_submit_it_is_told_so(
    cast: Cast, client: Client, clip: ClipPage, workflow: None
) -> None:
    drafts.attach(clip, factories.asset())
    admin = person("quan-tri")
    member(admin, cast.school_a, Role.ADMIN)
    client.force_login(admin)
    page = client.get(at("clip", clip)).content.decode()
    assert 'name="save"' in page
    assert 'name="submit"' not in page
    answer = client.post(at("clip", clip), details(submit="1"))
    assert words(answer)
    assert drafts.latest(clip).title == "Phương trình bậc hai"
    assert not ClipPage.objects.get(pk=clip.pk).workflow_in_progress


# --- captions and the end of a draft --------------------------------------------------


def test_captions_are_added_and_removed(lan: Client, clip: ClipPage) -> None:
    file = SimpleUploadedFile("a.srt", SRT)
    answer = lan.post(at("captions", clip), {"language": "vi", "file": file})
    assert answer.status_code == 302
    assert drafts.latest(clip).captions.count() == 1
    lan.post(at("remove_captions", clip, "vi"))
    assert drafts.latest(clip).captions.count() == 0


def test_a_bad_caption_file_is_refused_in_words(lan: Client, clip: ClipPage) -> None:
    file = SimpleUploadedFile("a.srt", b"<html>")
    answer = lan.post(at("captions", clip), {"language": "vi", "file": file})
    assert answer.status_code == 200
    assert answer.context["captions_form"].errors["file"]


def test_a_draft_is_deleted_with_its_video(lan: Client, clip: ClipPage) -> None:
    drafts.attach(clip, factories.asset())
    lan.post(at("discard", clip))
    assert not ClipPage.objects.exists()
    assert not Asset.objects.exists()


def test_a_published_clip_is_not_deleted(cast: Cast, lan: Client) -> None:
    clip = factories.live(cast.school_a, cast.lan)
    assert words(lan.post(at("discard", clip)))
    assert ClipPage.objects.live().exists()
