"""A refusal is a sentence, and Wagtail's own views bear it."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from library.clips.models import ClipPage
from library.review import chain
from library.review.models import Withdrawal
from tests.cast import Cast


def test_a_refusal_in_wagtails_view_is_a_message_and_no_error(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    state = chain.waiting_step(clip)
    assert state is not None
    chain.ask_for_changes(state, cast.minh, "other", "Sửa giúp")
    client.force_login(cast.minh)
    late = reverse(
        "wagtailadmin_pages:workflow_action", args=[clip.pk, "approve", state.pk]
    )
    assert client.post(late).status_code == 302
    assert not Withdrawal.objects.exists()
    clip.refresh_from_db()
    assert not clip.live
