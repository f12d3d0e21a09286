"""The inbox: one's own notices, their count in the menu, and when mails come."""

from __future__ import annotations

import json

from django.test import Client
from django.urls import reverse

from library.clips.models import ClipPage
from library.review import chain, inbox
from library.review.inbox import MailChoice, Notice
from tests.cast import Cast

INBOX = "review:inbox"


def test_the_menu_says_how_many_are_unread(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    label = json.dumps("Hộp tin").strip('"')
    client.force_login(cast.minh)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert f"{label} (1)" in home
    client.post(reverse("review:read_all"))
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert f"{label} (" not in home
    assert reverse(INBOX) in home


def test_a_notice_leads_to_what_it_is_about(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    state = chain.waiting_step(clip)
    assert state is not None
    chain.ask_for_changes(state, cast.minh, "other", "Sửa giúp")
    client.force_login(cast.lan)
    page = client.get(reverse(INBOX)).content.decode()
    assert "Yêu cầu chỉnh sửa" in page
    assert "1 tin chưa đọc" in page
    notice = Notice.objects.get(user=cast.lan)
    went = client.post(reverse("review:notice", args=[notice.pk]))
    assert went.headers["Location"] == reverse("uploads:clip", args=[clip.pk])
    assert inbox.unread(cast.lan) == 0
    assert client.get(reverse(INBOX)).status_code == 200


def test_nobody_reads_anothers(cast: Cast, clip: ClipPage, client: Client) -> None:
    notice = Notice.objects.get(user=cast.minh)
    for who in (cast.lan, cast.tu, cast.an, cast.nam):
        client.force_login(who)
        assert clip.title not in client.get(reverse(INBOX)).content.decode()
        assert (
            client.post(reverse("review:notice", args=[notice.pk])).status_code == 404
        )
        client.post(reverse("review:read_all"))
    assert inbox.unread(cast.minh) == 1


def test_the_choice_is_kept(cast: Cast, client: Client) -> None:
    client.force_login(cast.minh)
    assert 'value="at_once"' in client.get(reverse(INBOX)).content.decode()
    client.post(reverse("review:choose_mail"), {"when": "daily"})
    client.post(reverse("review:choose_mail"), {"when": "no such"})
    assert MailChoice.objects.get(user=cast.minh).when == "daily"
